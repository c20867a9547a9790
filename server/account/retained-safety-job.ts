// Forgets what deleted accounts left behind once it has run out: nobody has to come back for that.
import type { Clock } from '@/lib/units/time';
import { purgeRetainedSafety } from '@/server/account/retained-safety';
import type { Job } from '@/server/jobs/job';
import type { RecordDatabase } from '@/server/store/record-database';

const EVERY_MS = 60 * 60_000;

export function createRetainedSafetyJob({ database, clock }: { database: RecordDatabase; clock: Clock }): Job {
  return {
    name: 'retained safety',
    everyMs: EVERY_MS,
    run: async () => ({ done: await database.use((sql) => purgeRetainedSafety(sql, clock())), more: false }),
  };
}
