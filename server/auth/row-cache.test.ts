import { describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { createRowCache } from '@/server/auth/row-cache';

function createSource(max?: number) {
  let nowMs = 0;
  const asked: string[] = [];
  const waiting: ((row: string | null) => void)[] = [];
  const cache = createRowCache<string>({
    clock: () => epochMs(nowMs),
    read: (key) => {
      asked.push(key);
      return new Promise((resolve) => waiting.push(resolve));
    },
    ...(max && { max }),
  });
  return {
    cache,
    asked,
    answer: (row: string | null) => waiting.shift()!(row),
    pass: (ms: number) => void (nowMs += ms),
  };
}

describe('the cache of rows', () => {
  it('reads once for all who ask at the same moment, and again after two seconds', async () => {
    const { cache, asked, answer, pass } = createSource();
    const both = Promise.all([cache.get('a'), cache.get('a')]);
    answer('one');
    expect(await both).toEqual(['one', 'one']);
    pass(1_999);
    expect(await cache.get('a')).toBe('one');
    expect(cache.has('a')).toBe(true);
    expect(asked).toEqual(['a']);
    pass(1);
    expect(cache.has('a')).toBe(false);
    const later = cache.get('a');
    answer('two');
    expect(await later).toBe('two');
  });

  it('does not keep what was dropped while it was being read', async () => {
    const { cache, asked, answer } = createSource();
    for (const end of [() => cache.drop('a'), () => cache.clear()]) {
      const before = cache.get('a');
      end();
      answer('old');
      expect(await before).toBe('old');
      expect(cache.has('a')).toBe(false);
    }
    expect(asked).toHaveLength(2);
  });

  it('prefers what was put to what was being read', async () => {
    const { cache, answer } = createSource();
    const reading = cache.get('a');
    cache.put('a', 'new');
    answer('old');
    await reading;
    expect(await cache.get('a')).toBe('new');
  });

  it('keeps nothing of what is not there, nor of a reading that failed', async () => {
    const { cache, asked, answer } = createSource();
    const nothing = cache.get('a');
    answer(null);
    expect(await nothing).toBeNull();
    expect(cache.has('a')).toBe(false);
    const failing = createRowCache<string>({ clock: () => epochMs(0), read: () => Promise.reject(new Error('away')) });
    await expect(failing.get('a')).rejects.toThrow('away');
    await expect(failing.get('a')).rejects.toThrow('away');
    expect(asked).toEqual(['a']);
  });

  it('forgets the row kept longest when it is full', () => {
    const { cache } = createSource(2);
    for (const key of ['a', 'b', 'c']) cache.put(key, key);
    expect(['a', 'b', 'c'].map((key) => cache.has(key))).toEqual([false, true, true]);
  });
});
