import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floorToStep, timesRoundedDown, winningsOf } from '@/lib/risk/amounts';
import { computeOutlook, createOutlookCache } from '@/lib/strategy/outlook';
import type { PlanQuestion } from '@/lib/strategy/simulate-plan';
import { hardStopProbability, ladderHitProbability } from '@/lib/strategy/ruin';
import { createRandom, simulatePlan } from '@/lib/strategy/simulate-plan';
import type { StakePlan } from '@/lib/strategy/strategy';
import { PUBLISHED_WIN, sol } from '@/lib/strategy/test-kit/cases';
import { lamports, type Lamports } from '@/lib/units/lamports';

// Laws
// - Exact ruin, session-limit and hard-stop probabilities equal the sum over every sequence of outcomes.
// - They agree with seeded Monte Carlo within four of its standard errors.
// - More budget never makes running out of it likelier; more bets never make it less likely.

const BASE: PlanQuestion = {
  plan: { kind: 'flat', stakeLamports: sol('0.1') },
  bets: 100,
  winProbability: PUBLISHED_WIN,
  payout: 5,
  bankrollLamports: sol('1'),
  sessionBudgetLamports: sol('0.5'),
  minStakeLamports: sol('0.001'),
  stakeStepLamports: lamports(1_000n),
};
const MARTINGALE: StakePlan = {
  kind: 'ladder',
  stakesLamports: [4, 5, 6, 7, 9, 12, 15, 19, 23, 29].map((units) => lamports(BigInt(units) * 1_000_000n)),
  step: 0,
};

/** Every sequence of wins and losses, weighed by its probability; the slow truth. */
function enumerate(question: PlanQuestion, budget: Lamports, counts: 'budget' | 'stop'): number {
  const { plan, winProbability, payout, bankrollLamports, bets } = question;
  const walk = (left: number, net: bigint, step: number): number => {
    const stake =
      plan.kind === 'flat'
        ? plan.stakeLamports
        : plan.kind === 'ladder'
          ? plan.stakesLamports[step]!
          : floorToStep(timesRoundedDown(bankrollLamports + net, plan.fraction), 1n);
    if (counts === 'budget' && budget + net < stake) return 1;
    if (left === 0) return 0;
    const won = walk(left - 1, net + winningsOf(stake, payout), 0);
    const ends = plan.kind === 'ladder' && step + 1 === plan.stakesLamports.length;
    const lost = ends ? (counts === 'stop' ? 1 : 0) : walk(left - 1, net - stake, step + 1);
    return winProbability * won + (1 - winProbability) * lost;
  };
  return walk(bets, 0n, plan.kind === 'ladder' ? plan.step : 0);
}

const smallQuestions = fc.record({
  bets: fc.integer({ min: 0, max: 11 }),
  winProbability: fc.double({ min: 0.02, max: 0.9, noNaN: true }),
  payout: fc.constantFrom(5, 2, 1.5, 3),
  budget: fc.integer({ min: 0, max: 30 }).map((tenths) => sol((tenths / 10).toString())),
  plan: fc.oneof(
    fc
      .integer({ min: 1, max: 12 })
      .map((n): StakePlan => ({ kind: 'flat', stakeLamports: lamports(BigInt(n) * 50_000_000n) })),
    fc
      .record({ units: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 }), at: fc.nat() })
      .map(({ units, at }): StakePlan => {
        const stakesLamports = units.map((n) => lamports(BigInt(n) * 100_000_000n));
        return { kind: 'ladder', stakesLamports, step: at % units.length };
      }),
  ),
});

describe('the exact outlook of a plan', () => {
  it('equals the sum over every sequence of outcomes', () => {
    fc.assert(
      fc.property(smallQuestions, ({ budget, ...rest }) => {
        const question = { ...BASE, ...rest, bankrollLamports: budget, sessionBudgetLamports: lamports(budget / 2n) };
        const outlook = computeOutlook(question);
        expect(outlook.method).toBe('exact');
        expect(outlook.ruin).toBeCloseTo(enumerate(question, question.bankrollLamports, 'budget'), 10);
        expect(outlook.sessionLimit).toBeCloseTo(enumerate(question, question.sessionBudgetLamports, 'budget'), 10);
        expect(outlook.hardStop).toBeCloseTo(enumerate(question, budget, 'stop'), 10);
      }),
      { numRuns: 60 },
    );
  });

  it('equals it for a share of the bankroll, but for the rounding of stakes', () => {
    for (const fraction of [0.02, 0.1, 0.25]) {
      const question: PlanQuestion = { ...BASE, bets: 12, plan: { kind: 'proportional', fraction } };
      const truth = enumerate(question, question.sessionBudgetLamports, 'budget');
      expect(computeOutlook(question).sessionLimit).toBeCloseTo(truth, 10);
    }
  });

  it.each<[string, Partial<PlanQuestion>]>([
    ['a flat stake', {}],
    ['a flat stake at a payout of 4.37', { payout: 4.37, plan: { kind: 'flat', stakeLamports: sol('0.07') } }],
    ['a share of the bankroll', { plan: { kind: 'proportional', fraction: 0.05 } }],
    ['a bold share', { plan: { kind: 'proportional', fraction: 0.4 }, minStakeLamports: sol('0.05') }],
    ['a share with an edge', { winProbability: 0.26, plan: { kind: 'proportional', fraction: 0.06 } }],
    ['a martingale with room for the whole ladder', { plan: MARTINGALE }],
    ['a martingale without', { plan: MARTINGALE, sessionBudgetLamports: sol('0.06'), bankrollLamports: sol('0.1') }],
    ['a martingale half way up', { plan: { ...MARTINGALE, step: 5 }, sessionBudgetLamports: sol('0.06') }],
  ])('agrees with simulation for %s', (_name, change) => {
    const question = { ...BASE, ...change };
    const exact = computeOutlook(question);
    expect(exact.method).toBe('exact');
    const paths = 6_000;
    const simulated = simulatePlan(question, { paths, seed: 7 });
    for (const part of ['ruin', 'sessionLimit', 'hardStop'] as const) {
      const error = Math.sqrt((exact[part] * (1 - exact[part])) / paths);
      expect(Math.abs(exact[part] - simulated[part]), part).toBeLessThanOrEqual(4 * error + 1e-12);
    }
  });

  it('has the worked values of the document', () => {
    // Ten and a hundred stakes of bankroll, limits of five and twenty, 100 bets at the published win probability.
    const outlook = computeOutlook(BASE);
    expect(outlook.ruin).toBeCloseTo(0.753855, 6);
    expect(outlook.sessionLimit).toBeCloseTo(0.886609, 6);
    const hundredStakes = { ...BASE, bankrollLamports: sol('10'), sessionBudgetLamports: sol('2') };
    expect(computeOutlook(hundredStakes).ruin).toBeCloseTo(1.96e-9, 11);
    expect(computeOutlook(hundredStakes).sessionLimit).toBeCloseTo(0.470078, 6);
    expect(hardStopProbability({ bets: 5, winProbability: PUBLISHED_WIN, steps: 5, step: 0 })).toBeCloseTo(0.36696, 5);
    expect(hardStopProbability({ bets: 10, winProbability: PUBLISHED_WIN, steps: 10, step: 0 })).toBeCloseTo(
      0.13466,
      5,
    );
    const withinHundred = { bets: 100, winProbability: PUBLISHED_WIN, step: 0 };
    expect(hardStopProbability({ ...withinHundred, steps: 5 })).toBeCloseTo(0.9999999, 6);
    expect(hardStopProbability({ ...withinHundred, steps: 10 })).toBeCloseTo(0.963729, 6);
  });

  it('has no ruin where no run of luck can bring it, and certain ruin where the first stake is missing', () => {
    expect(computeOutlook({ ...BASE, bets: 9 }).ruin).toBe(0);
    expect(computeOutlook({ ...BASE, sessionBudgetLamports: sol('0.09') }).sessionLimit).toBe(1);
    expect(computeOutlook({ ...BASE, sessionBudgetLamports: lamports(-1n) }).sessionLimit).toBe(1);
    const broke = { ...BASE, plan: { ...MARTINGALE, step: 3 } as StakePlan, sessionBudgetLamports: lamports(-5n) };
    expect(computeOutlook(broke).sessionLimit).toBe(1);
  });

  it('grows with the bets and shrinks with the budget', () => {
    fc.assert(
      fc.property(smallQuestions, fc.integer({ min: 1, max: 8 }), ({ budget, ...rest }, more) => {
        const question = { ...BASE, ...rest, bankrollLamports: budget };
        const ruin = computeOutlook(question).ruin;
        expect(computeOutlook({ ...question, bets: question.bets + more }).ruin).toBeGreaterThanOrEqual(ruin - 1e-12);
        const richer = lamports(budget + BigInt(more) * 100_000_000n);
        expect(computeOutlook({ ...question, bankrollLamports: richer }).ruin).toBeLessThanOrEqual(ruin + 1e-12);
      }),
    );
  });
});

describe('a plan too fine to walk exactly', () => {
  const fine: PlanQuestion = {
    ...BASE,
    payout: 4.37,
    plan: { kind: 'ladder', stakesLamports: [1_001_000n, 2_003_000n, 4_007_000n].map(lamports), step: 0 },
    bankrollLamports: lamports(6_000_000n),
    sessionBudgetLamports: lamports(5_000_000n),
  };

  it('is simulated from a fixed seed, with its standard error stated', () => {
    const outlook = computeOutlook(fine);
    expect(outlook.method).toBe('monte-carlo');
    expect(outlook.standardError).toBeGreaterThan(0);
    expect(outlook.standardError).toBeLessThan(0.012);
    expect(computeOutlook(fine)).toEqual(outlook);
  });

  it('is told apart by the exact computation itself', () => {
    const stakesLamports = [1_001_000n, 2_003_000n, 4_007_000n].map(lamports);
    const winningsLamports = stakesLamports.map((stake) => winningsOf(stake, 4.37));
    const given = { bets: 100, winProbability: 0.18, stakesLamports, winningsLamports, step: 0 };
    expect(ladderHitProbability({ ...given, budgetLamports: lamports(5_000_000n) })).toBeNull();
    expect(ladderHitProbability({ ...given, budgetLamports: sol('1') })).toBe(0);
  });
});

describe('the outlook cache', () => {
  it('computes once what differs by less than its rounding', () => {
    const cache = createOutlookCache();
    const first = cache.get(BASE);
    expect(cache.get({ ...BASE, winProbability: PUBLISHED_WIN + 0.000004 })).toBe(first);
    expect(cache.get({ ...BASE, winProbability: PUBLISHED_WIN + 0.001 })).not.toBe(first);
    expect(cache.size()).toBe(2);
  });

  it('is off by less than a hundredth of a point', () => {
    const cached = createOutlookCache().get(BASE);
    expect(Math.abs(cached.ruin - computeOutlook(BASE).ruin)).toBeLessThan(0.0001);
  });

  it('never answers for another question', () => {
    const cache = createOutlookCache();
    const plans: StakePlan[] = [
      BASE.plan,
      MARTINGALE,
      { ...MARTINGALE, step: 1 },
      { kind: 'proportional', fraction: 0.05 },
    ];
    for (const plan of plans) {
      for (const bets of [5, 100]) {
        for (const payout of [2, 5]) {
          const question = { ...BASE, plan, bets, payout, winProbability: 0.25 };
          expect(cache.get(question)).toEqual(computeOutlook(question));
        }
      }
    }
    expect(cache.size()).toBe(16);
  });

  it('simulates once for a point of win probability, where nothing is exact', () => {
    const cache = createOutlookCache();
    const plan: StakePlan = { kind: 'ladder', stakesLamports: [1_001_000n, 2_003_000n].map(lamports), step: 0 };
    const fine = { ...BASE, payout: 4.37, plan, sessionBudgetLamports: lamports(2_500_000n), winProbability: 0.18 };
    const first = cache.get(fine);
    expect(first).toMatchObject({ method: 'monte-carlo', bets: 100 });
    expect(cache.get(fine)).toBe(first);
    expect(cache.get({ ...fine, winProbability: 0.1803 })).toBe(first);
    expect(cache.get({ ...fine, winProbability: 0.182 })).not.toBe(first);
  });

  it('forgets the oldest beyond its bound', () => {
    const cache = createOutlookCache();
    for (let n = 1; n <= 600; n++) cache.get({ ...BASE, bets: 1, bankrollLamports: lamports(BigInt(n)) });
    expect(cache.size()).toBe(512);
  });
});

describe('the random numbers of the simulation', () => {
  it('repeat for a seed, differ between seeds and spread evenly', () => {
    const [a, b, other] = [createRandom(1), createRandom(1), createRandom(2)];
    const bins = new Array<number>(10).fill(0);
    let same = 0;
    for (let i = 0; i < 20_000; i++) {
      const value = a();
      expect(b()).toBe(value);
      if (other() === value) same++;
      bins[Math.floor(value * 10)]!++;
    }
    expect(same).toBe(0);
    // Chi-square with 9 degrees of freedom: 27.9 is its 99.9 % point.
    const chiSquare = bins.reduce((sum, n) => sum + (n - 2_000) ** 2 / 2_000, 0);
    expect(chiSquare).toBeLessThan(27.9);
  });
});
