'use client';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { LineChart } from '@/components/charts/line-chart';
import { useTimeAxis } from '@/components/analytics/use-time-axis';
import type { FetchState } from '@/components/data/fetch-state';
import type { TrendPoint, TrendsAnswer } from '@/lib/protocol/analytics';
import { formatNumber } from '@/lib/units/format';

export function AccuracyTrend({ state }: { state: FetchState<TrendsAnswer> }) {
  const axis = useTimeAxis(state.kind === 'ready' ? state.data.resolution : 'day');
  return (
    <ChartCard
      title="Error of the predicted end, over time"
      state={state}
      rows={({ points }) => points.filter(({ predictions }) => predictions > 0)}
      columns={COLUMNS}
      fileName="fortytick-prediction-error"
      reading={({ resolution }) =>
        `Median e40 by ${resolution}, in windows of 40 ticks: a game without memory keeps it near 2.4, whatever the model.`
      }
      empty="No predictions with a known outcome in this range."
    >
      {(_, rows) => (
        <LineChart
          label="Median e40 of the predictions over time"
          series={[{ name: 'Median e40', points: rows.map(({ from, medianE40 }) => ({ x: from, y: medianE40 })) }]}
          x={axis}
          y={{ label: 'Windows', format: (value) => formatNumber(value, 1), domain: [0, 'auto'] }}
          references={[{ axis: 'y', at: 2.4, label: 'published rule', tone: 'faint' }]}
        />
      )}
    </ChartCard>
  );
}

const COLUMNS: readonly ChartColumn<TrendPoint>[] = [
  { key: 'from', label: 'From (UTC)', value: ({ from }) => new Date(from).toISOString() },
  { key: 'predictions', label: 'Predictions', value: ({ predictions }) => predictions },
  { key: 'medianE40', label: 'Median e40', value: (row) => row.medianE40, text: (row) => decimals(row.medianE40, 2) },
  {
    key: 'meanAbsoluteErrorTicks',
    label: 'Mean error, ticks',
    value: (row) => row.meanAbsoluteErrorTicks,
    text: (row) => decimals(row.meanAbsoluteErrorTicks, 0),
  },
  { key: 'within1', label: 'Within 1 window', value: (row) => row.within1, text: (row) => decimals(row.within1, 3) },
  { key: 'coverage50', label: '50 % held', value: (row) => row.coverage50, text: (row) => decimals(row.coverage50, 3) },
  { key: 'coverage90', label: '90 % held', value: (row) => row.coverage90, text: (row) => decimals(row.coverage90, 3) },
  { key: 'brier', label: 'Brier', value: (row) => row.brier, text: (row) => decimals(row.brier, 4) },
  { key: 'logLoss', label: 'Log-loss', value: (row) => row.logLoss, text: (row) => decimals(row.logLoss, 4) },
];

function decimals(value: number | null, count: number): string {
  return value === null ? '—' : formatNumber(value, count);
}
