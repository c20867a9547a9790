import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { createFactQueue } from '@/server/store/fact-queue';

const id = gameId('20260101-0000000000000001');
const tick = (n: number): GameFact => ({
  type: 'tick',
  gameId: id,
  tick: n,
  price: 1,
  at: null,
  source: 'partial',
  live: false,
});
const phase: GameFact = { type: 'phase', gameId: id, phase: 'active', at: epochMs(0) };

describe('the queue of facts', () => {
  it('gives back everything once, in order, numbered, whatever is taken and put back', () => {
    const steps = fc.array(fc.oneof(fc.constant('offer'), fc.constant('put back'), fc.integer({ min: 1, max: 9 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (plan) => {
        const queue = createFactQueue();
        let offered = 0;
        const seen: number[] = [];
        for (const step of plan) {
          if (step === 'offer') queue.offer(tick(++offered));
          else if (step === 'put back') queue.putBack(queue.take(3));
          else {
            const taken = queue.take(step as number);
            for (const item of taken.items) seen.push(item.type === 'tick' ? item.tick : NaN);
            expect(taken.lastNumber).toBe(seen.length);
          }
          expect(queue.size()).toBe(offered - seen.length);
          expect(queue.weight()).toBe(offered - seen.length);
          expect(queue.oldestNumber()).toBe(seen.length + 1);
        }
        expect(seen).toEqual(seen.map((_, i) => i + 1));
        expect(queue.newestNumber()).toBe(offered);
      }),
    );
  });

  it('drops ticks at its bound, and keeps room for what the history does not bring again', () => {
    const queue = createFactQueue({ weightMax: 10 });
    const taken = Array.from({ length: 12 }, (_, n) => queue.offer(tick(n)));
    expect(taken.filter(Boolean)).toHaveLength(10);
    expect([queue.offer(phase), queue.offer(phase), queue.offer(phase)]).toEqual([true, true, false]);
    expect(queue.size()).toBe(12);
  });

  it('hands out an item heavier than what was asked for, alone', () => {
    const queue = createFactQueue();
    queue.offer(phase);
    queue.offer(phase);
    expect(queue.take(0).items).toHaveLength(1);
  });
});
