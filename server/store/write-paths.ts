// Writes the compacted form of games: one path row each, and one of its tick intervals where there are any. Written again
// when a game's ticks have changed. Called by write-batch, and by retention for games that an earlier version recorded.
import type { RawSql } from '@/db/connect';
import type { CompactedGame, IntervalsRow, PathRow } from '@/server/store/plan-path';
import { insertRows, toArrayLiteral, toInstant, type Table } from '@/server/store/insert-rows';

type KeptPath = PathRow & { readonly compactedAt: Date };

const PATHS: Table<KeptPath> = {
  name: 'game_paths',
  key: ['game_id'],
  columns: [
    { name: 'game_id', type: 'text', of: (row) => row.gameId },
    { name: 'prices', type: 'double precision[]', of: (row) => toArrayLiteral(row.prices) },
    { name: 'first_received_at', type: 'timestamptz', of: (row) => toInstant(row.firstReceivedAt) },
    { name: 'arrivals_ms', type: 'integer[]', of: (row) => row.arrivalsMs && toArrayLiteral(row.arrivalsMs) },
    { name: 'sources', type: 'text', of: (row) => row.sources },
    { name: 'assessments', type: 'bytea', of: (row) => row.assessments && toHex(row.assessments) },
    { name: 'compacted_at', type: 'timestamptz', of: (row) => row.compactedAt.toISOString() },
  ],
};

const INTERVALS: Table<IntervalsRow> = {
  name: 'tick_intervals',
  key: ['game_id'],
  columns: [
    { name: 'game_id', type: 'text', of: (row) => row.gameId },
    { name: 'intervals', type: 'integer', of: (row) => row.intervals },
    { name: 'mean_ms', type: 'double precision', of: (row) => row.meanMs },
    { name: 'median_ms', type: 'double precision', of: (row) => row.medianMs },
    { name: 'p5_ms', type: 'double precision', of: (row) => row.p5Ms },
    { name: 'p95_ms', type: 'double precision', of: (row) => row.p95Ms },
    { name: 'p99_ms', type: 'double precision', of: (row) => row.p99Ms },
    { name: 'max_ms', type: 'double precision', of: (row) => row.maxMs },
    { name: 'stalls', type: 'integer', of: (row) => row.stalls },
    { name: 'bursts', type: 'integer', of: (row) => row.bursts },
  ],
};

/** In a transaction with whatever changed the ticks. The games' own rows are there already. */
export async function writePaths(sql: RawSql, games: readonly CompactedGame[]): Promise<void> {
  if (games.length === 0) return;
  // Not the transaction's time: retention tells by this whether a path is newer than an archive, and whoever waits for
  // the writer's lock has begun before he has his turn.
  const [now] = await sql`select clock_timestamp() as at`;
  const paths = games.map(({ path }) => ({ ...path, compactedAt: now!.at as Date }));
  await insertRows(sql, { table: PATHS, rows: paths, onConflict: 'replace' });
  const intervals = games.flatMap(({ intervals }) => intervals ?? []);
  await insertRows(sql, { table: INTERVALS, rows: intervals, onConflict: 'replace' });
  // The ticks that had them may have turned out to be none of the game's.
  const without = games.filter(({ intervals }) => intervals === null).map(({ path }) => path.gameId);
  if (without.length > 0) await sql`delete from tick_intervals where game_id = any(${toArrayLiteral(without)}::text[])`;
}

function toHex(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
}
