// The job that keeps the rollups up to date: works off the minutes that the batch writer marks as stale.
import type { Job } from '@/server/jobs/job';
import { rollUpStale } from '@/server/rollups/roll-up';
import type { RecordDatabase } from '@/server/store/record-database';

/** A game ends about once a minute; pages that count it a few seconds later are current. */
const EVERY_MS = 5_000;

export function createRollupJob({ database }: { database: Pick<RecordDatabase, 'use'> }): Job {
  return {
    name: 'rollups',
    everyMs: EVERY_MS,
    run: () => database.use((sql) => rollUpStale(sql)),
  };
}
