import { describe, expect, it } from 'vitest';
import { placeBet, settleBet } from '@/lib/risk/play-session';
import type { Profile } from '@/lib/risk/profile';
import { adaptiveTiming } from '@/lib/strategy/adaptive-timing';
import { cappedMartingale, martingaleLadder } from '@/lib/strategy/capped-martingale';
import { conservativeProgression } from '@/lib/strategy/conservative-progression';
import { doNotBet } from '@/lib/strategy/do-not-bet';
import { flatStake } from '@/lib/strategy/flat-stake';
import { fractionalKelly } from '@/lib/strategy/fractional-kelly';
import { STRATEGIES, strategyById } from '@/lib/strategy/registry';
import { rugInsurance } from '@/lib/strategy/rug-insurance';
import type { Strategy, StrategyContext } from '@/lib/strategy/strategy';
import { aContext, anAssessment, aProfile, CONDITIONS, EDGE, NOW, sol } from '@/lib/strategy/test-kit/cases';
import { zoneBased } from '@/lib/strategy/zone-based';

const LOSING = anAssessment();
const UNPROVEN = anAssessment({ win: 0.24, lower: 0.19, upper: 0.29 });
const ODDS = 'You would need 20.0 % to break even; this bet wins 18.2 %.';

function stakeOf(strategy: Strategy, context: StrategyContext): bigint {
  const decision = strategy.decide(context);
  if (decision.action !== 'bet')
    throw new Error(`${strategy.id} says ${decision.action}: ${decision.reasons().join(' ')}`);
  return decision.stakeLamports;
}

function afterLosses(strategy: Strategy, losses: number, start: Profile = aProfile()): Profile {
  let profile = start;
  for (let n = 0; n < losses; n++) {
    const stakeLamports = stakeOf(strategy, aContext({ assessment: LOSING, profile })) as never;
    profile = settleBet(placeBet(profile, { stakeLamports, startTick: 100, endTick: 140 }), {
      won: false,
      payout: 5,
      at: NOW,
    });
  }
  return profile;
}

describe('the registry', () => {
  it('holds each strategy once, under its id', () => {
    expect(STRATEGIES).toHaveLength(8);
    expect(new Set(STRATEGIES.map(({ id }) => id)).size).toBe(8);
    for (const strategy of STRATEGIES) expect(strategyById(strategy.id)).toBe(strategy);
    expect(strategyById('nonesuch')).toBeUndefined();
  });

  it('covers every tier', () => {
    expect(new Set(STRATEGIES.map(({ tier }) => tier))).toEqual(
      new Set(['conservative', 'moderate', 'aggressive', 'mathematical']),
    );
  });
});

describe('do not bet', () => {
  it('gives the odds as its reason', () => {
    const decision = doNotBet.decide(aContext({ assessment: LOSING }));
    expect(decision.action).toBe('wait');
    expect(decision.reasons()).toEqual([ODDS]);
  });

  it('says what an unproven edge still lacks', () => {
    expect(doNotBet.decide(aContext({ assessment: UNPROVEN })).reasons()).toEqual([
      'You would need 20.0 % to break even; this bet wins 24.0 %.',
      'It could be as low as 19.0 %, and 20.0 % is what it must clear: not yet proven.',
    ]);
  });

  it('stops when the session is over, and says why first', () => {
    const profile = aProfile({ session: { netLamports: -sol('0.4') as never } });
    const decision = doNotBet.decide(aContext({ assessment: LOSING, profile }));
    expect(decision.action).toBe('stop');
    expect(decision.reasons()[0]).toContain('session limit of 0.4 SOL');
  });

  it('has only its own reason where an edge is there and nothing forbids a bet', () => {
    expect(doNotBet.decide(aContext()).reasons()).toEqual(['Not betting costs nothing and risks nothing.']);
  });
});

describe('flat stake', () => {
  it('stakes one hundredth of what the session began with, won or lost since', () => {
    expect(stakeOf(flatStake, aContext({ assessment: LOSING }))).toBe(sol('0.02'));
    const profile = aProfile({ bankrollLamports: sol('2'), session: { netLamports: -sol('0.1') as never } });
    expect(stakeOf(flatStake, aContext({ assessment: LOSING, profile }))).toBe(sol('0.021'));
  });

  it('does not bet when its hundredth is below what the venue takes', () => {
    const context = aContext({ profile: aProfile({ bankrollLamports: sol('0.05') }) });
    expect(flatStake.decide(context).action).toBe('wait');
    expect(flatStake.decide(context).reasons()).toEqual([
      'It would stake 0.0005 SOL, and the venue takes at least 0.001 SOL.',
    ]);
  });
});

describe('strategies that need an edge', () => {
  it.each([fractionalKelly, zoneBased, adaptiveTiming])(
    '$name waits for the losing bet and for the unproven one',
    (strategy) => {
      for (const assessment of [LOSING, UNPROVEN]) {
        const decision = strategy.decide(aContext({ assessment }));
        expect(decision.action).toBe('wait');
      }
      expect(strategy.decide(aContext({ assessment: LOSING })).reasons()).toEqual([ODDS]);
    },
  );

  it.each([fractionalKelly, zoneBased, adaptiveTiming])(
    '$name waits when adaptation asks for more edge than is proven',
    (strategy) => {
      const context = aContext({ tuning: { stakeScale: 1, extraEdge: 0.04 } });
      expect(strategy.decide(context).action).toBe('wait');
      expect(strategy.decide(context).reasons()[1]).toContain('24.0 % is what it must clear');
    },
  );
});

describe('fractional Kelly', () => {
  it.each([
    ['conservative', '0.01875'],
    ['moderate', '0.0375'],
    ['aggressive', '0.05625'],
  ] as const)('stakes a part of Kelly at the lower end for a %s player', (riskProfile, stake) => {
    // Kelly at 23 % is 3.75 % of the bankroll; at 26 % shrunk it is more: 7.5 % × 0.94.
    expect(stakeOf(fractionalKelly, aContext({ profile: aProfile({ riskProfile }) }))).toBe(sol(stake));
  });

  it('shrinks the stake where the estimate is wide and the lower end does not bind', () => {
    const assessment = { ...EDGE, winProbability: { ...EDGE.winProbability, value: 0.26, lower: 0.255, upper: 0.4 } };
    const wide = stakeOf(fractionalKelly, aContext({ assessment }));
    const exact = stakeOf(fractionalKelly, aContext({ assessment: anAssessment({ win: 0.26 }) }));
    expect(exact).toBe(sol('0.075'));
    expect(wide).toBeLessThan(sol('0.065'));
  });
});

describe('zone', () => {
  it.each([
    [0.201, '0.0025'], // Full Kelly at the lower end, below the first step.
    [0.21, '0.01'],
    [0.221, '0.02'],
    [0.251, '0.04'],
  ])('stakes by the margin of a lower end of %d', (lower, stake) => {
    const assessment = anAssessment({ win: lower + 0.02, lower, upper: lower + 0.04 });
    expect(stakeOf(zoneBased, aContext({ assessment }))).toBe(sol(stake));
  });
});

describe('adaptive timing', () => {
  it('stakes less on unsteady ticks, and waits when they are too unsteady', () => {
    const withReliability = (reliability: number) =>
      aContext({ assessment: { ...EDGE, timing: { ...EDGE.timing, reliability } } });
    expect(stakeOf(adaptiveTiming, withReliability(0.7))).toBeLessThan(stakeOf(adaptiveTiming, withReliability(0.9)));
    const decision = adaptiveTiming.decide(withReliability(0.6));
    expect(decision.action).toBe('wait');
    expect(decision.reasons()).toEqual(['Tick timing is unsteady: reliability 0.60, it asks for 0.65.']);
  });

  it('waits on a connection too slow to be sure of the tick', () => {
    const decision = adaptiveTiming.decide(aContext({ profile: aProfile({ latencyMs: 3_000 }) }));
    expect(decision.action).toBe('wait');
    expect(decision.reasons()[0]).toMatch(/^A bet sent now is taken in time with 9\d\.\d %; it asks for 97\.0 %\.$/);
  });
});

describe('conservative progression', () => {
  it('climbs 1, 1, 2, 3, 5 units and stops', () => {
    const stakes: bigint[] = [];
    for (let losses = 0; losses < 5; losses++) {
      stakes.push(
        stakeOf(
          conservativeProgression,
          aContext({ assessment: LOSING, profile: afterLosses(conservativeProgression, losses) }),
        ),
      );
    }
    // 5 % of 2 SOL over twelve units, in steps of 1,000 lamports.
    expect(stakes).toEqual([8_333_000n, 8_333_000n, 16_666_000n, 24_999_000n, 41_665_000n]);
    const decision = conservativeProgression.decide(
      aContext({ assessment: LOSING, profile: afterLosses(conservativeProgression, 5) }),
    );
    expect(decision.action).toBe('stop');
    expect(decision.reasons()).toEqual(['All 5 steps were lost, 0.099996 SOL together: it stops here.']);
  });

  it('says how often whole ladders are lost and what that costs', () => {
    const decision = conservativeProgression.decide(aContext({ assessment: LOSING }));
    expect(decision.reasons()[1]).toBe(
      'Step 1 of 5; losing every step costs 0.099996 SOL and happens to 36.7 % of ladders.',
    );
  });

  it('does not start a ladder that the session limit cannot hold whole', () => {
    const profile = aProfile({ session: { netLamports: -sol('0.39') as never } });
    const decision = conservativeProgression.decide(aContext({ assessment: LOSING, profile }));
    expect(decision.action).toBe('wait');
    expect(decision.reasons()).toEqual(["A whole ladder may cost 0.01 SOL: too little for the venue's smallest bet."]);
  });

  it('waits rather than stake less than its step when a limit is in the way', () => {
    const profile = afterLosses(conservativeProgression, 4);
    const tight = aProfile({ ...profile, session: { ...profile.session, gameNetLamports: -sol('0.17') as never } });
    const decision = conservativeProgression.decide(aContext({ assessment: LOSING, profile: tight }));
    expect(decision.action).toBe('wait');
    expect(decision.reasons()).toEqual(['Step 5 would be 0.041665 SOL, above your limits now.']);
  });
});

describe('capped martingale', () => {
  it('grows by a quarter at payout 5 and doubles at payout 2', () => {
    expect(martingaleLadder(5).multiples).toEqual([4, 5, 6, 7, 9, 12, 15, 19, 23, 29]);
    expect(martingaleLadder(2).multiples).toEqual([4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048]);
  });

  it('makes good what was lost at every step, for close to the same win', () => {
    const { multiples } = martingaleLadder(5);
    let lost = 0;
    for (const units of multiples) {
      const net = 4 * units - lost;
      expect(net).toBeGreaterThanOrEqual(13);
      expect(net).toBeLessThanOrEqual(18);
      lost += units;
    }
  });

  it('stays a ladder at payouts just above 1, where growth has no bound', () => {
    expect(martingaleLadder(1.001).multiples).toEqual([4, 4004]);
    const context = aContext({ assessment: anAssessment({ payout: 1.001 }) });
    expect(cappedMartingale.decide(context).action).toBe('wait');
  });

  it('stakes the first step of a ladder worth a tenth of the bankroll', () => {
    // 0.2 SOL over 129 units is 1,550,387 a unit; in steps of 1,000 and four units.
    expect(stakeOf(cappedMartingale, aContext({ assessment: LOSING }))).toBe(4n * 1_550_000n);
  });
});

describe('rug insurance', () => {
  const insure = (position: string, bankroll = '1') =>
    rugInsurance.decide(
      aContext({
        assessment: LOSING,
        profile: aProfile({
          bankrollLamports: sol(bankroll),
          position: { valueLamports: sol(position) },
          limits: {
            maxStakeFraction: 1,
            perGameLossLamports: sol(bankroll),
            perSessionLossLamports: sol(bankroll),
            maxDrawdownFraction: 1,
          },
        }),
      }),
    );

  it('has nothing to do without a position', () => {
    const decision = rugInsurance.decide(aContext({ assessment: LOSING }));
    expect(decision.action).toBe('wait');
    expect(decision.reasons()).toEqual(['You hold no position to insure.']);
  });

  it('insures a large position at negative EV and not a small one', () => {
    expect(insure('1')).toMatchObject({ action: 'bet', stakeLamports: 158_779_000n, wantedLamports: 158_779_000n });
    expect(insure('0.126')).toMatchObject({ action: 'wait' });
    expect(insure('0.126').reasons()[1]).toBe(
      'Insurance pays from a position of 12.6 % of your bankroll; yours is 12.6 %.',
    );
  });

  it('always says that selling is the certain way', () => {
    expect(insure('1').reasons()).toContain(
      'Selling the position keeps its value for certain: insure only what you mean to hold.',
    );
  });

  it('insures less, not more, where the win probability is uncertain', () => {
    const decide = (lower: number) =>
      rugInsurance.decide(
        aContext({
          assessment: anAssessment({ lower, upper: 0.25 }),
          profile: aProfile({ position: { valueLamports: sol('0.6') } }),
        }),
      );
    const sure = decide(LOSING.winProbability.value);
    const unsure = decide(0.17);
    expect(sure.action === 'bet' && unsure.action === 'bet' && unsure.wantedLamports < sure.wantedLamports).toBe(true);
    expect(decide(0).action).toBe('wait');
  });
});

describe('every strategy', () => {
  it.each(STRATEGIES)('$name leaves no room below the venue’s minimum', (strategy) => {
    const profile = aProfile({
      session: { gameNetLamports: -sol('0.1995') as never },
      position: { valueLamports: sol('5') },
    });
    expect(strategy.decide(aContext({ profile, conditions: CONDITIONS })).action).not.toBe('bet');
  });
});
