// Puts batches into PostgreSQL: owns the connection, prepares the database before the first batch, gives up on one that
// does not answer, and finds the one item of a batch that the database will never take. Knows no queue and no spool.
import { connectRaw, type RawConnection } from '@/db/connect';
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import type { Clock } from '@/lib/units/time';
import { describeError, isRefusal } from '@/server/store/database-errors';
import { toStoredLetter, type StoredLetter } from '@/server/store/dead-letters';
import { weightOf, type StoredFact, type StoreItem } from '@/server/store/store-item';
import { within } from '@/server/store/within';
import { writeBatch, type Batch } from '@/server/store/write-batch';

export type BatchWriter = {
  /** Durable when it resolves; returns how many items the database refused, kept as dead letters instead. */
  write(items: readonly StoreItem[]): Promise<number>;
  /** Whatever is under way fails. */
  close(): Promise<void>;
};

/** Rows in one transaction. Larger gains little (measured: 5,000 rows 90 % of the rate of 20,000) and holds memory. */
export const BATCH_WEIGHT_MAX = 10_000;
const STATEMENT_LIMIT_MS = 20_000;
/** A connection that is cut without a word never answers; PostgreSQL's own limit does not help then. */
export const BATCH_LIMIT_MS = 30_000;

export function createBatchWriter({
  databaseUrl,
  prepare,
  clock,
  batchLimitMs = BATCH_LIMIT_MS,
}: {
  databaseUrl: string;
  /** Done before the first batch, again and again until it succeeds: migrations. */
  prepare: () => Promise<unknown>;
  clock: Clock;
  batchLimitMs?: number;
}): BatchWriter {
  let connection: RawConnection | null = null;
  let prepared = false;
  let closed = false;
  let abort: (reason: Error) => void = () => {};
  const closing = new Promise<never>((_, reject) => (abort = reject));
  closing.catch(() => {});

  async function attempt(batch: Batch): Promise<void> {
    if (closed) throw new Error('the writer is closed');
    connection ??= connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
    const used = connection;
    try {
      await within(
        batchLimitMs,
        used.use((sql) => writeBatch(sql, batch, { recordedAt: clock() })),
      );
    } catch (error) {
      // After any failure but a refusal the state of the connection is unknown.
      if (!isRefusal(error)) await discard(used);
      throw error;
    }
  }

  async function discard(used: RawConnection): Promise<void> {
    if (connection === used) connection = null;
    await used.destroy();
  }

  /** Splits a refused batch until what is refused is alone, so that the rest is written. */
  async function writeAround(items: readonly StoreItem[]): Promise<number> {
    try {
      await attempt(toBatch(items));
      return 0;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      let refused = 0;
      const parts = split(items);
      for (const part of parts.smaller) refused += await writeAround(part);
      if (parts.refused === null) return refused;
      await keepRefused(parts.refused, error);
      return refused + 1;
    }
  }

  async function keepRefused({ type, part }: Refused, error: unknown): Promise<void> {
    if (type === 'dead-letter') return;
    const reason = `the database refused it: ${describeError(error)}`;
    const letter = toStoredLetter({ at: clock(), event: `store:${type}`, reason, part });
    await attempt(toBatch([{ type: 'dead-letter', letter }]));
  }

  return {
    async write(items) {
      if (!prepared) await Promise.race([prepare(), closing]);
      prepared = true;
      let refused = 0;
      for (const slice of toSlices(items)) refused += await writeAround(slice);
      return refused;
    },
    async close() {
      closed = true;
      abort(new Error('the writer is closed'));
      if (connection) await discard(connection);
    },
  };
}

function toBatch(items: readonly StoreItem[]): Batch {
  const facts: StoredFact[] = [];
  const predictions: MadePrediction[] = [];
  const recommendations: MadeRecommendation[] = [];
  const letters: StoredLetter[] = [];
  for (const item of items) {
    if (item.type === 'prediction') predictions.push(item.prediction);
    else if (item.type === 'recommendation') recommendations.push(item.recommendation);
    else if (item.type === 'dead-letter') letters.push(item.letter);
    else facts.push(item);
  }
  return { facts, predictions, recommendations, letters };
}

type Refused = { readonly type: string; readonly part: unknown };

/** Smaller pieces to try one by one; what cannot be made smaller is what was refused. */
function split(items: readonly StoreItem[]): { smaller: (readonly StoreItem[])[]; refused: Refused | null } {
  const [item] = items;
  if (items.length > 1) {
    const middle = items.length >> 1;
    return { smaller: [items.slice(0, middle), items.slice(middle)], refused: null };
  }
  const bets = item!.type === 'game-finished' ? item!.game.sideBets : [];
  if (item!.type !== 'game-finished' || bets.length === 0) {
    return { smaller: [], refused: { type: item!.type, part: item } };
  }
  // A finished game must not be lost to one bet in its history: it is tried with half of its bets, and without the last.
  const fact = item!;
  const withBets = (sideBets: typeof bets) => [{ ...fact, game: { ...fact.game, sideBets } }];
  if (bets.length === 1) return { smaller: [withBets([])], refused: { type: 'side-bet', part: bets[0] } };
  const middle = bets.length >> 1;
  return { smaller: [withBets(bets.slice(0, middle)), withBets(bets.slice(middle))], refused: null };
}

/** A spool file may hold more than one batch's worth. */
function* toSlices(items: readonly StoreItem[]): Generator<readonly StoreItem[]> {
  let start = 0;
  let weight = 0;
  for (let i = 0; i < items.length; i++) {
    weight += weightOf(items[i]!);
    if (weight < BATCH_WEIGHT_MAX) continue;
    yield items.slice(start, i + 1);
    start = i + 1;
    weight = 0;
  }
  if (start < items.length) yield items.slice(start);
}
