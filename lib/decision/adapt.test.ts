import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adapt, tightenLimits, validateAdaptation } from '@/lib/decision/adapt';
import type { Performance } from '@/lib/decision/adapt-rules';
import { betsNeededForShortfall, shortfallChance } from '@/lib/decision/adapt-significance';
import type { Limits } from '@/lib/risk/profile';
import { aProfile, arbitraryProfile, PUBLISHED_WIN, sol } from '@/lib/strategy/test-kit/cases';
import { lamports } from '@/lib/units/lamports';

// Laws, for any limits and performance
// - An adaptation is never looser than the player's own limits in any field, and its limits are valid.
// - Every difference is among its changes, with a reason; without a reason nothing changes.
// - Adapting the same performance again from the player's own limits gives the same result.

const LIMITS = aProfile().limits;
const FINE: Performance = {
  bets: 100,
  wins: 19,
  expectedWins: 18.2,
  stakedLamports: sol('2'),
  expectedProfitLamports: sol('0.02'),
  volatility: { recent: 1, usual: 1, samples: 100 },
  reliability: { recent: 0.9, usual: 0.92, samples: 100 },
  liquidity: { recent: 10, usual: 11, samples: 100 },
};

function adapted(change: Partial<Performance>, limits: Limits = LIMITS) {
  const result = adapt({ limits, performance: { ...FINE, ...change } });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function expectNoLooser(own: Limits, limits: Limits): void {
  expect(limits).toEqual(tightenLimits(own, limits));
}

describe('adaptation', () => {
  it('leaves everything alone while all is as expected', () => {
    expect(adapted({})).toEqual({ limits: LIMITS, tuning: { stakeScale: 1, extraEdge: 0 }, changes: [] });
  });

  it('halves stakes and asks for more edge after a shortfall luck does not explain', () => {
    const { tuning, limits, changes } = adapted({ bets: 100, wins: 8 });
    expect(tuning).toEqual({ stakeScale: 0.5, extraEdge: 0.02 });
    expect(limits).toEqual(LIMITS);
    expect(changes).toMatchObject([
      { rule: 'win-rate', field: 'tuning.stakeScale', from: 1, to: 0.5 },
      { rule: 'win-rate', field: 'tuning.extraEdge', from: 0, to: 0.02 },
    ]);
    expect(changes[0]!.why).toBe(
      '8 of 100 bets won (8.0 %) where 18.2 % was expected: luck explains that in 0.3 % of cases (any ten-point gap counts from 41 bets on).',
    );
  });

  it('does not take bad luck over few bets for a bad model', () => {
    expect(adapted({ bets: 12, wins: 0, expectedWins: 12 * 0.182 }).changes).toEqual([]);
    expect(adapted({ bets: 15, wins: 0, expectedWins: 15 * 0.182 }).changes).not.toEqual([]);
    expect(
      adapted({ bets: 0, wins: 0, expectedWins: 0, stakedLamports: lamports(0n), expectedProfitLamports: lamports(0n) })
        .changes,
    ).toEqual([]);
  });

  it('does not act on a significant shortfall of less than ten points', () => {
    expect(shortfallChance({ bets: 2_000, wins: 200, expectedRate: 0.182 })).toBeLessThan(0.001);
    expect(adapted({ bets: 2_000, wins: 200, expectedWins: 364 }).changes).toEqual([]);
    expect(adapted({ bets: 2_000, wins: 164, expectedWins: 364 }).changes).not.toEqual([]);
  });

  it('halves loss limits and lengthens the pause when bets are placed at under −2 %', () => {
    expect(adapted({ expectedProfitLamports: -sol('0.04') as never }).changes).toEqual([]);
    const { limits, tuning, changes } = adapted({ expectedProfitLamports: -sol('0.1832') as never });
    expect(limits).toMatchObject({
      perSessionLossLamports: sol('0.2'),
      perGameLossLamports: sol('0.1'),
      coolingOffMs: 60_000,
    });
    expect(tuning.stakeScale).toBe(1);
    expect(changes.map(({ why }) => why)).toContain(
      'Your bets had an expected value of −9.2 % of the stake, under −2.0 %.',
    );
  });

  it('stakes less of the bankroll when prices swing more', () => {
    expect(adapted({ volatility: { recent: 1.4, usual: 1, samples: 100 } }).changes).toEqual([]);
    const { limits, changes } = adapted({ volatility: { recent: 2, usual: 1, samples: 100 } });
    expect(limits.maxStakeFraction).toBe(0.025);
    expect(changes[0]!.why).toBe('Prices swing 2.0 times as much as usual.');
    expect(adapted({ volatility: { recent: 100, usual: 1, samples: 100 } }).limits.maxStakeFraction).toBe(0.0125);
  });

  it('asks for steadier timing when it degrades', () => {
    expect(adapted({ reliability: { recent: 0.8, usual: 0.9, samples: 100 } }).changes).toEqual([]);
    const { limits, tuning, changes } = adapted({ reliability: { recent: 0.6, usual: 0.9, samples: 100 } });
    expect(limits.minReliability).toBe(0.75);
    expect(tuning.stakeScale).toBeCloseTo(2 / 3, 12);
    expect(changes[0]!.why).toBe('Timing reliability fell from 0.90 to 0.60.');
  });

  it('stakes less where little is bet', () => {
    const { limits, changes } = adapted({ liquidity: { recent: 4, usual: 10, samples: 100 } });
    expect(limits.maxStakeFraction).toBeCloseTo(0.02, 12);
    expect(changes[0]!.why).toBe('Betting volume is at 40 % of its usual level.');
  });

  it('judges no trend it does not know, or knows from too little', () => {
    const bad = { recent: 100, usual: 1, samples: 39 };
    expect(adapted({ volatility: bad }).changes).toEqual([]);
    expect(adapted({ volatility: { recent: 5, usual: 0, samples: 100 } }).changes).toEqual([]);
    expect(adapted({ volatility: null, reliability: null, liquidity: null }).changes).toEqual([]);
  });

  it('keeps a game within its session when both tighten', () => {
    const limits = { ...LIMITS, perGameLossLamports: lamports(1n), perSessionLossLamports: lamports(1n) };
    const { limits: tight } = adapted({ expectedProfitLamports: -sol('1') as never }, limits);
    expect(tight.perGameLossLamports).toBe(1n);
    expect(tight.perSessionLossLamports).toBe(1n);
  });
});

describe('an adaptation', () => {
  const trend = fc.option(
    fc.record({
      recent: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
      usual: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
      samples: fc.integer({ min: 0, max: 200 }),
    }),
    { nil: null },
  );
  const performances = fc
    .record({
      bets: fc.integer({ min: 0, max: 300 }),
      winShare: fc.double({ min: 0, max: 1, noNaN: true }),
      expectedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      stakedLamports: fc.bigInt({ min: 0n, max: 10n ** 12n }).map(lamports),
      expectedProfitLamports: fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }).map(lamports),
      volatility: trend,
      reliability: trend,
      liquidity: trend,
    })
    .map(({ winShare, expectedShare, ...rest }) => ({
      ...rest,
      wins: Math.floor(rest.bets * winShare),
      expectedWins: rest.bets * expectedShare,
    }));

  it('only ever tightens, says all it changed, and repeats', () => {
    let changed = 0;
    fc.assert(
      fc.property(arbitraryProfile(), performances, ({ limits: own }, performance) => {
        const result = adapt({ limits: own, performance });
        if (!result.ok) throw new Error(result.error.message);
        const { limits, tuning, changes } = result.value;
        expectNoLooser(own, limits);
        expect(tuning.stakeScale).toBeGreaterThan(0);
        expect(tuning.stakeScale).toBeLessThanOrEqual(1);
        expect(tuning.extraEdge).toBeGreaterThanOrEqual(0);
        if (changes.length > 0) changed++;
        const replayed: Record<string, number | bigint> = {};
        for (const { field, to, why } of changes) {
          replayed[field] = to;
          expect(why.length).toBeGreaterThan(10);
        }
        for (const [name, value] of Object.entries(limits)) {
          expect(replayed[`limits.${name}`] ?? own[name as keyof Limits]).toBe(value);
        }
        expect(replayed['tuning.stakeScale'] ?? 1).toBe(tuning.stakeScale);
        expect(replayed['tuning.extraEdge'] ?? 0).toBe(tuning.extraEdge);
        expect(adapt({ limits: own, performance })).toEqual(result);
      }),
      { numRuns: 300 },
    );
    expect(changed).toBeGreaterThan(0);
  });

  it.each<[string, Partial<Limits>]>([
    ['limits.maxStakeFraction', { maxStakeFraction: 0.06 }],
    ['limits.perSessionLossLamports', { perSessionLossLamports: sol('0.5') }],
    ['limits.maxConsecutiveLosses', { maxConsecutiveLosses: 11 }],
    ['limits.coolingOffMs', { coolingOffMs: 1_000 }],
    ['limits.minReliability', { minReliability: 0.1 }],
    ['limits.maxDrawdownFraction', { maxDrawdownFraction: 0 }],
  ])('that would loosen or break %s is refused', (field, change) => {
    const tuning = { stakeScale: 1, extraEdge: 0 };
    const result = validateAdaptation(LIMITS, { limits: { ...LIMITS, ...change }, tuning, changes: [] });
    expect(result).toMatchObject({ ok: false, error: { field } });
  });

  it.each<[string, Partial<Performance>]>([
    ['performance.wins', { bets: 3, wins: 4, expectedWins: 1 }],
    ['performance.expectedWins', { expectedWins: 101 }],
    ['performance.bets', { bets: NaN }],
    ['performance.volatility.recent', { volatility: { recent: -1, usual: 1, samples: 100 } }],
    ['performance.reliability.usual', { reliability: { recent: 1, usual: 1.5, samples: 100 } }],
    ['performance.stakedLamports', { stakedLamports: lamports(-1n) }],
  ])('of an impossible %s is refused', (field, change) => {
    expect(adapt({ limits: LIMITS, performance: { ...FINE, ...change } })).toMatchObject({
      ok: false,
      error: { field },
    });
  });

  it('of limits that contradict each other is refused', () => {
    const limits = { ...LIMITS, perGameLossLamports: sol('1') };
    expect(adapt({ limits, performance: FINE })).toMatchObject({ error: { field: 'limits.perGameLossLamports' } });
  });
});

describe('the significance of a shortfall', () => {
  it('has the worked values of its comments', () => {
    expect(shortfallChance({ bets: 15, wins: 0, expectedRate: PUBLISHED_WIN })).toBeCloseTo(0.0494, 4);
    expect(shortfallChance({ bets: 10, wins: 10, expectedRate: 0.5 })).toBe(1);
    expect(shortfallChance({ bets: 10, wins: 4, expectedRate: 0.5 })).toBeCloseTo(386 / 1024, 12);
    expect(betsNeededForShortfall({ expectedRate: PUBLISHED_WIN, shortfall: 0.1 })).toBe(41);
    expect(betsNeededForShortfall({ expectedRate: 0.25, shortfall: 0.1 })).toBe(55);
    expect(betsNeededForShortfall({ expectedRate: 0.09, shortfall: 0.1 })).toBeNull();
    // Two wins in 33 bets are a ten-point shortfall and significant; three in 40 are one and are not.
    expect(shortfallChance({ bets: 33, wins: 2, expectedRate: PUBLISHED_WIN })).toBeLessThan(0.05);
    expect(shortfallChance({ bets: 40, wins: 3, expectedRate: PUBLISHED_WIN })).toBeGreaterThan(0.05);
  });
});
