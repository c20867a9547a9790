import { describe, expect, it } from 'vitest';
import { computeOdds, describeOdds } from '@/lib/safety/odds-words';

describe('the odds in plain words', () => {
  it('follow from the published rule', () => {
    const odds = computeOdds();
    expect(odds.winProbability).toBeCloseTo(0.18168, 5);
    expect(odds).toMatchObject({ breakEven: 0.2, payout: 5 });
    expect(odds.expectedValue).toBeCloseTo(-0.0916, 4);
  });

  it('say how many win, how many must, and what it costs', () => {
    const [first, second, , fourth] = describeOdds(computeOdds());
    expect(first).toBe('About 18 in 100 bets win. At a payout of 5× you need 20 in 100 to come out even.');
    expect(second).toBe(
      'Of every SOL staked, about 0.0916 SOL is lost on average. After 100 bets of 1 SOL that is about 9.16 SOL.',
    );
    expect(fourth).toContain('a chance of 13.5 %');
  });

  it('say won where a payout would make it so', () => {
    expect(describeOdds(computeOdds(6))[1]).toMatch(/^Of every SOL staked, about 0\.0901 SOL is won on average/);
  });
});
