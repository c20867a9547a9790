'use client';
import { countText } from '@/components/analytics/describe-figures';
import type { FetchState } from '@/components/data/fetch-state';
import { Time } from '@/components/time/time';
import type { PerformanceAnswer } from '@/lib/protocol/analytics';

/** What the page is about, in one sentence: which games, from when to when, what was said live. */
export function RangeNote({ state }: { state: FetchState<PerformanceAnswer> }) {
  if (state.kind !== 'ready') return <>How good the predictions were, and what bets brought.</>;
  const { from, to, source, games, predictions, staleMinutes } = state.data.range;
  return (
    <span data-testid="range-note">
      {countText(games, source === 'live' ? 'real game' : 'simulated game')} from <Time at={from} form="date" /> to{' '}
      <Time at={to} />. {describeMade(predictions)}
      {staleMinutes > 0 && ` ${countText(staleMinutes, 'minute')} with changes not counted yet.`}
    </span>
  );
}

function describeMade({ count, live, replayed }: PerformanceAnswer['range']['predictions']): string {
  if (count === 0) return 'No predictions with a known outcome yet.';
  const parts = [
    live > 0 && `${countText(live, 'prediction')} made live`,
    replayed > 0 &&
      `${countText(replayed, live > 0 ? '' : 'prediction', live > 0 ? '' : 'predictions').trim()} worked out afterwards from recorded ticks`,
  ].filter(Boolean);
  return `${parts.join(', ')}.`;
}
