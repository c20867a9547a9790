import { describe, expect, it } from 'vitest';
import { checkAnyBet, checkRisk, computeStakeCeiling } from '@/lib/risk/risk-manager';
import type { Conditions } from '@/lib/risk/venue';
import {
  aContext,
  anAssessment,
  aProfile,
  CONDITIONS,
  NOW,
  sol,
  type ProfileChanges,
} from '@/lib/strategy/test-kit/cases';
import { epochMs } from '@/lib/units/time';

function refusalsOf(stake: string, changes: ProfileChanges = {}, conditions: Partial<Conditions> = {}) {
  const context = aContext({ profile: aProfile(changes), conditions: { ...CONDITIONS, ...conditions } });
  return checkRisk(context, sol(stake));
}

describe('the risk manager', () => {
  it('lets a bet within every limit pass', () => {
    expect(refusalsOf('0.1')).toEqual([]);
  });

  it.each<[string, string, string, ProfileChanges, Partial<Conditions>]>([
    [
      'settlement-pending',
      '0.1',
      'Your won bet of 0.2 SOL is not settled yet, so your bankroll is not certain.',
      { session: { pendingSettlement: { stakeLamports: sol('0.2'), won: true } } },
      {},
    ],
    [
      'stale-feed',
      '0.1',
      'The feed is stale: its last frame came 2.5 s ago, more than 2 s.',
      {},
      { feed: { status: 'connected', ageMs: 2_500 } },
    ],
    [
      'stale-feed',
      '0.1',
      'The feed is down: nothing has been received yet.',
      {},
      { feed: { status: 'down', ageMs: null } },
    ],
    ['betting-closed', '0.1', 'The game has rugged: no bet is taken.', {}, { phase: 'rugged' }],
    ['betting-closed', '0.1', 'No bet is taken before the presale.', {}, { phase: 'cooldown' }],
    [
      'one-open-bet',
      '0.1',
      'Your bet of 0.2 SOL on ticks 80 to 120 is still open; one at a time.',
      { session: { openBet: { stakeLamports: sol('0.2'), startTick: 80, endTick: 120 } } },
      {},
    ],
    [
      'consecutive-losses',
      '0.1',
      'You lost 10 bets in a row; your limit is 10.',
      { session: { bets: 10, consecutiveLosses: 10 } },
      {},
    ],
    [
      'cooling-off',
      '0.1',
      'You pause for 30 s after a loss; 20 s are left.',
      { session: { lastLossAt: epochMs(NOW - 10_000) } },
      {},
    ],
    [
      'session-loss',
      '0.1',
      'Losing 0.1 SOL more (this session: lost 0.35 SOL) would pass your session limit of 0.4 SOL.',
      { session: { netLamports: -sol('0.35') as never } },
      {},
    ],
    [
      'drawdown',
      '0.05',
      'Losing 0.05 SOL would leave 1.95 SOL, more than 25.0 % below this session’s high of 2.65 SOL.',
      { session: { netLamports: sol('0.35'), peakNetLamports: sol('1') } },
      {},
    ],
    [
      'game-loss',
      '0.1',
      'Losing 0.1 SOL more (this game: lost 0.15 SOL) would pass your limit of 0.2 SOL a game.',
      { session: { gameNetLamports: -sol('0.15') as never } },
      {},
    ],
    ['stake-fraction', '0.11', 'A stake of 0.11 SOL is above 5.0 % of your bankroll (0.1 SOL).', {}, {}],
    ['insufficient-balance', '0.1', 'You hold 0.05 SOL: not enough for 0.1 SOL.', { balanceLamports: sol('0.05') }, {}],
    [
      'insufficient-balance',
      '0.1',
      'You hold 2 SOL and keep 1.95 SOL back: not enough for 0.1 SOL.',
      { limits: { minBalanceLamports: sol('1.95') } },
      {},
    ],
    ['venue-maximum', '6', 'The venue takes at most 5 SOL a bet, not 6 SOL.', { bankrollLamports: sol('200') }, {}],
    ['venue-minimum', '0.0005', 'The venue takes at least 0.001 SOL a bet, not 0.0005 SOL.', {}, {}],
  ])('refuses by %s a stake of %s SOL: %s', (rule, stake, message, changes, conditions) => {
    expect(refusalsOf(stake, changes, conditions)).toEqual([{ rule, kind: expect.any(String), message }]);
  });

  it('refuses on timing less reliable than the player asks for', () => {
    const context = aContext({ assessment: anAssessment({ reliability: 0.31 }) });
    expect(checkRisk(context, sol('0.1'))).toEqual([
      {
        rule: 'low-reliability',
        kind: 'wait',
        message: 'Tick timing is unsteady: reliability 0.31, you ask for 0.50.',
      },
    ]);
  });

  it('names every rule a bet breaks, state before stake', () => {
    const refusals = refusalsOf(
      '10',
      { session: { bets: 10, consecutiveLosses: 10, netLamports: -sol('0.4') as never } },
      { phase: 'rugged' },
    );
    expect(refusals.map(({ rule }) => rule)).toEqual([
      'betting-closed',
      'consecutive-losses',
      'session-loss',
      'drawdown',
      'game-loss',
      'stake-fraction',
      'insufficient-balance',
      'venue-maximum',
    ]);
  });

  it('does not shorten a pause when the clock jumps back', () => {
    const profile = aProfile({ session: { lastLossAt: epochMs(NOW + 3_600_000) } });
    expect(checkRisk(aContext({ profile }), sol('0.1'))).toMatchObject([
      { message: 'You pause for 30 s after a loss; 30 s are left.' },
    ]);
  });

  it('allows up to the limit itself, and not a lamport more', () => {
    const session = { gameNetLamports: -sol('0.1') as never };
    expect(refusalsOf('0.1', { session })).toEqual([]);
    expect(refusalsOf('0.1', { session, limits: { perGameLossLamports: (sol('0.2') - 1n) as never } })).toHaveLength(1);
  });

  it('finds the largest stake the rules allow: the tightest of them', () => {
    expect(computeStakeCeiling(aContext())).toBe(sol('0.1'));
    const lost = aProfile({ session: { gameNetLamports: -sol('0.1604567') as never } });
    expect(computeStakeCeiling(aContext({ profile: lost }))).toBe(sol('0.039543'));
    const spent = aProfile({ session: { gameNetLamports: -sol('0.1995') as never } });
    expect(computeStakeCeiling(aContext({ profile: spent }))).toBe(0n);
  });

  it('says what stands in the way of any bet at all', () => {
    expect(checkAnyBet(aContext())).toEqual([]);
    const spent = aProfile({ session: { netLamports: -sol('0.4') as never } });
    expect(checkAnyBet(aContext({ profile: spent }))).toMatchObject([{ rule: 'session-loss', kind: 'stop' }]);
  });
});
