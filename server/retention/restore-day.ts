// Loads a day's rows of one kind back from the archive. Rows that are on record stay as they are, so that it may be done
// any number of times; of a row that is in several of the day's files the newest counts. Called by the retention command.
import { isDeepStrictEqual } from 'node:util';
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { boundsOfDay, findTickPartitions } from '@/db/partitions';
import { gameId, type GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import type { Archive } from '@/server/archive/archive';
import { readFile, verifyFile } from '@/server/archive/archive-file';
import { appendEvents } from '@/server/event-log/append-events';
import type { Kind } from '@/server/retention/kinds';
import { markRestored, readLedger } from '@/server/retention/ledger';
import { expandPath } from '@/server/store/plan-path';
import { readPaths, readTicks } from '@/server/store/read-known';
import { insertRows, toArrayLiteral } from '@/server/store/insert-rows';
import { TICKS } from '@/server/store/table-columns';

const GAMES_PER_PIECE = 50;

export class NothingArchivedError extends Error {
  constructor(kind: string, day: string) {
    super(`The archive has no ${kind} of ${day}.`);
    this.name = 'NothingArchivedError';
  }
}

/** Returns how many rows came back. */
export async function restoreDay(
  sql: RawSql,
  { kind, day, archive, now }: { kind: Kind; day: string; archive: Archive; now: EpochMs },
): Promise<number> {
  boundsOfDay(day);
  const files = await readLedger(sql, { kind: kind.name, day });
  if (files.length === 0) throw new NothingArchivedError(kind.name, day);
  for (const file of files) await verifyFile(archive, file.location, file);
  if (kind.name === 'ticks') await (await findTickPartitions(sql)).ensure(sql, [day]);
  let rows = 0;
  for (const { location } of files.toReversed()) {
    for await (const piece of readFile(archive, location)) rows += await insertPiece(sql, kind, piece);
  }
  if (kind.name === 'ticks') await followPaths(sql, day);
  await transact(sql, async () => {
    await markRestored(sql, { kind: kind.name, day });
    const payload = { kind: kind.name, day, rows };
    const event = { stream: 'retention', expectedVersion: 'any', type: 'restored', payload, occurredAt: now } as const;
    await appendEvents(sql, [event], { recordedAt: now });
  });
  return rows;
}

async function insertPiece(sql: RawSql, kind: Kind, piece: readonly string[]): Promise<number> {
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    const { count } = await sql.unsafe(
      `insert into ${kind.name} overriding system value
      select (json_populate_record(null::${kind.name}, line::json)).* from unnest($1::text[]) line
      on conflict do nothing`,
      [toArrayLiteral(piece)],
    );
    return count;
  });
}

/** The path of a game that changed after its ticks were archived knows better: the rows become what it tells. */
async function followPaths(sql: RawSql, day: string): Promise<void> {
  const { from, to } = boundsOfDay(day);
  let after: string = from;
  for (;;) {
    const rows = await sql`
      select game_id from game_paths where game_id > ${after} and game_id < ${to}
      order by game_id limit ${GAMES_PER_PIECE}`;
    if (rows.length === 0) return;
    const ids = rows.map((row) => gameId(row.game_id));
    await transact(sql, () => followPathsOf(sql, ids));
    after = ids.at(-1)!;
  }
}

async function followPathsOf(sql: RawSql, ids: readonly GameId[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
  const { ticks } = await readTicks(sql, ids);
  for (const path of await readPaths(sql, ids)) {
    const told = expandPath(path);
    const rows = [...ticks.get(path.gameId)!.values()].sort((a, b) => a.tick - b.tick);
    if (isDeepStrictEqual(rows, told)) continue;
    await sql`delete from ticks where game_id = ${path.gameId}`;
    const keyed = told.map((row) => ({ ...row, gameId: path.gameId }));
    await insertRows(sql, { table: TICKS, rows: keyed, onConflict: 'fail' });
  }
}
