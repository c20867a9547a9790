// The list of what runs beside the live path, in the order of its first turn. Adding a job means its folder and a line
// here. Called by server/main.ts.
import { join } from 'node:path';
import type { Clock } from '@/lib/units/time';
import { createRetainedSafetyJob } from '@/server/account/retained-safety-job';
import { createLocalArchive } from '@/server/archive/local-archive';
import type { Auth } from '@/server/auth/auth';
import { createSignInCleanupJob } from '@/server/auth/sign-in-cleanup-job';
import type { Config } from '@/server/config';
import { createIntegrityJob } from '@/server/integrity/integrity-job';
import type { Job } from '@/server/jobs/job';
import type { Quality } from '@/server/quality/open-quality';
import { createRetentionJob } from '@/server/retention/retention-job';
import { createRollupJob } from '@/server/rollups/rollup-job';
import type { ServiceMeter } from '@/server/rollups/service-meter';
import { createServiceMinutesJob } from '@/server/rollups/service-minutes-job';
import type { Record } from '@/server/store/open-record';
import type { GameSource } from '@/lib/game/game-source';
import type { StoreLog } from '@/server/store/store-log';

export type JobsOptions = {
  readonly config: Pick<Config, 'DATA_DIR'>;
  readonly log: StoreLog;
  readonly record: Pick<Record, 'database'>;
  readonly clock: Clock;
  readonly quality: Pick<Quality, 'job' | 'desk'>;
  readonly meter: ServiceMeter;
  readonly source: GameSource;
  readonly auth: Pick<Auth, 'cleanUp'>;
};

export function createJobs({ config, log, record, clock, quality, meter, source, auth }: JobsOptions): readonly Job[] {
  const { database } = record;
  const archive = createLocalArchive({ folder: join(config.DATA_DIR, 'archive') });
  const { raise, resolve } = quality.desk;
  return [
    createIntegrityJob({ database, clock, raise, resolve }),
    createServiceMinutesJob({ meter, database, source }),
    createRollupJob({ database }),
    quality.job,
    createRetentionJob({ database, archive, clock, log }),
    createSignInCleanupJob({ auth }),
    createRetainedSafetyJob({ database, clock }),
  ];
}
