import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { epochMs } from '@/lib/units/time';

const at = epochMs;

describe('a token bucket', () => {
  it('gives its capacity at once, then as fast as it fills', () => {
    const limiter = createRateLimiter({ capacity: 3, perSecond: 2 });
    expect([1, 2, 3, 4].map(() => limiter.take('a', at(0)).allowed)).toEqual([true, true, true, false]);
    expect(limiter.take('a', at(499)).allowed).toBe(false);
    expect(limiter.take('a', at(500)).allowed).toBe(true);
    expect(limiter.take('a', at(500)).allowed).toBe(false);
  });

  it('says what is left, when all of it is back, and when to try again', () => {
    const limiter = createRateLimiter({ capacity: 2, perSecond: 1 });
    const left = { allowed: true, limit: 2, remaining: 1, resetMs: 1_000, retryAfterMs: 0 };
    expect(limiter.take('a', at(0))).toEqual(left);
    expect(limiter.look('a', at(0))).toEqual(left);
    expect(limiter.take('a', at(0))).toMatchObject({
      allowed: true,
      remaining: 0,
      resetMs: 2_000,
      retryAfterMs: 1_000,
    });
    expect(limiter.take('a', at(250))).toMatchObject({
      allowed: false,
      remaining: 0,
      resetMs: 1_750,
      retryAfterMs: 750,
    });
    expect(limiter.look('b', at(250))).toMatchObject({ allowed: true, remaining: 2, resetMs: 0 });
  });

  it('never lets more through in any stretch of time than capacity and filling allow, whatever the pace', () => {
    const waits = fc.array(fc.nat({ max: 1_500 }), { minLength: 1, maxLength: 200 });
    const limit = fc.record({ capacity: fc.integer({ min: 1, max: 20 }), perSecond: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(waits, limit, (waitsMs, { capacity, perSecond }) => {
        const limiter = createRateLimiter({ capacity, perSecond });
        let nowMs = 0;
        const letThrough: number[] = [];
        for (const waitMs of waitsMs) {
          nowMs += waitMs;
          const { allowed, retryAfterMs, remaining } = limiter.take('a', at(nowMs));
          if (allowed) letThrough.push(nowMs);
          else expect(remaining).toBe(0);
          // What it says about trying again is so.
          if (!allowed) expect(limiter.look('a', at(nowMs + retryAfterMs)).allowed).toBe(true);
        }
        for (const [first, from] of letThrough.entries()) {
          for (const [last, to] of letThrough.entries()) {
            if (last < first) continue;
            expect(last - first + 1).toBeLessThanOrEqual(capacity + ((to - from) / 1000) * perSecond + 1e-6);
          }
        }
      }),
    );
  });

  it('is every key’s own', () => {
    const limiter = createRateLimiter({ capacity: 1, perSecond: 1 });
    expect(limiter.take('a', at(0)).allowed).toBe(true);
    expect(limiter.take('b', at(0)).allowed).toBe(true);
    expect(limiter.take('a', at(0)).allowed).toBe(false);
  });

  it('forgets whoever asked longest ago when there are too many', () => {
    const limiter = createRateLimiter({ capacity: 1, perSecond: 0.001, keysMax: 2 });
    limiter.take('a', at(0));
    limiter.take('b', at(1));
    limiter.take('a', at(2));
    limiter.take('c', at(3));
    expect(limiter.size()).toBe(2);
    expect(limiter.look('a', at(4)).allowed).toBe(false);
    expect(limiter.look('b', at(4)).allowed).toBe(true);
  });

  it('neither gives nor takes when the clock goes back', () => {
    const limiter = createRateLimiter({ capacity: 1, perSecond: 1 });
    limiter.take('a', at(10_000));
    expect(limiter.take('a', at(0))).toMatchObject({ allowed: false, retryAfterMs: 1_000 });
    expect(limiter.take('a', at(11_000)).allowed).toBe(true);
  });
});
