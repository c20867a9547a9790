// The list of what runs beside the live path, in the order of its first turn. Adding a job means its folder and a line
// here. Called by server/main.ts.
import type { Clock } from '@/lib/units/time';
import { createIntegrityJob } from '@/server/integrity/integrity-job';
import type { Job } from '@/server/jobs/job';
import type { Quality } from '@/server/quality/open-quality';
import { createRollupJob } from '@/server/rollups/rollup-job';
import type { ServiceMeter } from '@/server/rollups/service-meter';
import { createServiceMinutesJob } from '@/server/rollups/service-minutes-job';
import type { Record } from '@/server/store/open-record';
import type { GameSource } from '@/server/store/store-item';

export type JobsOptions = {
  readonly record: Pick<Record, 'database'>;
  readonly clock: Clock;
  readonly quality: Pick<Quality, 'job' | 'desk'>;
  readonly meter: ServiceMeter;
  readonly source: GameSource;
};

export function createJobs({ record: { database }, clock, quality, meter, source }: JobsOptions): readonly Job[] {
  const { raise, resolve } = quality.desk;
  return [
    createIntegrityJob({ database, clock, raise, resolve }),
    createServiceMinutesJob({ meter, database, source }),
    createRollupJob({ database }),
    quality.job,
  ];
}
