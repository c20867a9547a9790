import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createSteps } from '@/bin/setup/steps.mjs';
import { FAILED_ONCE, PASSED_ONCE } from '@/bin/test/outcome.mjs';
import { runPlan, type PlanStep } from '@/bin/test/run-plan.mjs';

describe('the plan of a test run', () => {
  it('keeps to the order that steps ask for and to the cores there are', async () => {
    const { log, step } = createLog();
    await run([step('a'), step('b', { cores: 2 }), step('c', { after: ['a'] }), step('d', { alone: true }), step('e')]);
    expect(log.most).toBe(2);
    expect(log.order.indexOf('+c')).toBeGreaterThan(log.order.indexOf('-a'));
    expect(log.companyOf('b')).toEqual([]);
    expect(log.companyOf('d')).toEqual([]);
  });

  it('goes on after a failure, and does not run what needed the failed step', async () => {
    const { log, step } = createLog();
    const failing: PlanStep = { name: 'build', run: async () => FAILED_ONCE };
    const outcomes = await run([failing, step('e2e', { needs: ['build'] }), step('types', { after: ['build'] })]);
    expect(outcomes.map(({ failed }) => failed)).toEqual([1, 1, 0]);
    expect(log.order).toEqual(['+types', '-types']);
  });

  it('counts a step that throws as failed', async () => {
    const outcomes = await run([{ name: 'lint', run: () => Promise.reject(new Error('no eslint')) }]);
    expect(outcomes[0]?.failed).toBe(1);
    expect(outcomes[0]?.output).toContain('no eslint');
  });

  it('does not wait for a step that was left out', async () => {
    const { log, step } = createLog();
    await run([step('e2e', { after: ['vitest'], needs: ['build'] })]);
    expect(log.order).toEqual(['+e2e', '-e2e']);
  });
});

function run(plan: PlanStep[]) {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() }) as unknown as NodeJS.WriteStream;
  return runPlan(plan, { steps: createSteps({ stream, env: {} }), coreCount: 2 });
}

function createLog() {
  const order: string[] = [];
  const running = new Set<string>();
  const company = new Map<string, string[]>();
  const log = { order, most: 0, companyOf: (name: string) => company.get(name) };
  const step = (name: string, rest: Partial<PlanStep> = {}): PlanStep => ({
    name,
    ...rest,
    async run() {
      order.push(`+${name}`);
      for (const other of running) company.get(other)?.push(name);
      company.set(name, [...running]);
      running.add(name);
      log.most = Math.max(log.most, running.size);
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      running.delete(name);
      order.push(`-${name}`);
      return PASSED_ONCE;
    },
  });
  return { log, step };
}
