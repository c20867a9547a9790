import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RawSql } from '@/db/connect';
import { createImpatientDatabase } from '@/server/auth/impatient-database';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A record whose answers come when the test says so. */
function aRecord() {
  const answers: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  const database = {
    use: <T>(_work: (sql: RawSql) => Promise<T>) =>
      new Promise<T>((resolve, reject) => answers.push({ resolve: resolve as (value: unknown) => void, reject })),
  };
  return { database: createImpatientDatabase(database, { waitMs: 5_000, waitingMax: 2 }), answers };
}

const ask = ({ use }: ReturnType<typeof aRecord>['database']) => use(async () => 'answer');

describe('a record that somebody waits for', () => {
  it('answers as it does', async () => {
    const { database, answers } = aRecord();
    const [good, bad] = [ask(database), ask(database)];
    answers[0]!.resolve('answer');
    answers[1]!.reject(new Error('refused'));
    expect(await good).toBe('answer');
    await expect(bad).rejects.toThrow('refused');
  });

  it('is given up after five seconds', async () => {
    const { database } = aRecord();
    const asked = expect(ask(database)).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(5_000);
    await asked;
  });

  it('takes no more than may wait, and again when one of them is really over', async () => {
    const { database, answers } = aRecord();
    const given = [ask(database), ask(database)].map((one) => expect(one).rejects.toThrow());
    await vi.advanceTimersByTimeAsync(5_000);
    await Promise.all(given);
    await expect(ask(database)).rejects.toThrow('2 requests wait');
    answers[0]!.resolve('late');
    await vi.advanceTimersByTimeAsync(0);
    const next = ask(database);
    answers[2]!.resolve('answer');
    expect(await next).toBe('answer');
  });
});
