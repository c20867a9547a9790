// The list of what runs beside the live path, in the order of its first turn. Adding a job means its folder and a line
// here. Called by server/main.ts.
import type { Clock } from '@/lib/units/time';
import type { Job } from '@/server/jobs/job';
import type { Quality } from '@/server/quality/open-quality';
import type { Record } from '@/server/store/open-record';

export type JobsOptions = {
  readonly record: Pick<Record, 'database'>;
  readonly clock: Clock;
  readonly quality: Pick<Quality, 'job' | 'desk'>;
};

export function createJobs({ quality }: JobsOptions): readonly Job[] {
  return [quality.job];
}
