'use client';
// How well each day is covered, as a calendar, as a table, and as files.
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { CoverageCalendar } from '@/components/data-quality/coverage-calendar';
import { countText } from '@/lib/quality/words';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import type { CoverageDay, DataQuality } from '@/lib/protocol/data-quality';
import { shareText } from '@/lib/quality/words';

export function CoverageCard({ state, className }: { state: FetchState<DataQuality>; className?: string }) {
  const isAway = state.kind === 'ready' && state.data.stored === null;
  return (
    <ChartCard
      title="Coverage by day"
      className={className}
      state={mapState(state, ({ stored, serverTime }) => ({ days: stored?.coverage ?? [], serverTime }))}
      rows={({ days }) => days}
      columns={COLUMNS}
      fileName="fortytick-coverage"
      empty={
        isAway
          ? 'The database does not answer: what it keeps cannot be shown now.'
          : 'No finished game of the last six weeks is on record.'
      }
      reading={({ days }) => describe(days, state.kind === 'ready' && state.data.source === 'simulator')}
    >
      {({ days, serverTime }) => (
        <CoverageCalendar days={days} today={new Date(serverTime).toISOString().slice(0, 10)} />
      )}
    </ChartCard>
  );
}

function describe(days: readonly CoverageDay[], isSimulated: boolean): string {
  const sum = (of: (day: CoverageDay) => number) => days.reduce((total, day) => total + of(day), 0);
  const games = sum((day) => day.games);
  const share = (count: number) => shareText(games === 0 ? 0 : count / games);
  return `${countText(games)} ${isSimulated ? 'simulated' : 'real'} games on ${days.length} ${days.length === 1 ? 'day' : 'days'}: ${share(sum((day) => day.complete))} with every tick, ${share(sum((day) => day.verified))} verified, ${sum((day) => day.failed)} failed.`;
}

export function repairedShare({ ticks, ticksRepaired }: CoverageDay): number | null {
  return ticks === 0 ? null : ticksRepaired / ticks;
}

const COLUMNS: readonly ChartColumn<CoverageDay>[] = [
  { key: 'day', label: 'Day (UTC)', value: ({ day }) => day },
  { key: 'games', label: 'Games', value: ({ games }) => games },
  { key: 'complete', label: 'Complete', value: ({ complete }) => complete },
  { key: 'verified', label: 'Verified', value: ({ verified }) => verified },
  { key: 'failed', label: 'Failed', value: ({ failed }) => failed },
  { key: 'unverifiable', label: 'Unverifiable', value: ({ unverifiable }) => unverifiable },
  { key: 'unchecked', label: 'Not checked yet', value: ({ unchecked }) => unchecked },
  { key: 'ticks', label: 'Ticks', value: ({ ticks }) => ticks, text: ({ ticks }) => countText(ticks) },
  {
    key: 'repairedShare',
    label: 'Ticks repaired',
    value: repairedShare,
    text: (day) => shareText(repairedShare(day) ?? 0),
  },
];
