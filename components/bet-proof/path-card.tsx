'use client';
// The prices of the window and around it, as recorded, with where the bet began and ended and where the game did.
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import type { ChartReference } from '@/components/charts/chart-spec';
import { LineChart } from '@/components/charts/line-chart';
import { readyState } from '@/components/data/fetch-state';
import type { BetProof } from '@/lib/protocol/sessions-api';
import { formatPrice } from '@/lib/units/format';
import { epochMs } from '@/lib/units/time';

const HEIGHT_PX = 220;

type PathRow = { readonly tick: number; readonly price: number | null; readonly inWindow: boolean };

export function PathCard({ proof, className }: { proof: BetProof; className?: string }) {
  const rows = toRows(proof);
  return (
    <ChartCard
      title="Price in the window"
      state={readyState(proof, epochMs(0))}
      rows={() => rows}
      columns={COLUMNS}
      reading={() => readingOf(proof)}
      fileName={`fortytick-bet-${proof.bet.id}`}
      empty="No price of the window is on record: the bet has no window, or its game is not recorded."
      heightPx={HEIGHT_PX}
      className={className}
    >
      {() => (
        <LineChart
          label="Recorded price at each tick around the bet's window"
          series={[
            { name: 'Before and after', tone: 'faint', points: rows.map(({ tick, price }) => ({ x: tick, y: price })) },
            {
              name: 'In the window',
              points: rows.map(({ tick, price, inWindow }) => ({ x: tick, y: inWindow ? price : null })),
            },
          ]}
          x={{ label: 'Tick', format: String }}
          y={{ label: 'Price', format: formatPrice }}
          references={toReferences(proof)}
          heightPx={HEIGHT_PX}
        />
      )}
    </ChartCard>
  );
}

const COLUMNS: readonly ChartColumn<PathRow>[] = [
  { key: 'tick', label: 'Tick', value: (row) => row.tick },
  { key: 'price', label: 'Price', value: (row) => row.price },
  { key: 'inWindow', label: 'In the window', value: (row) => row.inWindow, text: (row) => (row.inWindow ? 'yes' : '') },
];

function toRows({ path, bet: { startTick, endTick } }: BetProof): PathRow[] {
  return path.prices.map((price, index) => {
    const tick = path.firstTick + index;
    return { tick, price, inWindow: tick >= (startTick ?? 0) && tick <= (endTick ?? -1) };
  });
}

function toReferences({ bet: { startTick, endTick }, game, path }: BetProof): ChartReference[] {
  const rugTick = game?.rugTick ?? null;
  const last = path.firstTick + path.prices.length - 1;
  return [
    ...(startTick === null ? [] : [{ axis: 'x', at: startTick, label: `start ${startTick}`, tone: 'soft' } as const]),
    ...(endTick === null || endTick > last
      ? []
      : [{ axis: 'x', at: endTick, label: `end ${endTick}`, tone: 'soft' } as const]),
    ...(rugTick === null || rugTick > last
      ? []
      : [{ axis: 'x', at: rugTick, label: `rug ${rugTick}`, tone: 'rug' } as const]),
  ];
}

function readingOf({ bet: { startTick, endTick }, game }: BetProof): string {
  const window = `The bet covered ticks ${(startTick ?? 0) + 1} to ${endTick}.`;
  const rugTick = game?.rugTick ?? null;
  if (rugTick === null) return `${window} The game has not ended on record.`;
  return `${window} The game rugged at tick ${rugTick}.`;
}
