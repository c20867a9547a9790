'use client';
import { countText, intervalText, signedPercent, solNumber, solText } from '@/components/analytics/describe-figures';
import { BarChart } from '@/components/charts/bar-chart';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import type { FetchState } from '@/components/data/fetch-state';
import type { PerformanceAnswer, StrategyFigures } from '@/lib/protocol/analytics';
import { formatPercent } from '@/lib/units/format';

/** What following each strategy to the letter would have brought, per SOL staked, with what luck leaves open. */
export function StrategyChart({ state }: { state: FetchState<PerformanceAnswer> }) {
  return (
    <ChartCard
      title="Strategies, as if followed"
      state={state}
      rows={({ strategies }) => strategies}
      columns={COLUMNS}
      fileName="fortytick-strategies"
      reading={({ strategies }) => describe(strategies)}
      empty="No recommendation with a known outcome in this range."
      heightPx={320}
    >
      {({ sideBets }, rows) => (
        <BarChart
          label="Return per SOL staked of each strategy"
          layout="rows"
          mark="dots"
          bars={rows
            .filter(({ roi }) => roi !== null)
            .map(({ name, roi, bets, won, beyondLuck }) => ({
              label: name,
              value: roi!.value,
              interval: { low: roi!.lower, high: roi!.upper },
              tone: beyondLuck === 'worse' ? 'down' : beyondLuck === 'better' ? 'up' : 'ink',
              note: `${won} of ${countText(bets, 'bet')} won`,
            }))}
          axis={{ label: 'Return on stakes', format: (value) => signedPercent(value, 0) }}
          categories="Strategy"
          references={[
            { axis: 'y', at: 0, label: 'even', tone: 'faint' },
            { axis: 'y', at: sideBets?.publishedReturn ?? PUBLISHED_RETURN, label: 'published rule', tone: 'negative' },
          ]}
          intervalName="95 % interval"
          heightPx={320}
        />
      )}
    </ChartCard>
  );
}

/** 5 × (1 − 0.995⁴⁰) − 1. */
const PUBLISHED_RETURN = 5 * (1 - 0.995 ** 40) - 1;

function describe(strategies: readonly StrategyFigures[]): string {
  const betting = strategies.filter(({ bets }) => bets > 0);
  const skips = strategies.reduce((sum, { skips: { right, wrong } }) => sum + right + wrong, 0);
  const right = strategies.reduce((sum, { skips: { right: count } }) => sum + count, 0);
  const beyond = betting.filter(({ beyondLuck }) => beyondLuck !== null);
  const bets =
    betting.length === 0
      ? 'No strategy bet.'
      : beyond.length === 0
        ? 'None did better or worse than luck explains at the published odds.'
        : `${beyond.map(({ name, beyondLuck }) => `${name} did ${beyondLuck}`).join(', ')} than luck explains at the published odds.`;
  const advice =
    skips === 0 ? '' : ` “Do not bet” was right ${formatPercent(right / skips, 0)} of the time (${right} of ${skips}).`;
  return `${bets}${advice}`;
}

const COLUMNS: readonly ChartColumn<StrategyFigures>[] = [
  { key: 'strategy', label: 'Strategy', value: ({ name }) => name },
  { key: 'bets', label: 'Bets', value: ({ bets }) => bets },
  { key: 'won', label: 'Won', value: ({ won }) => won },
  { key: 'missed', label: 'Too late', value: ({ missed }) => missed },
  {
    key: 'stakedSol',
    label: 'Staked',
    value: (row) => solNumber(row.stakedLamports),
    text: (row) => solText(row.stakedLamports),
  },
  {
    key: 'netSol',
    label: 'Net',
    value: (row) => solNumber(row.netLamports),
    text: (row) => solText(row.netLamports),
  },
  {
    key: 'roi',
    label: 'Return',
    value: ({ roi }) => roi?.value ?? null,
    text: ({ roi }) => signedPercent(roi!.value),
  },
  { key: 'roi95', label: '95 % interval', value: ({ roi }) => roi && intervalText(roi) },
  {
    key: 'expectedRoi',
    label: 'Said before',
    value: ({ expectedRoi }) => expectedRoi,
    text: ({ expectedRoi }) => signedPercent(expectedRoi!),
  },
  { key: 'skipsRight', label: 'Skips right', value: ({ skips }) => skips.right },
  { key: 'skipsWrong', label: 'Skips wrong', value: ({ skips }) => skips.wrong },
];
