// The record of bets in PostgreSQL. Steps that wait share a transaction: one lock, one read of all they ask for, decisions
// one after another on what the ones before them changed, one write, one commit. A step that throws takes no other down; a
// batch that the database refuses is run again step by step, so that only the culprit fails.
import type { RawSql } from '@/db/connect';
import { transactAtOnce } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import type { BetSession } from '@/lib/bets/bet-session';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import type { Posting } from '@/lib/ledger/ledger';
import { gameId, type GameId } from '@/lib/units/game-id';
import { epochMs, type Clock, type EpochMs } from '@/lib/units/time';
import type { BetsQuery } from '@/server/bets/bets-parameters';
import { createBatcher } from '@/server/bets/store/batcher';
import {
  RecordUnavailableError,
  UNCLOSED_MAX,
  type Asks,
  type BetFacts,
  type BetStore,
  type Ran,
  type Step,
  type StoredBet,
} from '@/server/bets/store/bet-store';
import { createBetTables, type BetRow, type BetTables } from '@/server/bets/store/bet-tables';
import { loadRows, loadStored, type ReadAccounts } from '@/server/bets/store/load-rows';
import { writingChanges, type BatchChanges } from '@/server/bets/store/write-changes';
import { readLogEnd } from '@/server/event-log/append-events';
import { describeError, isAnswer } from '@/server/store/database-errors';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';
import type { RecordDatabase } from '@/server/store/record-database';

/** Steps of one transaction, about 10 ms of work. More would make the first wait for the last, and all that comes for both. */
const BATCH_STEPS_MAX = 25;
/** Steps that may wait: some 10 s of work. One more is refused with RecordUnavailableError. */
const STEPS_WAITING_MAX = 10_000;

export function createPostgresBetStore({
  writer,
  reader,
  readAccounts,
  clock,
}: {
  /** Connections of their own: steps wait for nobody but the lock, and looking never waits for a step. */
  writer: RecordDatabase;
  reader: RecordDatabase;
  readAccounts: ReadAccounts;
  clock: Clock;
}): BetStore {
  const limits = { batchMax: BATCH_STEPS_MAX, waitingMax: STEPS_WAITING_MAX };
  const steps = createBatcher<Step<unknown>, Ran<unknown>>({
    ...limits,
    isUrgent: ({ isUrgent = false }) => isUrgent,
    run: (batch) => runIsolated(batch),
  });
  const looks = createBatcher<Asks, BetFacts>({
    ...limits,
    run: async (asks) => {
      const rows = await use(reader, (sql) => loadRows(sql, asks, { now: clock(), readAccounts }));
      const facts = createBetTables(rows).facts(clock());
      return asks.map(() => ({ ok: true, value: facts }));
    },
  });

  async function runIsolated(batch: readonly Step<unknown>[]): Promise<readonly Outcome[]> {
    try {
      return await use(writer, (sql) => runBatch(sql, batch));
    } catch (error) {
      if (batch.length === 1 || error instanceof RecordUnavailableError) throw error;
    }
    const outcomes: Outcome[] = [];
    for (const step of batch) {
      const outcome = use(writer, (sql) => runBatch(sql, [step]));
      outcomes.push(...(await outcome.catch((error: unknown): Outcome[] => [{ ok: false, error }])));
    }
    return outcomes;
  }

  function runBatch(sql: RawSql, batch: readonly Step<unknown>[]): Promise<readonly Outcome[]> {
    const asks = batch.map((step) => step.asks);
    return transactAtOnce(sql, {
      async read() {
        // The reads are sent behind the lock on the same connection, and see what was committed before it was given.
        const locked = sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute();
        const reads = [loadRows(sql, asks, { now: clock(), readAccounts }), readLogEnd(sql)] as const;
        const [, rows, logEnd] = await Promise.all([locked, ...reads]);
        return { rows, logEnd };
      },
      decide({ rows, logEnd }) {
        const { outcomes, changes } = decideAll(createBetTables(rows), batch, clock());
        return {
          result: outcomes,
          statements: changes ? writingChanges(sql, changes, { recordedAt: clock(), logEnd }) : [],
        };
      },
    });
  }

  return {
    run: <T>(step: Step<T>) => steps.push(step as Step<unknown>) as Promise<Ran<T>>,
    look: (asks) => looks.push(asks),
    list: (accountId, query) => use(reader, (sql) => readPage(sql, accountId, query)),
    unclosed: () => use(reader, (sql) => readStored(sql, { where: 'closed_at is null' })),
    results: (gameIds) => use(reader, (sql) => readResults(sql, gameIds)),
    lostEarly(since) {
      const where = `state = 'lost' and rug_tick is null and prepared_at >= $1::timestamptz`;
      return use(reader, (sql) => readStored(sql, { where, parameters: [toInstant(since)!] }));
    },
    idle: async () => void (await Promise.all([steps.idle(), looks.idle()])),
    stop: async () => void (await Promise.all([steps.stop(), looks.stop()])),
  };
}

type Outcome = { readonly ok: true; readonly value: Ran<unknown> } | { readonly ok: false; readonly error: unknown };

/** Each step on what the ones before it left; null when nothing changes. */
function decideAll(
  tables: BetTables,
  batch: readonly Step<unknown>[],
  now: EpochMs,
): { outcomes: readonly Outcome[]; changes: BatchChanges | null } {
  const events: BatchChanges['events'][number][] = [];
  const bets = new Map<string, BetRow>();
  const sessions = new Map<string, BetSession>();
  const transactions = new Map<string, BetTransaction>();
  const postings: Posting[] = [];
  let anything = false;
  const outcomes = batch.map((step): Outcome => {
    try {
      const { result, changes } = step.decide(tables.facts(now));
      if (!changes) return { ok: true, value: { result, changed: [] } };
      const versions = new Map<string, number>();
      const placed = (changes.events ?? []).map(({ betId, event }) => {
        const before = versions.get(betId) ?? tables.rows.bets.get(betId)?.bet.version ?? 0;
        versions.set(betId, before + 1);
        return { betId, event, before };
      });
      const applied = tables.apply(changes);
      anything = true;
      events.push(...placed);
      for (const row of applied.bets) bets.set(row.bet.betId, row);
      for (const session of changes.sessions ?? []) sessions.set(session.sessionId, session);
      for (const transaction of changes.transactions ?? []) transactions.set(transaction.signature, transaction);
      postings.push(...applied.postings);
      return { ok: true, value: { result, changed: applied.changed } };
    } catch (error) {
      return { ok: false, error };
    }
  });
  const changes = {
    events,
    bets: [...bets.values()],
    sessions: [...sessions.values()],
    transactions: [...transactions.values()],
    postings,
  };
  return { outcomes, changes: anything ? changes : null };
}

async function use<T>(database: RecordDatabase, work: (sql: RawSql) => Promise<T>): Promise<T> {
  try {
    return await database.use(work);
  } catch (error) {
    // What the database answered is about the data; anything else is about the way to it.
    if (isAnswer(error) || error instanceof RecordUnavailableError) throw error;
    throw new RecordUnavailableError(`The record cannot be reached: ${describeError(error)}`, { cause: error });
  }
}

async function readStored(
  sql: RawSql,
  { where, parameters = [] }: { readonly where: string; readonly parameters?: string[] },
): Promise<readonly StoredBet[]> {
  const found = await sql.unsafe<{ bet_id: string }[]>(
    `select bet_id from bets where ${where} order by prepared_at, bet_id limit ${UNCLOSED_MAX}`,
    parameters,
  );
  return loadInOrder(sql, found);
}

async function loadInOrder(sql: RawSql, found: readonly { readonly bet_id: string }[]): Promise<readonly StoredBet[]> {
  const betIds = found.map(({ bet_id }) => bet_id);
  const facts = createBetTables(await loadStored(sql, betIds)).facts(epochMs(0));
  return betIds.flatMap((betId) => facts.bet(betId) ?? []);
}

/** After every bet there will be. */
const LAST_INSTANT = epochMs(Date.UTC(9999, 0, 1));

/** Through the index of an account's bets, from the cursor on. */
async function readPage(
  sql: RawSql,
  accountId: string,
  { sessionId, state, venue, before, limit }: BetsQuery,
): Promise<readonly StoredBet[]> {
  const found = await sql.unsafe<{ bet_id: string }[]>(
    `select bet_id from bets
     where account_id = $1 and ($2::text is null or session_id = $2) and ($3::text is null or state = $3)
       and ($4::text is null or venue = $4) and (prepared_at, bet_id) < ($5::timestamptz, $6::text collate "C")
     order by prepared_at desc, bet_id desc limit $7`,
    [
      accountId,
      sessionId ?? null,
      state ?? null,
      venue ?? null,
      toInstant(before?.preparedAt ?? LAST_INSTANT)!,
      before?.betId ?? '',
      limit,
    ],
    { prepare: true },
  );
  return loadInOrder(sql, found);
}

async function readResults(sql: RawSql, gameIds: readonly GameId[]): Promise<ReadonlyMap<GameId, number>> {
  if (gameIds.length === 0) return new Map();
  const rows = await sql<{ game_id: string; rug_tick: number }[]>`
    select game_id, rug_tick from games
    where game_id = any(${toArrayLiteral(gameIds)}::text[]) and confirmed_at is not null and rug_tick is not null`;
  return new Map(rows.map((row) => [gameId(row.game_id), row.rug_tick]));
}
