import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '@/bin/setup/lock.mjs';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fortytick-lock-'));
  file = join(folder, 'deep', 'setup.lock');
});
afterEach(() => rm(folder, { recursive: true }));

describe('the lock of the set-up', () => {
  it('lets one in at a time, tells the other that it waits, and is gone in the end', async () => {
    const order: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = withLock(file, async () => {
      order.push('first in');
      await held;
      order.push('first out');
    });
    await expect.poll(() => order).toEqual(['first in']);
    const second = withLock(file, async () => void order.push('second in'), { onWait: () => release() });
    await Promise.all([first, second]);
    expect(order).toEqual(['first in', 'first out', 'second in']);
    expect(existsSync(file)).toBe(false);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(file, async () => 'free')).toBe('free');
  });

  it('left behind by a killed command is taken over', async () => {
    await withLock(file, async () => undefined);
    await writeFile(file, '');
    await utimes(file, 0, 0);
    expect(await withLock(file, async () => 'free')).toBe('free');
  });
});
