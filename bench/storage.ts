// Bytes that a finished game takes in each tier, indexes and TOAST included, in a PostgreSQL of its own: simulated games with
// everything a watched game leaves (assessments, predictions, recommendations, events) go through the store; the integrity
// checks run; then retention archives and drops the tick rows as it would after their days. Files are measured after
// VACUUM, as autovacuum leaves them. What the crowd did (trades, side bets) is told apart: it depends on the crowd.
import { join } from 'node:path';
import { withDatabase } from '@/bench/support/with-database';
import { connectRaw, type RawSql } from '@/db/connect';
import { round } from '@/lib/math/percentile';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { createLocalArchive } from '@/server/archive/local-archive';
import { createIntegrityJob } from '@/server/integrity/integrity-job';
import { KINDS } from '@/server/retention/kinds';
import { readLedger } from '@/server/retention/ledger';
import { createRetentionJob } from '@/server/retention/retention-job';
import { createTakeDown } from '@/server/import/take-down';
import { toFacts } from '@/server/seed/simulated-facts';
import { planHistory } from '@/server/seed/simulated-history';
import { createStore } from '@/server/store/create-store';

const GAMES = 800;
/** A few seconds of a game. The live writer has a batch every 50 ms; fewer make no difference here. */
const FACTS_PER_BATCH = 60;
const GAMES_PER_VACUUM = 100;
/** Long enough ago that everything is due, by the policies set below. */
const UNTIL = epochMs(Date.UTC(2026, 0, 1));
const STATEMENT_LIMIT_MS = 120_000;
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
/** Of a finished game; the rest is of days and minutes, or of the crowd. */
const OF_GAME = ['games', 'game_paths', 'tick_intervals', 'game_checks', 'events', 'predictions', 'recommendations'];
const OF_CROWD = ['trades', 'side_bets'];

export async function run() {
  // Sizes do not depend on fsync, and the machine stays up.
  return withDatabase(measure, { fsync: 'off' });
}

async function measure({ databaseUrl, folder }: { databaseUrl: string; folder: string }) {
  const { sql, destroy } = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
  try {
    const empty = await readSizes(sql);
    const { games, ticks } = await fill({ databaseUrl, folder, sql });
    const hot = subtract(await readSizes(sql), empty);
    const archived = await retain(sql, folder);
    const compacted = subtract(await readSizes(sql), empty);
    if (compacted.get('ticks') !== 0) throw new Error('there are tick rows left');
    const perGame = (sizes: ReadonlyMap<string, number>, tables: readonly string[]) =>
      round(tables.reduce((sum, table) => sum + (sizes.get(table) ?? 0), 0) / games, 0);
    const [counts] = await sql`
      select (select count(*) from events)::int as events, (select count(*) from predictions)::int as predictions,
        (select count(*) from recommendations)::int as recommendations`;
    return {
      bytesPerGame: {
        hot: perGame(hot, [...OF_GAME, 'ticks']),
        compacted: perGame(compacted, OF_GAME),
        archived: round((archived.get('ticks') ?? 0) / games, 0),
      },
      compactedTables: Object.fromEntries(OF_GAME.map((table) => [table, perGame(compacted, [table])])),
      crowdBytesPerGame: {
        hot: perGame(hot, OF_CROWD),
        archived: round(OF_CROWD.reduce((sum, table) => sum + (archived.get(table) ?? 0), 0) / games, 0),
      },
      ticksPerGame: round(ticks / games, 1),
      eventsPerGame: round(counts!.events / games, 1),
      predictionsPerGame: round(counts!.predictions / games, 1),
      recommendationsPerGame: round(counts!.recommendations / games, 1),
      games,
    };
  } finally {
    await destroy();
  }
}

/** Games one after the other, written in many batches each, so that rows are added and changed as when a game is watched. */
async function fill({ databaseUrl, folder, sql }: { databaseUrl: string; folder: string; sql: RawSql }) {
  let now: EpochMs = UNTIL;
  const store = await createStore({ databaseUrl, dataDir: folder, clock: () => now, log: SILENT, source: 'simulator' });
  const takeDown = createTakeDown({ store, origin: 'live', now: () => now });
  let [games, ticks, facts] = [0, 0, 0];
  try {
    for (const game of planHistory({ seed: 'bench-storage', games: GAMES, until: UNTIL }).games()) {
      for (const fact of toFacts(game)) {
        if ('at' in fact && fact.at !== null) now = fact.at;
        if (fact.type === 'tick') ticks++;
        // The history names a game in a later frame.
        if (++facts % FACTS_PER_BATCH === 0 || fact.type === 'game-finished') await store.flush();
        takeDown.keep(fact);
      }
      await store.flush();
      if (++games % GAMES_PER_VACUUM === 0) await sql`vacuum (analyze)`;
    }
    const integrity = createIntegrityJob({
      database: { use: (work) => work(sql), end: async () => {} },
      clock: () => UNTIL,
      raise: ({ title }) => {
        throw new Error(title);
      },
      resolve: () => {},
    });
    while ((await integrity.run(new AbortController().signal)).more);
    return { games, ticks };
  } finally {
    await store.stop();
  }
}

/** Archives every kind and drops the ticks. Returns the archive's bytes by kind. */
async function retain(sql: RawSql, folder: string): Promise<ReadonlyMap<string, number>> {
  for (const { name } of KINDS) {
    const deleteAfter = name === 'ticks' ? 1 : null;
    await sql`
      update retention_policies set hot_days = 1, archive_after_days = 1, delete_after_days = ${deleteAfter}
      where kind = ${name}`;
  }
  const job = createRetentionJob({
    database: { use: (work) => work(sql) },
    archive: createLocalArchive({ folder: join(folder, 'archive') }),
    clock: () => epochMs(Date.now()),
    log: SILENT,
  });
  while ((await job.run(new AbortController().signal)).more);
  const bytes = new Map<string, number>();
  for (const file of await readLedger(sql)) bytes.set(file.kind, (bytes.get(file.kind) ?? 0) + file.bytes);
  return bytes;
}

/** By table; ticks with all their partitions, and only what their rows take. */
async function readSizes(sql: RawSql): Promise<ReadonlyMap<string, number>> {
  await sql`vacuum (analyze)`;
  const rows = await sql`
    select coalesce(i.inhparent, c.oid)::regclass::text as name, sum(pg_total_relation_size(c.oid))::float8 as bytes,
      sum(greatest(c.reltuples, 0))::float8 as rows
    from pg_class c left join pg_inherits i on i.inhrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by 1`;
  return new Map(rows.map(({ name, bytes, rows }) => [name as string, rows === 0 ? 0 : (bytes as number)]));
}

function subtract(sizes: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...sizes].map(([table, bytes]) => [table, bytes === 0 ? 0 : bytes - (before.get(table) ?? 0)]));
}
