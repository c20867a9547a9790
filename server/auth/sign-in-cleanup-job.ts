// Deletes what signing in leaves behind: nonces that have run out, and sign-ins and keys that ended long ago.
import type { Auth } from '@/server/auth/auth';
import type { Job } from '@/server/jobs/job';

const EVERY_MS = 10 * 60_000;

export function createSignInCleanupJob({ auth }: { auth: Pick<Auth, 'cleanUp'> }): Job {
  return {
    name: 'sign-in clean-up',
    everyMs: EVERY_MS,
    run: async () => ({ done: await auth.cleanUp(), more: false }),
  };
}
