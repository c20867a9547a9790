import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anEdge, aSteadyAssessment } from '@/components/advice/test-kit/advice-fixtures';
import { confirmMsOf } from '@/components/bet/compute-figures';
import { computeTicket, type TicketInput, type TicketPlayer } from '@/components/bet/compute-ticket';
import { aBet, anActiveBet, BET_ID } from '@/components/bets-live/test-kit/bet-fixtures';
import { GAME_ID, NOW_MS } from '@/components/live/test-kit/live-fixtures';
import { defaultSafety, defaultSettings } from '@/lib/account/default-account';
import { VENUE_IDS } from '@/lib/bets/bet';
import { createRecommender } from '@/lib/decision/recommend';
import { createProfile } from '@/lib/risk/profile';
import { DEFAULT_VENUE, type Conditions } from '@/lib/risk/venue';
import type { SafetyState } from '@/lib/safety/safety';
import { formatSol, lamports, LAMPORTS_PER_SOL, type Lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const NOW = epochMs(NOW_MS);
const SOL = (amount: number) => lamports(BigInt(amount * 1_000) * (LAMPORTS_PER_SOL / 1_000n));
const PROFILE = createProfile(SOL(10), 200);
const CONDITIONS: Conditions = { venue: DEFAULT_VENUE, feed: { status: 'connected', ageMs: 100 }, phase: 'active' };
const VERDICT = { word: 'Skip', reason: 'wins 18.2 % of the time, needs 20.0 %', sentence: '', spoken: '' } as const;

function aPlayer(change: Partial<TicketPlayer> & { safety?: Partial<SafetyState> } = {}): TicketPlayer {
  const { safety, ...rest } = change;
  return {
    account: { settings: defaultSettings(), safety: { ...defaultSafety(NOW), ...safety }, playerId: null },
    bets: [],
    isKnown: true,
    balanceLamports: SOL(10),
    ...rest,
  };
}

function ticket(change: Partial<TicketInput> = {}) {
  return computeTicket({
    venue: 'practice',
    amountText: '0.01',
    assessment: aSteadyAssessment(),
    verdict: VERDICT,
    gameId: GAME_ID,
    conditions: CONDITIONS,
    profile: PROFILE,
    advice: null,
    player: aPlayer(),
    now: NOW,
    ...change,
  });
}

function adviceFor(assessment: NonNullable<TicketInput['assessment']>) {
  const result = createRecommender().recommend({ assessment, profile: PROFILE, conditions: CONDITIONS, now: NOW });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const rulesOf = (view: ReturnType<typeof ticket>) => view.rules.map(({ rule }) => rule);

describe('what a bet can bring', () => {
  it('is counted in lamports, the fee against the player', () => {
    const { money, feeLamports, payout } = ticket().figures!;
    expect({ feeLamports, payout }).toEqual({ feeLamports: 5_000n, payout: 5 });
    expect(money).toMatchObject({ winLamports: 40_000_000n, returnLamports: 50_000_000n, loseLamports: 10_000_000n });
    const average = Math.floor(50_000_000 * (1 - 0.995 ** 40) - 10_000_000) - 5_000;
    expect(Number(money!.expected!.lamports)).toBe(average);
    expect(money!.expected!.share).toBeCloseTo(-0.0921, 4);
    expect(money!.breakEven).toBeCloseTo(0.2001, 6);
  });

  it('costs no fee on paper', () => {
    const { money, feeLamports } = ticket({ venue: 'paper' }).figures!;
    expect(feeLamports).toBe(0n);
    expect(money).toMatchObject({ breakEven: 0.2, expected: { share: expect.closeTo(-0.0916, 4) } });
  });

  it('always loses to not betting under the published rule, whatever the stake and venue', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 5_000_000_000n }), fc.constantFrom(...VENUE_IDS), (stake, venue) => {
        const { stakeLamports, figures } = ticket({ venue, amountText: formatSol(lamports(stake)) });
        expect(stakeLamports).toBe(stake);
        const { expected, winLamports, returnLamports, loseLamports } = figures!.money!;
        expect(expected!.lamports).toBeLessThan(0n);
        expect(returnLamports - winLamports).toBe(loseLamports);
      }),
    );
  });

  it('says when it would run: later by the way there, or from the start in the presale', () => {
    const active = ticket({ venue: 'paper' }).figures!.moment!;
    expect(active).toMatchObject({ startTick: 4, endTick: 44, isFromStart: false });
    expect(ticket().figures!.moment!.startTick).toBe(6); // 200 ms of latency and 600 ms of chain, at 250 ms a tick.
    const presale = ticket({ conditions: { ...CONDITIONS, phase: 'presale' } }).figures!.moment!;
    expect(presale).toMatchObject({ startTick: 0, endTick: 40, isFromStart: true, acceptProbability: 1 });
    expect(ticket().figures!.moment!.acceptProbability).toBeLessThan(active.acceptProbability);
  });

  it('learns from the player’s own bets how long the chain takes', () => {
    const took = (ms: number, n: number) =>
      anActiveBet({ id: `${BET_ID}${n}`, submittedAt: NOW_MS, activeAt: NOW_MS + ms });
    expect(confirmMsOf('practice', [])).toBe(600);
    expect(confirmMsOf('practice', [took(900, 1), took(450, 2), took(500, 3)])).toBe(500);
    expect(confirmMsOf('practice', [{ ...took(900, 1), venue: 'paper' }])).toBe(600);
  });

  it('claims nothing without a moment to bet in, and nothing of an amount that is not there', () => {
    const none = ticket({ assessment: null, conditions: null, amountText: '' });
    expect(none.figures).toMatchObject({ money: null, moment: null });
    const between = ticket({ assessment: null, conditions: null });
    expect(between.figures!.money!.expected).toBeNull();
    expect(between.rules).toEqual([
      { rule: 'betting-closed', message: 'No bet can be placed now: wins 18.2 % of the time, needs 20.0 %.' },
    ]);
  });

  it('tells a feed that is silent from a pause between games', () => {
    const silent = { word: 'No advice', reason: 'the feed has been silent for 9 s', sentence: '', spoken: '' } as const;
    expect(ticket({ assessment: null, conditions: null, verdict: silent }).rules).toEqual([
      { rule: 'stale-feed', message: 'No bet can be placed now: the feed has been silent for 9 s.' },
    ]);
  });
});

describe('the amount', () => {
  it('is read to the lamport, with a comma as well', () => {
    expect(ticket({ amountText: ' 0,25 ' }).stakeLamports).toBe(250_000_000n);
    expect(ticket({ amountText: '0.000000001' }).stakeLamports).toBe(1n);
  });

  it.each(['-1', 'NaN', '1e30', '0.0000000001', '0', 'all of it', '99999999999999'])(
    '%s is refused in words',
    (text) => {
      const view = ticket({ amountText: text });
      expect(view).toMatchObject({ stakeLamports: null, action: { kind: 'write-amount' } });
      expect(view.amountError).toMatch(/\w/);
      expect(view.amountError).not.toContain('Nothing was placed');
    },
  );

  it('is not scolded before anything is written', () => {
    expect(ticket({ amountText: '' })).toMatchObject({ amountError: null, action: { kind: 'write-amount' } });
  });
});

describe('the advice on the ticket', () => {
  it('is never to bet under the published rule, and nothing is filled in', () => {
    const view = ticket({ advice: adviceFor(aSteadyAssessment()) });
    expect(view.advised).toBeNull();
    expect(view.adviceSentence).toBe('The advice is not to bet: nothing is filled in for you.');
  });

  it('names its stake and its strategy where it is to bet', () => {
    const assessment = anEdge();
    const view = ticket({ assessment, advice: adviceFor(assessment) });
    expect(view.advised?.stakeLamports).toBeGreaterThan(0n);
    expect(view.adviceSentence).toBe(`The advice is to bet ${formatSol(view.advised!.stakeLamports)} SOL.`);
    expect(view.action).toEqual({ kind: 'place', strategyId: view.advised!.strategyId });
  });
});

describe('what would refuse it', () => {
  it('is nothing for a small stake within the limits', () => {
    expect(ticket()).toMatchObject({ rules: [], action: { kind: 'place', strategyId: null }, isHighRisk: false });
  });

  it('is every rule it breaks, not the first', () => {
    expect(rulesOf(ticket({ amountText: '4', player: aPlayer({ balanceLamports: SOL(1) }) }))).toEqual([
      'session-loss',
      'drawdown',
      'game-loss',
      'stake-fraction',
      'insufficient-balance',
      'hour-loss',
      'day-loss',
    ]);
  });

  it('counts what was lost today', () => {
    const lost = Array.from({ length: 9 }, (_, n) =>
      aBet({
        id: `${BET_ID}${n + 1}`,
        state: 'lost',
        sessionId: `session-${n}`,
        gameId: `20260101-000000000000000${n}`,
        stakeLamports: '300000000',
        preparedAt: NOW_MS - (n + 2) * 3_600_000 - 12_000,
        settledAt: NOW_MS - (n + 2) * 3_600_000,
      }),
    );
    expect(rulesOf(ticket({ amountText: '0.2', player: aPlayer({ bets: lost }) }))).toEqual([]);
    expect(rulesOf(ticket({ amountText: '0.31', player: aPlayer({ bets: lost }) }))).toEqual(['day-loss']);
  });

  it('starts with what stops all betting, even before an amount is written', () => {
    const stopped = aPlayer({ safety: { stoppedSince: NOW } });
    expect(rulesOf(ticket({ amountText: '', player: stopped }))).toEqual(['stopped']);
    expect(ticket({ player: stopped }).action).toEqual({ kind: 'refused' });
    expect(rulesOf(ticket({ player: aPlayer({ safety: { coolingOffUntil: epochMs(NOW + 60_000) } }) }))).toEqual([
      'cooling-off',
    ]);
  });

  it('is a player id that is not linked, on the game’s own site', () => {
    expect(rulesOf(ticket({ venue: 'assisted' }))).toEqual(['not-linked']);
    const player = aPlayer();
    const linked = { ...player, account: { ...player.account!, playerId: 'did:privy:1' } };
    expect(ticket({ venue: 'assisted', player: linked }).action.kind).toBe('place');
  });

  it('shows the open bet instead of a second one, whatever its venue', () => {
    const player = aPlayer({ bets: [anActiveBet({ venue: 'paper' })] });
    expect(ticket({ player }).action).toEqual({ kind: 'open-bet' });
    const settled = aPlayer({ bets: [anActiveBet({ state: 'won' })] });
    expect(ticket({ player: settled }).action.kind).toBe('place');
  });

  it('waits until it is known that no bet is open', () => {
    expect(ticket({ player: aPlayer({ isKnown: false }) }).action).toEqual({ kind: 'loading' });
    expect(ticket({ player: { ...aPlayer(), account: null } }).action).toEqual({ kind: 'loading' });
  });

  it('asks twice above the player’s own line', () => {
    const careful = (highRisk: Lamports) => aPlayer({ safety: { highRiskLamports: highRisk } });
    expect(ticket({ player: careful(lamports(10_000_000n)) }).isHighRisk).toBe(false);
    expect(ticket({ player: careful(lamports(9_999_999n)) }).isHighRisk).toBe(true);
  });
});

describe('for a reader who is not signed in', () => {
  it('is a calculator that shows everything and places nothing', () => {
    const view = ticket({ player: null, amountText: '1' });
    expect(view.action).toEqual({ kind: 'connect' });
    expect(view.figures!.money!.winLamports).toBe(4_000_000_000n);
    expect(rulesOf(view)).toEqual(['stake-fraction']);
    expect(ticket({ player: null, amountText: '' }).rules).toEqual([]);
  });
});
