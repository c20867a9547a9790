// Writes one batch in one transaction: all of it is durable when this returns, or nothing. Ticks are first taken to be
// new and go in by COPY; when some are not, the batch is written again with what is on record in hand. One batch at a
// time, whoever writes: reading, merging and writing back would lose updates otherwise.
import { transact, type RawSql } from '@/db/connect';
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import { WRITER_LOCK } from '@/db/locks';
import { copyTicks } from '@/server/store/copy-ticks';
import { insertDeadLetters, type StoredLetter } from '@/server/store/dead-letters';
import {
  concernedGames,
  gamesNeedingSideBets,
  gamesNeedingTicks,
  planBatch,
  sortFacts,
  type BatchPlan,
  type Known,
  type SortedFacts,
} from '@/server/store/plan-batch';
import { readGames, readSideBets, readTicks } from '@/server/store/read-known';
import { markChanged, settleDecisions } from '@/server/store/settle-decisions';
import type { StoredFact } from '@/server/store/store-item';
import { insertRows } from '@/server/store/insert-rows';
import {
  GAMES,
  PREDICTIONS,
  RECOMMENDATIONS,
  SIDE_BETS,
  TICKS,
  TRADES,
  type KeyedTick,
} from '@/server/store/table-columns';
import { writeEvents } from '@/server/store/write-events';
import { writePaths } from '@/server/store/write-paths';

export type Batch = {
  readonly facts: readonly StoredFact[];
  readonly predictions: readonly MadePrediction[];
  readonly recommendations: readonly MadeRecommendation[];
  readonly letters: readonly StoredLetter[];
};

/** Below this a COPY's extra round trips cost more than it saves. */
const COPY_ROWS_MIN = 50;

type Work = { readonly sorted: SortedFacts; readonly batch: Batch; readonly recordedAt: EpochMs };

/** Throws what the database answered, or what became of the connection. `recordedAt` is the writer's clock. */
export async function writeBatch(sql: RawSql, batch: Batch, { recordedAt }: { recordedAt: EpochMs }): Promise<void> {
  const work = { sorted: sortFacts(batch.facts), batch, recordedAt };
  try {
    await transact(sql, () => writeInTransaction(sql, { ...work, trusting: true }));
  } catch (error) {
    if (!mayBeKnownTicks(error)) throw error;
    await transact(sql, () => writeInTransaction(sql, { ...work, trusting: false }));
  }
}

async function writeInTransaction(
  sql: RawSql,
  { sorted, batch, recordedAt, trusting }: Work & { trusting: boolean },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
  const games = await readGames(sql, concernedGames(sorted));
  const needed = trusting ? gamesNeedingTicks(sorted, games) : concernedGames(sorted);
  const known = await readTicks(sql, needed);
  const sideBets = await readSideBets(sql, gamesNeedingSideBets(sorted));
  const plan = planBatch(sorted, { games, ...known, sideBets });
  // A better copy may name another end: the minute it counted in so far is marked while the row still says so.
  await markChanged(sql, movedGames(plan, games));
  await insertRows(sql, { table: GAMES, rows: plan.games, onConflict: 'replace' });
  await writeTicks(sql, { plan, trusting });
  await writePaths(sql, plan.paths);
  await insertRows(sql, { table: SIDE_BETS, rows: plan.sideBets, onConflict: 'replace' });
  await insertRows(sql, { table: TRADES, rows: plan.trades, onConflict: 'ignore' });
  // What was said first stands: a replay says nothing new about a game that was watched.
  await insertRows(sql, { table: PREDICTIONS, rows: batch.predictions, onConflict: 'ignore' });
  await insertRows(sql, { table: RECOMMENDATIONS, rows: batch.recommendations, onConflict: 'ignore' });
  await insertDeadLetters(sql, batch.letters);
  const touched = touchedGames(plan, batch);
  await settleDecisions(sql, touched);
  await markChanged(sql, touched);
  await writeEvents(sql, { ...batch, facts: sorted, known: games, plan }, { recordedAt });
}

async function writeTicks(sql: RawSql, { plan, trusting }: { plan: BatchPlan; trusting: boolean }) {
  for (const { gameId, lastTick } of plan.ticks) {
    if (lastTick !== null) await sql`delete from ticks where game_id = ${gameId} and tick > ${lastTick}`;
  }
  const added = plan.ticks.reduce((sum, game) => sum + game.added.length, 0);
  const changed = keyed(plan, 'changed');
  await insertRows(sql, { table: TICKS, rows: changed, onConflict: 'replace' });
  // The careful way is the one that says what exactly the database refuses.
  if (trusting && added >= COPY_ROWS_MIN) await copyTicks(sql, plan.ticks);
  else await insertRows(sql, { table: TICKS, rows: keyed(plan, 'added'), onConflict: 'fail' });
}

function touchedGames(plan: BatchPlan, { predictions, recommendations }: Batch): GameId[] {
  const paths = plan.paths.map(({ path }) => path);
  const rows = [...plan.games, ...plan.ticks, ...paths, ...plan.sideBets, ...predictions, ...recommendations];
  return [...new Set([...rows.map((row) => row.gameId), ...plan.trades.map(({ trade }) => trade.gameId)])];
}

function movedGames(plan: BatchPlan, known: Known['games']): GameId[] {
  return plan.games
    .filter(({ gameId, endedAt, source }) => {
      const before = known.get(gameId);
      return before && before.confirmedAt !== null && (before.endedAt !== endedAt || before.source !== source);
    })
    .map(({ gameId }) => gameId);
}

function keyed(plan: BatchPlan, which: 'added' | 'changed'): KeyedTick[] {
  return plan.ticks.flatMap(({ gameId, [which]: rows }) => rows.map((row) => ({ ...row, gameId })));
}

/** A key that is there already, or a transaction that a failed COPY has ended without saying why. */
function mayBeKnownTicks(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === '23505' || code === '25P02';
}
