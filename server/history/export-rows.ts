// How the rows of an export are written: CSV with a head, or one JSON object a line. Both come from the same columns. Pure.
import { ZONES } from '@/lib/decision/zone';
import type { StoredGame } from '@/lib/protocol/games-api';
import { toCsvLine, type Cell } from '@/lib/units/csv';
import type { ExportFormat } from '@/server/history/games-parameters';
import type { TickPath } from '@/server/history/tick-path';

export type ExportColumn<Row> = { readonly name: string; readonly of: (row: Row) => Cell };

export type RowWriter<Row> = { readonly head: string; line(row: Row): string };

export function createRowWriter<Row>(columns: readonly ExportColumn<Row>[], format: ExportFormat): RowWriter<Row> {
  if (format === 'csv') {
    return {
      head: toCsvLine(columns.map(({ name }) => name)),
      line: (row) => toCsvLine(columns.map(({ of }) => of(row))),
    };
  }
  return {
    head: '',
    line: (row) => `${JSON.stringify(Object.fromEntries(columns.map(({ name, of }) => [name, of(row)])))}\n`,
  };
}

export const GAME_COLUMNS: readonly ExportColumn<StoredGame>[] = [
  { name: 'gameId', of: (game) => game.gameId },
  { name: 'source', of: (game) => game.source },
  { name: 'phase', of: (game) => game.phase },
  { name: 'startedAt', of: (game) => toIso(game.startedAt) },
  { name: 'endedAt', of: (game) => toIso(game.endedAt) },
  { name: 'rugTick', of: (game) => game.rugTick },
  { name: 'peak', of: (game) => game.peak },
  { name: 'verification', of: (game) => game.verification },
  { name: 'checks', of: (game) => game.checks },
  { name: 'complete', of: (game) => game.complete },
  { name: 'ticksRepaired', of: (game) => game.ticksRepaired },
  { name: 'ticksCorrected', of: (game) => game.ticksCorrected },
  { name: 'commitmentKept', of: (game) => game.commitmentKept },
  { name: 'version', of: (game) => game.version },
  { name: 'serverSeedHash', of: (game) => game.serverSeedHash },
  { name: 'serverSeed', of: (game) => game.serverSeed },
];

export type TickOfPath = { readonly path: TickPath; readonly tick: number; readonly source: string | null };

const figure = (name: string, index: number): ExportColumn<TickOfPath> => ({
  name,
  of: ({ path, tick }) => path.assessments[tick]?.a[index] ?? null,
});

/** The figures by their place in a compact assessment; see lib/protocol/compact-assessment. */
export const TICK_COLUMNS: readonly ExportColumn<TickOfPath>[] = [
  { name: 'tick', of: ({ tick }) => tick },
  { name: 'price', of: ({ path, tick }) => path.prices[tick] ?? null },
  { name: 'receivedAt', of: ({ path, tick }) => toIso(path.arrivals[tick] ?? null) },
  { name: 'source', of: ({ source }) => source },
  { name: 'payout', of: ({ path, tick }) => path.assessments[tick]?.x ?? null },
  figure('winProbability', 0),
  figure('winProbabilityLower', 1),
  figure('winProbabilityUpper', 2),
  figure('hazard', 4),
  { name: 'zone', of: ({ path, tick }) => ZONES[path.assessments[tick]?.a[5] ?? -1] ?? null },
  figure('intervalMs', 6),
  figure('reliability', 7),
  figure('acceptProbability', 11),
  { name: 'model', of: ({ path, tick }) => path.assessments[tick]?.m ?? null },
];

export function* ticksOf(path: TickPath): Generator<TickOfPath> {
  const sources = new Map(path.stretches.flatMap(({ from, to, source }) => spread(from, to, source)));
  for (let tick = 0; tick < path.prices.length; tick++) yield { path, tick, source: sources.get(tick) ?? null };
}

function spread(from: number, to: number, source: string): [number, string][] {
  return Array.from({ length: to - from + 1 }, (_, i) => [from + i, source]);
}

function toIso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
