'use client';
// The price path as a table, with what was said at each tick, and its exports.
import { Download } from 'lucide-react';
import { ChartTable } from '@/components/charts/chart-table';
import type { ChartColumn } from '@/components/charts/chart-data';
import { ZONES } from '@/lib/decision/zone';
import type { GameDetail } from '@/lib/protocol/games-api';
import { formatPercent, formatPrice } from '@/lib/units/format';

type TickRow = {
  readonly tick: number;
  readonly price: number | null;
  readonly arrival: number | null;
  readonly win: number | null;
  readonly zone: string | null;
};

const COLUMNS: readonly ChartColumn<TickRow>[] = [
  { key: 'tick', label: 'Tick', value: (row) => row.tick },
  { key: 'price', label: 'Price', value: (row) => row.price, text: (row) => formatPrice(row.price!) },
  {
    key: 'receivedAt',
    label: 'Arrived (UTC)',
    value: (row) => (row.arrival === null ? null : new Date(row.arrival).toISOString()),
    text: (row) => new Date(row.arrival!).toISOString().slice(11, 23),
  },
  { key: 'winProbability', label: 'A bet wins', value: (row) => row.win, text: (row) => formatPercent(row.win!) },
  { key: 'zone', label: 'Zone', value: (row) => row.zone },
];

export function PathFigures({ detail }: { detail: GameDetail }) {
  const { gameId } = detail.game;
  const rows = detail.prices.map((price, tick): TickRow => {
    const assessment = detail.assessments[tick] ?? null;
    return {
      tick,
      price,
      arrival: detail.arrivals[tick] ?? null,
      win: assessment?.a[0] ?? null,
      zone: assessment ? (ZONES[assessment.a[5]!] ?? null) : null,
    };
  });
  return (
    <>
      <ChartTable caption={`Ticks of game ${gameId}`} columns={COLUMNS} rows={rows} />
      <p className="flex items-center gap-3 text-caption text-ink-faint">
        <Download aria-hidden className="size-3.5" />
        {(['csv', 'jsonl'] as const).map((format) => (
          <a
            key={format}
            href={`/api/games/${gameId}/export?format=${format}`}
            download
            aria-label={`Export the ticks as ${format === 'csv' ? 'CSV' : 'JSON lines'}`}
            className="rounded-small underline underline-offset-2 hover:text-ink"
          >
            {format === 'csv' ? 'CSV' : 'JSON lines'}
          </a>
        ))}
      </p>
    </>
  );
}
