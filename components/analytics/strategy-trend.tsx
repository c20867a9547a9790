'use client';
import { solNumber } from '@/components/analytics/describe-figures';
import { useTimeAxis } from '@/components/analytics/use-time-axis';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { LineChart } from '@/components/charts/line-chart';
import type { FetchState } from '@/components/data/fetch-state';
import type { TrendsAnswer } from '@/lib/protocol/analytics';
import { formatSigned } from '@/lib/units/format';

type Row = {
  readonly name: string;
  readonly from: number;
  readonly bets: number;
  readonly net: number;
  readonly sum: number;
};

/** The running total of each strategy that bet: a line that only falls needs no statistics. */
export function StrategyTrend({ state }: { state: FetchState<TrendsAnswer> }) {
  const axis = useTimeAxis(state.kind === 'ready' ? state.data.resolution : 'day');
  return (
    <ChartCard
      title="Running total of every strategy"
      state={state}
      rows={runningTotals}
      columns={COLUMNS}
      fileName="fortytick-strategy-totals"
      reading={() =>
        'What a player with 10 SOL and default limits would have won or lost with each, fresh every 50 games.'
      }
      empty="No strategy bet in this range."
      heightPx={320}
    >
      {(_, rows) => (
        <LineChart
          label="Running total of every strategy, in SOL"
          series={[...new Set(rows.map(({ name }) => name))].map((name) => ({
            name,
            look: 'step' as const,
            points: rows.filter((row) => row.name === name).map(({ from, sum }) => ({ x: from, y: sum })),
          }))}
          x={axis}
          y={{ label: 'SOL', format: (value) => formatSigned(value, 2) }}
          references={[{ axis: 'y', at: 0, label: 'even', tone: 'faint' }]}
          heightPx={320}
        />
      )}
    </ChartCard>
  );
}

function runningTotals({ strategies }: TrendsAnswer): Row[] {
  return strategies.flatMap(({ name, points }) => {
    let sum = 0;
    return points.map(({ from, bets, netLamports }) => {
      const net = solNumber(netLamports);
      sum += net;
      return { name, from, bets, net, sum };
    });
  });
}

const COLUMNS: readonly ChartColumn<Row>[] = [
  { key: 'strategy', label: 'Strategy', value: ({ name }) => name },
  { key: 'from', label: 'From (UTC)', value: ({ from }) => new Date(from).toISOString() },
  { key: 'bets', label: 'Bets', value: ({ bets }) => bets },
  { key: 'netSol', label: 'Net, SOL', value: ({ net }) => net, text: ({ net }) => formatSigned(net, 3) },
  { key: 'totalSol', label: 'Total, SOL', value: ({ sum }) => sum, text: ({ sum }) => formatSigned(sum, 3) },
];
