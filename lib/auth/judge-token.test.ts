import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CROSSING_MS, isTokenGood, judgeToken, RENEW_AFTER_MS, type SignInState } from '@/lib/auth/judge-token';
import { epochMs } from '@/lib/units/time';

const NOW = 1_000_000_000;
const signIn = (more: Partial<SignInState> = {}): SignInState => ({
  generation: 5,
  rotatedAt: epochMs(NOW - 60_000),
  expiresAt: epochMs(NOW + 1),
  isRevoked: false,
  ...more,
});
const judge = (generation: number, ageMs: number, state = signIn()) =>
  judgeToken({ generation, issuedAt: epochMs(NOW - ageMs) }, state, epochMs(NOW));

describe('what a token is worth', () => {
  it('is good until it is due, then renewed however late', () => {
    expect(judge(5, RENEW_AFTER_MS - 1)).toBe('good');
    expect(judge(5, RENEW_AFTER_MS)).toBe('renew');
    expect(judge(5, 20 * 86_400_000)).toBe('renew');
  });

  it('is good a moment longer when another took its place, and stolen after that', () => {
    const justNow = signIn({ rotatedAt: epochMs(NOW - CROSSING_MS) });
    expect(judge(4, 0, justNow)).toBe('repeat');
    expect(judge(4, 0, signIn({ rotatedAt: epochMs(NOW - CROSSING_MS - 1) }))).toBe('stolen');
    expect(judge(3, 0, justNow)).toBe('stolen');
  });

  it('is nothing without its sign-in', () => {
    expect(judge(5, 0, signIn({ isRevoked: true }))).toBe('revoked');
    expect(judge(5, 0, signIn({ expiresAt: epochMs(NOW) }))).toBe('expired');
    expect(judge(6, 0)).toBe('unknown');
  });

  it('is never good for a sign-in that is over, nor two generations later', () => {
    const state = fc.record({
      generation: fc.integer({ min: 1, max: 9 }),
      rotatedAt: fc.integer({ min: NOW - 100_000, max: NOW }).map(epochMs),
      expiresAt: fc.integer({ min: NOW - 10, max: NOW + 10 }).map(epochMs),
      isRevoked: fc.boolean(),
    });
    fc.assert(
      fc.property(state, fc.integer({ min: 1, max: 10 }), fc.nat({ max: 10_000_000 }), (row, generation, ageMs) => {
        if (!isTokenGood(judge(generation, ageMs, row))) return;
        expect(row.isRevoked).toBe(false);
        expect(row.expiresAt).toBeGreaterThan(NOW);
        expect([row.generation, row.generation - 1]).toContain(generation);
      }),
    );
  });
});
