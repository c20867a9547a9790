'use client';
// The running result, bet by bet, with the best it stood before: the distance between the two is the drawdown.
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { LineChart } from '@/components/charts/line-chart';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { sol, solSigned } from '@/components/games/sol';
import { count } from '@/lib/risk/words';
import { toEquityRows, type EquityRow } from '@/components/sessions/equity-rows';
import type { SessionDetail } from '@/lib/protocol/sessions-api';
import { formatNumber } from '@/lib/units/format';

export function EquityCard({ state, className }: { state: FetchState<SessionDetail>; className?: string }) {
  return (
    <ChartCard
      title="Result, bet by bet"
      state={mapState(state, (detail) => ({ detail, rows: toEquityRows(detail.curve) }))}
      rows={({ rows }) => rows.slice(1)}
      columns={COLUMNS}
      reading={({ detail, rows }) => readingOf(detail, rows)}
      fileName="fortytick-session"
      empty="The curve begins with the first settled bet."
      className={className}
    >
      {({ rows }) => (
        <LineChart
          label="Running result of the session after each settled bet"
          series={[
            {
              name: 'Best so far',
              look: 'dashed',
              tone: 'faint',
              points: rows.map(({ n, best }) => ({ x: n, y: best })),
            },
            {
              name: 'Result',
              points: rows.map(({ n, net, best }) => ({
                x: n,
                y: net,
                ...(best > net && { note: `${formatNumber(best - net, 3)} SOL below the best so far` }),
              })),
            },
          ]}
          x={{
            label: 'Settled bet',
            format: String,
            ...(rows.length <= WHOLE_TICKS_MAX && { ticks: rows.map(({ n }) => n) }),
          }}
          y={{
            label: 'Result, SOL',
            format: (value) => formatNumber(value, decimalsFor(rows)),
            formatExact: (value) => `${formatNumber(value, 6)} SOL`,
          }}
          references={[{ axis: 'y', at: 0, label: 'even', tone: 'soft' }]}
        />
      )}
    </ChartCard>
  );
}

/** With fewer bets, round numbers would lie between them. */
const WHOLE_TICKS_MAX = 10;
const DECIMALS_MAX = 9;

/** Enough that two labels of the axis differ: a session of small stakes spans thousandths of a SOL. */
export function decimalsFor(rows: readonly Pick<EquityRow, 'net' | 'best'>[]): number {
  const figures = rows.flatMap(({ net, best }) => [net, best]);
  const span = Math.max(0, ...figures) - Math.min(0, ...figures);
  return span === 0 ? 2 : Math.min(DECIMALS_MAX, Math.max(2, 2 - Math.floor(Math.log10(span))));
}

const COLUMNS: readonly ChartColumn<EquityRow>[] = [
  { key: 'bet', label: 'Bet', value: (row) => row.n },
  { key: 'settledAt', label: 'Settled (UTC)', value: (row) => row.at && new Date(row.at).toISOString() },
  { key: 'netSol', label: 'Result, SOL', value: (row) => row.net },
  { key: 'drawdownSol', label: 'Below best, SOL', value: (row) => row.best - row.net },
];

function readingOf({ session, figures }: SessionDetail, rows: readonly EquityRow[]): string {
  const bets = rows.at(-1)?.n ?? 0;
  const end = `${solSigned(session.netLamports)} after ${count(bets, 'settled bet')}`;
  const drawn = bets >= rows.length ? ' Drawn by its highs and lows.' : '';
  if (figures.drawdownLamports === '0') return `${end}; it never fell.${drawn}`;
  return `${end}. The largest fall from a best was ${sol(figures.drawdownLamports)}.${drawn}`;
}
