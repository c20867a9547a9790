// The record for requests that somebody waits for: they are told soon that it does not answer, and of those that wait for
// their turn there are only so many. A record that hangs then costs a bounded amount of memory and nobody a minute.
import type { RecordDatabase } from '@/server/store/record-database';
import { within } from '@/server/store/within';

/** Longer than any wait for the bets' writer, shorter than a player's patience. */
const WAIT_MS = 5_000;
/** A second's work for one connection. */
const WAITING_MAX = 1_000;

export function createImpatientDatabase(
  database: Pick<RecordDatabase, 'use'>,
  { waitMs = WAIT_MS, waitingMax = WAITING_MAX } = {},
): Pick<RecordDatabase, 'use'> {
  let waiting = 0;
  return {
    async use(work) {
      if (waiting >= waitingMax) throw new Error(`${waitingMax} requests wait for the record already`);
      waiting++;
      const answer = database.use(work);
      // Counted until it is really over: nobody listening does not make the queue any shorter.
      const done = () => void waiting--;
      answer.then(done, done);
      return within(waitMs, answer);
    },
  };
}
