import { describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import type { Job, JobReport } from '@/server/jobs/job';
import { createJobRunner } from '@/server/jobs/job-runner';

/** A runner in a world where waiting is all that passes the time; stops after so many runs. */
function play(jobs: readonly { name: string; everyMs: number; run: () => JobReport }[], runsMax: number) {
  let now = 0;
  const runs: string[] = [];
  const warnings: unknown[] = [];
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const told = jobs.map(({ name, everyMs, run }): Job => ({
    name,
    everyMs,
    async run() {
      runs.push(`${name}@${now}`);
      if (runs.length >= runsMax) finish();
      return run();
    },
  }));
  const runner = createJobRunner({
    jobs: told,
    clock: () => epochMs(now),
    log: { warn: (details) => void warnings.push(details) },
    async wait(ms) {
      now += ms;
    },
  });
  runner.start();
  return { runs, runner, warnings, ended: finished.then(() => runner.stop()) };
}

const idle = () => ({ done: 0, more: false });

describe('the job runner', () => {
  it('runs each job at its own pace', async () => {
    const { runs, ended } = play(
      [
        { name: 'a', everyMs: 100, run: idle },
        { name: 'b', everyMs: 250, run: idle },
      ],
      7,
    );
    await ended;
    expect(runs.slice(0, 7)).toEqual(['a@0', 'b@0', 'a@100', 'a@200', 'b@250', 'a@300', 'a@400']);
  });

  it('lets the others have their turn while one has a backlog', async () => {
    let left = 3;
    const { runs, runner, ended } = play(
      [
        { name: 'busy', everyMs: 1_000, run: () => ({ done: 10, more: --left > 0 }) },
        { name: 'other', everyMs: 25, run: idle },
      ],
      6,
    );
    await ended;
    expect(runs.slice(0, 6)).toEqual(['busy@0', 'other@0', 'busy@20', 'other@25', 'busy@40', 'other@50']);
    expect(runner.states()[0]).toMatchObject({ name: 'busy', runs: 3, done: 30, backlog: false });
  });

  it('tries a job that fails later and later, and goes on with the rest', async () => {
    let failuresLeft = 3;
    const fail = () => {
      if (failuresLeft-- > 0) throw new Error('no connection');
      return idle();
    };
    const { runs, runner, warnings, ended } = play(
      [
        { name: 'broken', everyMs: 100, run: fail },
        { name: 'fine', everyMs: 10_000, run: idle },
      ],
      7,
    );
    await ended;
    expect(runs.slice(0, 6)).toEqual([
      'broken@0',
      'fine@0',
      'broken@1000',
      'broken@3000',
      'broken@7000',
      'broken@7100',
    ]);
    expect(warnings).toHaveLength(3);
    expect(runner.states()[0]).toMatchObject({ failures: 0, lastError: null });
  });
});
