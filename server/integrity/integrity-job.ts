// The job that checks finished games: oldest first, a bounded batch at a time, again whenever anything of a game changes.
// After an outage it works off the backlog, one batch a turn.
import type { Job } from '@/server/jobs/job';
import { checkBatch, type IntegrityParts } from '@/server/integrity/check-batch';
import { markUnconfirmed } from '@/server/integrity/mark-unconfirmed';

/** Games are confirmed about once a minute; whoever looks at one expects its check beside it. */
const EVERY_MS = 1_000;
/** Measured: about 0.1 s of work with side bets and trades (bench verify), so that no other job waits for long. */
export const BATCH_GAMES = 200;

/** Finding games that were never confirmed looks at every row of games; they are few, and nobody waits for it. */
const MARK_EVERY_MS = 600_000;

export function createIntegrityJob({
  batchGames = BATCH_GAMES,
  ...parts
}: IntegrityParts & { batchGames?: number }): Job {
  const { database, clock } = parts;
  let markedAt = -Infinity;
  return {
    name: 'integrity',
    everyMs: EVERY_MS,
    async run() {
      const { read, checked } = await checkBatch(parts, { which: { kind: 'due' }, limit: batchGames });
      const more = read === batchGames || checked < read;
      if (more || clock() - markedAt < MARK_EVERY_MS) return { done: checked, more };
      const at = clock();
      const marked = await database.use((sql) => markUnconfirmed(sql, at));
      markedAt = at;
      return { done: checked + marked, more: false };
    },
  };
}
