import { describe, expect, it } from 'vitest';
import { SHARED_MAX, shareAnswers } from '@/server/history/share-answers';

describe('a shared answer', () => {
  it('is worked out once for all who ask the same, and again for another question', async () => {
    const share = shareAnswers<number>();
    let works = 0;
    const work = async () => ++works;
    expect(await Promise.all([share('a', work), share('a', work), share('b', work)])).toEqual([1, 1, 2]);
    expect(await share('a', work)).toBe(1);
  });

  it('is not kept when it failed', async () => {
    const share = shareAnswers<number>();
    await expect(share('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await share('a', async () => 7)).toBe(7);
  });

  it('goes when too many others have been asked for', async () => {
    const share = shareAnswers<number>();
    await share('first', async () => 1);
    for (let i = 0; i < SHARED_MAX; i++) await share(`key ${i}`, async () => i);
    expect(await share('first', async () => 2)).toBe(2);
  });
});
