'use client';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { LineChart } from '@/components/charts/line-chart';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { formatInstant, zoneNameAt } from '@/components/time/format-instant';
import { useNow } from '@/components/time/use-now';
import { useZone } from '@/components/time/use-zone';
import type { DataQuality, StoredQuality } from '@/lib/protocol/data-quality';
import { epochMs } from '@/lib/units/time';

export type HistoryRange = 'day' | 'week' | 'month';
export const HISTORY_HOURS: Record<HistoryRange, number> = { day: 24, week: 168, month: 720 };
export const HISTORY_RANGES = [
  { value: 'day', text: '24 h' },
  { value: 'week', text: 'Week' },
  { value: 'month', text: 'Month' },
] as const;
const RANGE_WORDS: Record<HistoryRange, string> = { day: 'last 24 hours', week: 'last week', month: 'last month' };

type Point = StoredQuality['scores'][number];

export function ScoreHistory({
  state,
  range,
  className,
}: {
  state: FetchState<DataQuality>;
  range: HistoryRange;
  className?: string;
}) {
  const zone = useZone();
  const now = useNow(60_000);
  const name = now === null ? 'UTC' : zoneNameAt(now, zone);
  const form = range === 'day' ? 'time' : 'date';
  const isAway = state.kind === 'ready' && state.data.stored === null;
  return (
    <ChartCard
      title="Score over time"
      className={className}
      state={mapState(state, ({ stored }) => stored?.scores ?? [])}
      rows={(scores) => scores}
      columns={COLUMNS}
      fileName="fortytick-quality-score"
      empty={
        isAway
          ? 'The database does not answer: what it keeps cannot be shown now.'
          : `No report was kept in the ${RANGE_WORDS[range]}.`
      }
      reading={(scores) => describe(scores, RANGE_WORDS[range])}
    >
      {(_, rows) => (
        <LineChart
          label="Quality score over time"
          series={[{ name: 'Score', look: 'step', points: rows.map(({ at, score }) => ({ x: at, y: score })) }]}
          x={{
            label: `Time (${name})`,
            format: (at) => formatInstant(epochMs(at), { form, zone }),
            formatExact: (at) => formatInstant(epochMs(at), { form: 'datetime', zone }),
            ticks: 'points',
          }}
          y={{ label: 'Score', format: String, domain: [0, 100] }}
        />
      )}
    </ChartCard>
  );
}

function describe(scores: readonly Point[], words: string): string {
  const lowest = Math.min(...scores.map(({ score }) => score));
  return `The lowest score of the ${words} is ${lowest}; the unknown counts as nothing earned.`;
}

const COLUMNS: readonly ChartColumn<Point>[] = [
  { key: 'at', label: 'At (UTC)', value: ({ at }) => new Date(at).toISOString() },
  { key: 'score', label: 'Score', value: ({ score }) => score },
];
