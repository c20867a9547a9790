// The job that checks finished games: oldest first, a bounded batch at a time, again whenever anything of a game changes.
// After an outage it works off the backlog, one batch a turn.
import type { Job } from '@/server/jobs/job';
import { checkBatch, type IntegrityParts } from '@/server/integrity/check-batch';

/** Games are confirmed about once a minute; whoever looks at one expects its check beside it. */
const EVERY_MS = 1_000;
/** Measured: about 0.1 s of work with side bets and trades (bench verify), so that no other job waits for long. */
export const BATCH_GAMES = 200;

export function createIntegrityJob({
  batchGames = BATCH_GAMES,
  ...parts
}: IntegrityParts & { batchGames?: number }): Job {
  return {
    name: 'integrity',
    everyMs: EVERY_MS,
    async run() {
      const { read, checked } = await checkBatch(parts, { which: { kind: 'due' }, limit: batchGames });
      return { done: checked, more: read === batchGames || checked < read };
    },
  };
}
