'use client';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import type { ChartReference, ChartSeries } from '@/components/charts/chart-spec';
import { LineChart } from '@/components/charts/line-chart';
import { readyState } from '@/components/data/fetch-state';
import type { RoundCheck } from '@/components/verify/check-round';
import { formatPrice } from '@/lib/units/format';
import { epochMs } from '@/lib/units/time';

const HEIGHT_PX = 220;
/** From here on a linear axis flattens the beginning of the game into a line. */
const LOG_FROM_PEAK = 20;

/** The path as replayed, and the recorded one with it where they part. */
export function ReplayedChart({ check }: { check: RoundCheck }) {
  const { replayed, path } = check;
  const rows = toRows(check);
  const isLog = replayed.peak >= LOG_FROM_PEAK && rows.every((row) => row.replayed !== 0);
  return (
    <ChartCard
      title="Replayed path"
      state={readyState(check, epochMs(0))}
      rows={() => rows}
      columns={COLUMNS}
      reading={() => readingOf(check)}
      fileName={`fortytick-replay-${check.round.gameId}`}
      heightPx={HEIGHT_PX}
    >
      {() => (
        <LineChart
          label={`Price at each tick of game ${check.round.gameId}, replayed from its seed`}
          series={toSeries(rows, path?.kind === 'differs')}
          x={{ label: 'Tick', format: String }}
          y={{ label: 'Price', format: formatPrice, scale: isLog ? 'log' : 'linear' }}
          references={toReferences(check)}
          heightPx={HEIGHT_PX}
        />
      )}
    </ChartCard>
  );
}

type PathRow = { readonly tick: number; readonly replayed: number | null; readonly recorded: number | null };

const COLUMNS: readonly ChartColumn<PathRow>[] = [
  { key: 'tick', label: 'Tick', value: (row) => row.tick },
  { key: 'replayedPrice', label: 'Replayed', value: (row) => row.replayed },
  { key: 'recordedPrice', label: 'Recorded', value: (row) => row.recorded },
];

/** Up to the last drawn price of the longer one; the rug price is not drawn. */
function toRows({ replayed, round: { recorded } }: RoundCheck): PathRow[] {
  const recordedRug = (recorded?.prices.length ?? 1) - 1;
  return Array.from({ length: Math.max(replayed.rugTick, recordedRug) }, (_, tick) => ({
    tick,
    replayed: replayed.prices[tick] ?? null,
    recorded: tick < recordedRug ? (recorded?.prices[tick] ?? null) : null,
  }));
}

function toSeries(rows: readonly PathRow[], differs: boolean): ChartSeries[] {
  const replayed: ChartSeries = { name: 'Replayed', points: rows.map((row) => ({ x: row.tick, y: row.replayed })) };
  if (!differs) return [replayed];
  const points = rows.map((row) => ({ x: row.tick, y: row.recorded }));
  return [replayed, { name: 'Recorded', points, look: 'dashed', tone: 'warning' }];
}

function toReferences({ path, replayed }: RoundCheck): ChartReference[] {
  if (path?.kind === 'differs') return [{ axis: 'x', at: path.tick, label: 'First difference', tone: 'danger' }];
  return [{ axis: 'x', at: replayed.rugTick, label: `Rug at tick ${replayed.rugTick}`, tone: 'rug' }];
}

function readingOf({ replayed, path }: RoundCheck): string {
  const length = `${replayed.rugTick} ${replayed.rugTick === 1 ? 'price' : 'prices'}, peak ${formatPrice(replayed.peak)}, then the rug.`;
  return path?.kind === 'differs' ? `${length} The recorded path parts from it at tick ${path.tick}.` : length;
}
