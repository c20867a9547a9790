import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSteps, formatSeconds } from '@/bin/setup/steps.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('steps', () => {
  it('are plain lines when the output is no terminal', async () => {
    const { steps, text, pass } = createWatchedSteps({ isTTY: false });
    await steps.run('build', async () => pass(14_200));
    steps.done('dependencies', 100, 'up to date');
    expect(text()).toBe('· build …\n✓ build  14.2 s\n✓ dependencies  0.1 s  up to date\n');
  });

  it('show what runs, and for how long, on a terminal', async () => {
    const { steps, text, pass } = createWatchedSteps({ isTTY: true, env: { NO_COLOR: '1' } });
    await steps.run('build', async () => {
      pass(3_000);
      await vi.advanceTimersByTimeAsync(100);
    });
    expect(text()).toContain('build 3.0 s');
    expect(text().endsWith('✓ build  3.0 s\n')).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('have colours on a terminal only, and none with NO_COLOR', async () => {
    const green = '\x1b[32m';
    const coloured = createWatchedSteps({ isTTY: true });
    const refused = createWatchedSteps({ isTTY: true, env: { NO_COLOR: '1' } });
    const dumb = createWatchedSteps({ isTTY: true, env: { TERM: 'dumb' } });
    const piped = createWatchedSteps({ isTTY: false });
    for (const { steps } of [coloured, refused, dumb, piped]) steps.done('build', 1);
    expect([coloured, refused, dumb, piped].map(({ text }) => text().includes(green))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('that fail are shown as failed and pass their error on', async () => {
    const { steps, text } = createWatchedSteps({ isTTY: false });
    await expect(steps.run('build', () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
    expect(text()).toContain('✗ build  0.0 s');
  });

  it('tell time in seconds with one decimal', () => {
    expect([0, 49, 50, 950, 61_000].map(formatSeconds)).toEqual(['0.0 s', '0.0 s', '0.1 s', '0.9 s', '61.0 s']);
  });
});

function createWatchedSteps({ isTTY, env = {} }: { isTTY: boolean; env?: Record<string, string> }) {
  const chunks: string[] = [];
  let nowMs = 0;
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  const terminal = Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream;
  return {
    steps: createSteps({ stream: terminal, env, now: () => nowMs }),
    text: () => chunks.join(''),
    pass: (ms: number) => void (nowMs += ms),
  };
}
