// Runs the jobs, one at a time: each when it is due, and those with a backlog in turn until there is none. A job that
// fails is tried again later and later; the others go on. Nothing on the live path waits for it.
import type { Clock, EpochMs } from '@/lib/units/time';
import type { Job } from '@/server/jobs/job';
import type { StoreLog } from '@/server/store/store-log';

export type JobState = {
  readonly name: string;
  readonly runs: number;
  readonly done: number;
  /** Runs that failed since the last that did not. */
  readonly failures: number;
  readonly backlog: boolean;
  readonly lastRunAt: EpochMs | null;
  readonly lastError: string | null;
};

export type JobRunner = {
  start(): void;
  /** Lets the job that is running see its signal, and waits for it. */
  stop(): Promise<void>;
  states(): readonly JobState[];
};

/** Between two pieces of a backlog: the database is there for the live writer first. */
const BREATH_MS = 20;
const RETRY_BASE_MS = 1_000;
const RETRY_MS_MAX = 60_000;

type Entry = { readonly job: Job; dueAt: number; state: JobState };

export function createJobRunner({
  jobs,
  clock,
  log,
  wait = waitFor,
}: {
  jobs: readonly Job[];
  clock: Clock;
  log: Pick<StoreLog, 'warn'>;
  /** Resolves after so many milliseconds, or as soon as the signal is given. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}): JobRunner {
  const stopping = new AbortController();
  const entries = jobs.map((job): Entry => ({ job, dueAt: 0, state: initialState(job.name) }));
  let running: Promise<void> | null = null;

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted && entries.length > 0) {
      const next = entries.reduce((first, entry) => (entry.dueAt < first.dueAt ? entry : first));
      const pauseMs = next.dueAt - clock();
      if (pauseMs > 0) await wait(pauseMs, stopping.signal);
      else await runOne(next);
    }
  }

  async function runOne(entry: Entry): Promise<void> {
    const { job, state } = entry;
    const startedAt = clock();
    const runs = state.runs + 1;
    try {
      const { done, more } = await job.run(stopping.signal);
      entry.state = {
        ...state,
        runs,
        done: state.done + done,
        failures: 0,
        backlog: more,
        lastRunAt: startedAt,
        lastError: null,
      };
      entry.dueAt = clock() + (more ? BREATH_MS : job.everyMs);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const failures = state.failures + 1;
      const lastError = error instanceof Error ? error.message : String(error);
      entry.state = { ...state, runs, failures, lastRunAt: startedAt, lastError };
      entry.dueAt = clock() + Math.min(RETRY_MS_MAX, RETRY_BASE_MS * 2 ** Math.min(failures - 1, 20));
      log.warn({ job: job.name, error: lastError, failures }, 'a job failed; it is tried again');
    }
  }

  return {
    start() {
      running ??= loop();
    },
    async stop() {
      stopping.abort();
      await running;
    },
    states: () => entries.map(({ state }) => state),
  };
}

function initialState(name: string): JobState {
  return { name, runs: 0, done: 0, failures: 0, backlog: false, lastRunAt: null, lastError: null };
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
