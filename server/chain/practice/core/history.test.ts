import { describe, expect, it } from 'vitest';
import type { Landed } from '@/server/chain/practice/core/block';
import { createHistory } from '@/server/chain/practice/core/history';

const landed = (number: number, keys: readonly string[]) =>
  ({ signature: `s${number}`, height: number, keys }) as Landed;

describe('the history', () => {
  it('forgets the oldest at its bound, by signature and by every address', () => {
    const history = createHistory({ max: 3 });
    for (let number = 1; number <= 5; number += 1) history.add(landed(number, ['house', `p${number}`, 'house']));
    expect(history.size()).toBe(3);
    expect(history.of('house').map(({ signature }) => signature)).toEqual(['s3', 's4', 's5']);
    expect(history.of('p1')).toEqual([]);
    expect(history.get('s2')).toBeUndefined();
  });

  it('takes back the newest, and not what it has forgotten', () => {
    const history = createHistory({ max: 2 });
    const all = [1, 2, 3].map((number) => landed(number, ['house']));
    for (const one of all) history.add(one);
    for (const one of all.toReversed()) history.remove(one);
    expect([history.size(), history.of('house')]).toEqual([0, []]);
  });
});
