// COPY of ticks that are believed new, the fastest way in. Must run in a transaction: whether a COPY worked shows in
// whether the transaction still does. Called by write-batch only.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawSql } from '@/db/connect';
import { toAssessmentRow } from '@/lib/protocol/assessment-row';
import type { EpochMs } from '@/lib/units/time';
import type { TickWrites } from '@/server/store/plan-batch';

/** Lines per piece: long enough to be cheap, short enough (about 2 ms) not to hold up the live path. */
const LINES_PER_PIECE = 1_000;
const MINUTE_MS = 60_000;

/**
 * postgres.js never tells that a COPY failed after its last piece: the stream just does not finish, and finishes as if
 * all were well once the transaction is rolled back. So nothing is concluded from the stream's end; a statement
 * sent behind it fails if the COPY did, or if the connection is gone.
 */
export async function copyTicks(sql: RawSql, writes: readonly TickWrites[]): Promise<void> {
  const stream =
    await sql`copy ticks (game_id, tick, price, received_at, source, assessment, model) from stdin`.writable();
  let failure: unknown = null;
  stream.on('error', (error) => (failure ??= error));
  for (const piece of toPieces(writes)) {
    // Called back in any case, with the error when the stream breaks.
    await new Promise<void>((resolve) => stream.write(piece, () => resolve()));
    if (failure) throw failure;
  }
  stream.end();
  await nextTurn();
  if (failure) throw failure;
  await sql`select 1`;
}

function* toPieces(writes: readonly TickWrites[]): Generator<string> {
  const toText = createInstantText();
  let piece = '';
  let lines = 0;
  for (const { gameId, added } of writes) {
    for (const { tick, price, receivedAt, source, assessment } of added) {
      piece += `${gameId}\t${tick}\t${price}\t${receivedAt === null ? '\\N' : toText(receivedAt)}\t${source}`;
      piece += assessment === null ? '\t\\N\t\\N\n' : `\t{${toAssessmentRow(assessment)}}\t${assessment.m}\n`;
      if (++lines % LINES_PER_PIECE > 0) continue;
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/** ISO text of instants that come in runs: the part down to the minute is the costly one, and rarely changes. */
export function createInstantText(): (at: EpochMs) => string {
  let minute = NaN;
  let prefix = '';
  return (at) => {
    const ofMinute = Math.floor(at / MINUTE_MS);
    if (ofMinute !== minute) {
      minute = ofMinute;
      prefix = new Date(ofMinute * MINUTE_MS).toISOString().slice(0, -'00.000Z'.length);
    }
    const ms = at - ofMinute * MINUTE_MS;
    return `${prefix}${ms < 10_000 ? '0' : ''}${ms / 1_000}Z`;
  };
}
