// Worked values of the session's figures, each against a count by hand or by brute force.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonBinomial, poissonBinomialTails } from '@/lib/performance/poisson-binomial';
import { computeSessionLuck, luckCaveat, luckSentence } from '@/lib/performance/session-luck';
import { computeSessionRoi, computeSessionSharpe } from '@/lib/performance/session-returns';
import { computeSessionStreak, longestLosing, runChances } from '@/lib/performance/session-streak';
import { settledBets } from '@/lib/performance/session-bet';
import { sessionBet } from '@/lib/performance/test-kit/session-bets';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const probabilities = (max: number) =>
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: max });

/** Every course n bets can take, with its probability. */
function courses(ps: readonly number[]): { won: boolean[]; chance: number }[] {
  return Array.from({ length: 2 ** ps.length }, (_, bits) => {
    const won = ps.map((_, i) => (bits & (1 << i)) !== 0);
    return { won, chance: ps.reduce((product, p, i) => product * (won[i] ? p : 1 - p), 1) };
  });
}

const bets = (outcomes: readonly boolean[], p: number | null = 1 - 0.995 ** 40) =>
  settledBets(
    outcomes.map((won, n) =>
      sessionBet({ betId: `b${n}`, state: won ? 'won' : 'lost', settledAt: epochMs(n), winProbability: p }),
    ),
  );
const wins = (won: number, of: number) => bets(Array.from({ length: of }, (_, n) => n < won));

describe('wins against expectation', () => {
  it('are counted exactly, as by going through every course the bets can take', () => {
    fc.assert(
      fc.property(probabilities(9), fc.nat({ max: 9 }), (ps, hits) => {
        const chance = (fits: (won: number) => boolean) =>
          courses(ps)
            .filter(({ won }) => fits(won.filter(Boolean).length))
            .reduce((sum, course) => sum + course.chance, 0);
        const tails = poissonBinomialTails(ps, hits);
        expect(tails.atLeast).toBeCloseTo(
          chance((won) => won >= hits),
          10,
        );
        expect(tails.atMost).toBeCloseTo(
          chance((won) => won <= hits),
          10,
        );
      }),
    );
  });

  it('keep a whole of one with a thousand bets', () => {
    const mass = poissonBinomial(Array.from({ length: 1_000 }, (_, n) => 0.1 + (n % 7) / 50));
    expect(mass.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
  });

  it('are told as luck, in the words of the issue, while luck explains them', () => {
    const luck = computeSessionLuck(wins(4, 15))!;
    expect(luckSentence(luck)).toBe('You won 4 of 15; expected 2.7 ± 2.9: luck, not edge.');
    expect(luckCaveat(luck)).toBe('15 bets are too few to tell more: even winning none of them would be luck.');
    expect(luckSentence(computeSessionLuck(wins(1, 15))!)).toBe(
      'You won 1 of 15; expected 2.7 ± 2.9: bad luck at most.',
    );
  });

  it('are told as more, or fewer, where luck does not explain them', () => {
    const more = computeSessionLuck(wins(9, 15))!;
    expect(more.verdict).toBe('more');
    expect(luckSentence(more)).toMatch(/more than luck explains, which does this in 0\.0\d % of such sessions\.$/);
    const fewer = computeSessionLuck(wins(0, 40))!;
    expect(fewer).toMatchObject({ verdict: 'fewer', isFew: false });
    expect(fewer.atMost).toBeCloseTo(0.995 ** 1600, 12);
    expect(luckCaveat(fewer)).toContain('too high');
  });

  it('leave out bets at which nothing was said, and say nothing of none', () => {
    expect(computeSessionLuck([...wins(1, 2), ...bets([true, true], null)])).toMatchObject({ bets: 2, won: 1 });
    expect(computeSessionLuck(bets([true], null))).toBeNull();
  });
});

describe('the longest losing run', () => {
  it('is as likely as going through every course says', () => {
    fc.assert(
      fc.property(probabilities(9), (ps) => {
        const chances = runChances(ps)!;
        ps.forEach((_, n) => {
          const brute = courses(ps)
            .filter(({ won }) => longestLosing(won) >= n + 1)
            .reduce((sum, course) => sum + course.chance, 0);
          expect(chances[n] ?? 0).toBeCloseTo(brute, 8);
        });
      }),
    );
  });

  it('of two fair bets is one of three quarters, and one on average', () => {
    expect(runChances([0.5, 0.5])).toEqual([0.75, 0.25]);
    expect(computeSessionStreak(bets([false, false], 0.5))).toEqual({ longest: 2, expected: 1, atLeast: 0.25 });
  });

  it('has no expectation where it would take too long to work out', () => {
    expect(runChances(Array.from({ length: 30_000 }, () => 0.001))).toBeNull();
    const chances = runChances(Array.from({ length: 30_000 }, () => 0.18))!;
    expect(chances.at(-1)).toBeLessThan(1e-9);
  });

  it('has no expectation when nothing was said at one of the bets', () => {
    expect(computeSessionStreak([...wins(0, 2), ...bets([false], null)])).toEqual({
      longest: 3,
      expected: null,
      atLeast: null,
    });
  });
});

describe('the return on what was staked', () => {
  it('is the result over the stakes, with Wilson’s interval at those odds', () => {
    // 1 of 10 at 5×: share 0.1, Wilson's interval 0.0179 to 0.4042.
    const roi = computeSessionRoi(wins(1, 10))!;
    expect(roi.value).toBeCloseTo(-0.5, 12);
    expect([roi.lower, roi.upper].map((end) => Number(end.toFixed(2)))).toEqual([-0.91, 1.02]);
    expect(roi.expected).toBeCloseTo(5 * (1 - 0.995 ** 40) - 1, 12);
  });

  it('is less certain where one stake outweighs the others', () => {
    const even = computeSessionRoi(wins(2, 10))!;
    const [first, ...rest] = wins(2, 10);
    const uneven = computeSessionRoi([
      { ...first!, stakeLamports: lamports(1_000_000_000n), payoutLamports: lamports(5_000_000_000n) },
      ...rest,
    ])!;
    expect(uneven.upper - uneven.lower).toBeGreaterThan(even.upper - even.lower);
  });

  it('has a Sharpe ratio per bet only where returns differ', () => {
    expect(computeSessionSharpe(wins(1, 1))).toBeNull();
    expect(computeSessionSharpe(wins(0, 9))).toBeNull();
    // Returns 4 and −1: mean 1.5, standard deviation 5/√2.
    const sharpe = computeSessionSharpe(wins(1, 2))!;
    expect(sharpe.value).toBeCloseTo(1.5 / (5 / Math.SQRT2), 12);
    expect(sharpe.bets).toBe(2);
    expect(sharpe.upper - sharpe.value).toBeCloseTo(1.96 * Math.sqrt((1 + sharpe.value ** 2 / 2) / 2), 3);
  });
});
