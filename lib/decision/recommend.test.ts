import { describe, expect, it } from 'vitest';
import { adapt } from '@/lib/decision/adapt';
import { createRecommender, type RecommendInput, type RecommendationSet } from '@/lib/decision/recommend';
import { flatStake } from '@/lib/strategy/flat-stake';
import { STRATEGIES } from '@/lib/strategy/registry';
import type { Strategy } from '@/lib/strategy/strategy';
import { anAssessment, aProfile, CONDITIONS, EDGE, NOW, sol } from '@/lib/strategy/test-kit/cases';
import { lamports } from '@/lib/units/lamports';

const LOSING = anAssessment();
const BASE: RecommendInput = { assessment: LOSING, profile: aProfile(), conditions: CONDITIONS, now: NOW };

function recommend(
  change: Partial<RecommendInput> = {},
  strategies: readonly Strategy[] = STRATEGIES,
): RecommendationSet {
  const result = createRecommender({ strategies }).recommend({ ...BASE, ...change });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const idsOf = ({ recommendations }: RecommendationSet) => recommendations.map(({ strategyId }) => strategyId);

describe('recommendations', () => {
  it('say skip for the published hazard, with the odds as the first reason', () => {
    const set = recommend();
    expect(set.word).toBe('Skip');
    expect(set.recommendations[0]).toMatchObject({
      strategyId: 'do-not-bet',
      priority: 1,
      action: 'wait',
      stakeLamports: 0n,
      reasons: ['You would need 20.0 % to break even; this bet wins 18.2 %.'],
    });
    expect(set.recommendations).toHaveLength(5);
  });

  it('report the cost of a losing bet honestly, behind not betting', () => {
    const set = recommend({}, [flatStake]);
    expect(idsOf(set)).toEqual(['do-not-bet', 'flat-stake']);
    expect(set.recommendations[1]).toMatchObject({
      priority: 2,
      action: 'bet',
      stakeLamports: sol('0.02'),
      expectedProfitLamports: -1_832_013n,
      worstCaseLamports: -sol('0.02'),
      beatsDoNotBet: false,
    });
    expect(set.recommendations[1]!.reasons).toEqual([
      'You would need 20.0 % to break even; this bet wins 18.2 %.',
      'It stakes the same every time: 1.0 % of what this session began with.',
      'Staking 0.02 SOL loses 0.00183 SOL on average, and all of it at worst.',
      'Over 100 such bets the chance of ruin is 0.0 %, of reaching your session limit 47.0 %.',
    ]);
  });

  it('say bet where an edge is proven, and stay within the limits', () => {
    const set = recommend({ assessment: EDGE });
    expect(set.word).toBe('Bet');
    expect(set.recommendations[0]).toMatchObject({ action: 'bet', beatsDoNotBet: true });
    expect(idsOf(set)).toContain('do-not-bet');
    for (const { stakeLamports } of set.recommendations) expect(stakeLamports).toBeLessThanOrEqual(sol('0.1'));
  });

  it('say skip for an edge that is likely but not proven', () => {
    const set = recommend({ assessment: anAssessment({ win: 0.23, lower: 0.195, upper: 0.265 }) });
    expect(set.word).toBe('Skip');
    expect(idsOf(set)[0]).toBe('do-not-bet');
  });

  it('hedge a large position at negative EV, by certainty equivalent', () => {
    const set = recommend({ profile: aProfile({ position: { valueLamports: sol('1') } }) });
    expect(set.word).toBe('Hedge');
    const [first, second] = set.recommendations;
    expect(first).toMatchObject({ strategyId: 'rug-insurance', beatsDoNotBet: true, stakeLamports: sol('0.1') });
    expect(first!.expectedProfitLamports).toBeLessThan(0n);
    expect(first!.certaintyEquivalentLamports).toBeGreaterThan(sol('0.015'));
    expect(first!.outlook.bets).toBe(5);
    expect(second).toMatchObject({ strategyId: 'do-not-bet' });
  });

  it('do not hedge a position too small to be worth it', () => {
    const set = recommend({ profile: aProfile({ position: { valueLamports: sol('0.25') } }) });
    expect(set.word).toBe('Skip');
  });

  it('carry their tick, time and expiry', () => {
    expect(recommend()).toMatchObject({ tick: 100, madeAt: NOW, expiresAt: NOW + 500 });
  });

  it('show only the tiers the player wants, and "do not bet" always', () => {
    const set = recommend({ profile: aProfile({ tiers: ['aggressive'] }) });
    expect(idsOf(set).sort()).toEqual(['capped-martingale', 'do-not-bet']);
    expect(idsOf(recommend({ profile: aProfile({ tiers: [] }) }))).toEqual(['do-not-bet']);
    expect(idsOf(recommend({}, [flatStake]))).toContain('do-not-bet');
  });
});

describe('the verdict of a player', () => {
  it('is stop when the session is over, whatever the edge', () => {
    const profile = aProfile({ session: { bets: 12, consecutiveLosses: 12 } });
    const set = recommend({ assessment: EDGE, profile });
    expect(set.word).toBe('Stop');
    expect(set.recommendations[0]).toMatchObject({ strategyId: 'do-not-bet', action: 'stop' });
    expect(set.recommendations[0]!.reasons[0]).toBe('You lost 12 bets in a row; your limit is 10.');
  });

  it('is wait when only a passing rule holds up a worthwhile bet', () => {
    const openBet = { stakeLamports: sol('0.01'), startTick: 80, endTick: 120 };
    const held = recommend({ assessment: EDGE, profile: aProfile({ session: { openBet } }) });
    expect(held.word).toBe('Wait');
    expect(held.refused.length).toBeGreaterThan(0);
    for (const { refusals } of held.refused) expect(refusals).toMatchObject([{ rule: 'one-open-bet' }]);
    expect(recommend({ profile: aProfile({ session: { openBet } }) }).word).toBe('Skip');
  });

  it('is wait while no bet is taken or the feed is silent', () => {
    expect(recommend({ conditions: { ...CONDITIONS, phase: 'cooldown' } }).word).toBe('Wait');
    expect(recommend({ conditions: { ...CONDITIONS, feed: { status: 'stale', ageMs: 9_000 } } }).word).toBe('Wait');
  });

  it('keeps every refusal with its numbers', () => {
    const set = recommend({ profile: aProfile({ limits: { minReliability: 0.99 } }) }, [flatStake]);
    expect(set.refused).toMatchObject([
      {
        evaluation: { strategyId: 'flat-stake' },
        refusals: [
          { rule: 'low-reliability', message: 'Tick timing is unsteady: reliability 0.95, you ask for 0.99.' },
        ],
      },
    ]);
    expect(idsOf(set)).toEqual(['do-not-bet']);
  });
});

describe('a strategy that fails', () => {
  const broken: Strategy = {
    ...flatStake,
    id: 'broken',
    name: 'Broken',
    decide() {
      throw new Error('no idea');
    },
  };
  const impossible: Strategy = {
    ...flatStake,
    id: 'impossible',
    name: 'Impossible',
    decide: () => ({
      action: 'bet',
      stakeLamports: lamports(-5n),
      wantedLamports: lamports(-5n),
      plan: { kind: 'flat', stakeLamports: lamports(-5n) },
      reasons: () => [],
    }),
  };

  it('is shown as degraded and counted, while the rest go on', () => {
    const recommender = createRecommender({ strategies: [broken, flatStake, impossible] });
    recommender.recommend(BASE);
    const result = recommender.recommend(BASE);
    if (!result.ok) throw new Error(result.error.message);
    expect(idsOf(result.value)).toEqual(['do-not-bet', 'flat-stake']);
    expect(result.value.degraded).toEqual([
      { strategyId: 'broken', name: 'Broken', message: 'no idea' },
      { strategyId: 'impossible', name: 'Impossible', message: 'impossible asked to bet -5 lamports' },
    ]);
    expect([...recommender.failures()]).toEqual([
      ['broken', 2],
      ['impossible', 2],
    ]);
  });

  it('cannot get a stake past the risk manager', () => {
    const greedy: Strategy = {
      ...flatStake,
      id: 'greedy',
      decide: (context) => ({
        action: 'bet',
        stakeLamports: context.profile.bankrollLamports,
        wantedLamports: context.profile.bankrollLamports,
        plan: { kind: 'flat', stakeLamports: context.profile.bankrollLamports },
        reasons: () => [],
      }),
    };
    const set = recommend({ assessment: EDGE }, [greedy]);
    expect(idsOf(set)).toEqual(['do-not-bet']);
    expect(set.refused[0]!.refusals.map(({ rule }) => rule)).toContain('stake-fraction');
  });
});

describe('impossible input', () => {
  const bad = (change: object) => ({ ...LOSING, ...change }) as typeof LOSING;
  const badWin = (change: object) => bad({ winProbability: { ...LOSING.winProbability, ...change } });

  it.each<[string, Partial<RecommendInput>]>([
    ['assessment.payout', { assessment: bad({ payout: 0 }) }],
    ['assessment.payout', { assessment: bad({ payout: 1 }) }],
    ['assessment.payout', { assessment: bad({ payout: NaN }) }],
    ['assessment.breakEven', { assessment: bad({ breakEven: 1 / 6 }) }],
    ['assessment.winProbability.value', { assessment: badWin({ value: 1.2 }) }],
    ['assessment.winProbability.lower', { assessment: badWin({ lower: 0.19 }) }],
    ['assessment.winProbability.upper', { assessment: badWin({ upper: NaN }) }],
    ['assessment.winProbability.level', { assessment: badWin({ level: 0 }) }],
    ['assessment.tick', { assessment: bad({ tick: -1 }) }],
    ['assessment.hazard', { assessment: bad({ hazard: 2 }) }],
    ['bankrollLamports', { profile: { ...aProfile(), bankrollLamports: lamports(0n) } }],
    ['limits.perGameLossLamports', { profile: aProfile({ limits: { perGameLossLamports: sol('9') } }) }],
    [
      'venue.maxStakeLamports',
      { conditions: { ...CONDITIONS, venue: { ...CONDITIONS.venue, maxStakeLamports: lamports(1n) } } },
    ],
    ['phase', { conditions: { ...CONDITIONS, phase: 'paused' as never } }],
    ['now', { now: NaN as never }],
  ])('is refused naming %s', (field, change) => {
    expect(createRecommender().recommend({ ...BASE, ...change })).toMatchObject({ ok: false, error: { field } });
  });

  it('names a strategy registered twice', () => {
    const result = createRecommender({ strategies: [flatStake, flatStake] }).recommend(BASE);
    expect(result).toMatchObject({ ok: false, error: { field: 'strategies' } });
  });
});

describe('recommendations under adaptation', () => {
  const performance = {
    bets: 60,
    wins: 3,
    expectedWins: 14,
    stakedLamports: sol('1'),
    expectedProfitLamports: sol('0.1'),
    volatility: { recent: 3, usual: 1, samples: 100 },
    reliability: null,
    liquidity: null,
  };

  it('stake less and ask for more edge', () => {
    const profile = aProfile();
    const adaptation = adapt({ limits: profile.limits, performance });
    if (!adaptation.ok) throw new Error(adaptation.error.message);
    const whole = recommend({ assessment: EDGE, profile });
    const adapted = recommend({ assessment: EDGE, profile, adaptation: adaptation.value });
    const stakeOf = (set: RecommendationSet, id: string) =>
      set.recommendations.find(({ strategyId }) => strategyId === id)!.stakeLamports;
    expect(stakeOf(adapted, 'zone-based')).toBe(stakeOf(whole, 'zone-based') / 2n);
    const slim = anAssessment({ win: 0.25, lower: 0.215, upper: 0.28 });
    expect(recommend({ assessment: slim, profile }).word).toBe('Bet');
    expect(recommend({ assessment: slim, profile, adaptation: adaptation.value }).word).toBe('Skip');
  });

  it('keep the player’s own limit where it is the tighter one', () => {
    const profile = aProfile({ limits: { maxStakeFraction: 0.001 } });
    const loose = { limits: aProfile().limits, tuning: { stakeScale: 1, extraEdge: 0 }, changes: [] };
    for (const { stakeLamports } of recommend({ assessment: EDGE, profile, adaptation: loose }).recommendations) {
      expect(stakeLamports).toBeLessThanOrEqual(sol('0.002'));
    }
  });

  it('are refused when its tuning would raise stakes', () => {
    const adaptation = { limits: aProfile().limits, tuning: { stakeScale: 1.5, extraEdge: 0 }, changes: [] };
    expect(createRecommender().recommend({ ...BASE, adaptation })).toMatchObject({
      ok: false,
      error: { field: 'tuning.stakeScale' },
    });
  });
});
