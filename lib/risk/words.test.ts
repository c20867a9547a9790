import { describe, expect, it } from 'vitest';
import { count, duration, sol, solAbout } from '@/lib/risk/words';
import { lamports } from '@/lib/units/lamports';

describe('amounts in words', () => {
  it.each([
    [250_000_000n, '0.25 SOL'],
    [-250_000_000n, '−0.25 SOL'],
    [1n, '0.000000001 SOL'],
  ])('writes %d lamports exactly as %s', (amount, text) => {
    expect(sol(amount)).toBe(text);
  });

  it.each([
    [0n, '0 SOL'],
    [9_159_876n, '0.00916 SOL'],
    [1_234_567_890n, '1.23 SOL'],
    [1_234_567_890_000n, '1235 SOL'],
    [100_000_000_000n, '100 SOL'],
    [-15_039_337n, '−0.015 SOL'],
    [3n, '0.000000003 SOL'],
  ])('writes an average of %d lamports as %s', (amount, text) => {
    expect(solAbout(lamports(amount))).toBe(text);
  });

  it('tells durations and counts as a person would', () => {
    expect(duration(9_200)).toBe('10 s');
    expect(duration(60_000)).toBe('1 min');
    expect(duration(125_000)).toBe('2 min 5 s');
    expect(count(1, 'bet')).toBe('1 bet');
    expect(count(2, 'bet')).toBe('2 bets');
  });
});
