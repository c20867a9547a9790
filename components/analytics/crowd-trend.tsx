'use client';
import { solNumber, solText } from '@/components/analytics/describe-figures';
import { useTimeAxis } from '@/components/analytics/use-time-axis';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { LineChart } from '@/components/charts/line-chart';
import type { FetchState } from '@/components/data/fetch-state';
import { DEFAULT_PAYOUT_MULTIPLE } from '@/lib/game/rules';
import type { TrendPoint, TrendsAnswer } from '@/lib/protocol/analytics';
import { formatPercent } from '@/lib/units/format';

export function CrowdTrend({ state }: { state: FetchState<TrendsAnswer> }) {
  const axis = useTimeAxis(state.kind === 'ready' ? state.data.resolution : 'day');
  return (
    <ChartCard
      title="How often the crowd won"
      state={state}
      rows={({ points }) => points.filter(({ sideBetWinRate }) => sideBetWinRate !== null)}
      columns={COLUMNS}
      fileName="fortytick-crowd-side-bets"
      reading={({ resolution }) => `Share of side bets won by ${resolution}, with what chance leaves open.`}
      empty="No settled side bet in SOL in this range."
    >
      {(_, rows) => (
        <LineChart
          label="Share of the crowd’s side bets won over time"
          series={[
            {
              name: 'Won',
              points: rows.map(({ from, sideBets, sideBetWinRate }) => ({
                x: from,
                y: sideBetWinRate!.value,
                interval: { low: sideBetWinRate!.lower, high: sideBetWinRate!.upper },
                note: `${sideBetWinRate!.count} of ${sideBets} bets`,
              })),
            },
          ]}
          x={axis}
          y={{ label: 'Won', format: (value) => formatPercent(value, 0), domain: [0, 'auto'] }}
          references={[
            { axis: 'y', at: 1 / DEFAULT_PAYOUT_MULTIPLE, label: 'break-even', tone: 'break-even' },
            { axis: 'y', at: 1 - 0.995 ** 40, label: 'published rule', tone: 'faint' },
          ]}
          intervalName="95 % interval"
        />
      )}
    </ChartCard>
  );
}

const COLUMNS: readonly ChartColumn<TrendPoint>[] = [
  { key: 'from', label: 'From (UTC)', value: ({ from }) => new Date(from).toISOString() },
  { key: 'bets', label: 'Bets', value: ({ sideBets }) => sideBets },
  { key: 'won', label: 'Won', value: ({ sideBetWinRate }) => sideBetWinRate?.count ?? null },
  {
    key: 'winRate',
    label: 'Win rate',
    value: ({ sideBetWinRate }) => sideBetWinRate?.value ?? null,
    text: ({ sideBetWinRate }) => formatPercent(sideBetWinRate!.value),
  },
  {
    key: 'stakedSol',
    label: 'Staked',
    value: (row) => solNumber(row.stakedLamports),
    text: (row) => solText(row.stakedLamports),
  },
  {
    key: 'paidSol',
    label: 'Paid back',
    value: (row) => solNumber(row.paidLamports),
    text: (row) => solText(row.paidLamports),
  },
];
