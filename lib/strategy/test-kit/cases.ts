// Builders and generators for tests of strategies, risk, ranking and adaptation: one place, so every test means the same
// by "a player" and "an assessment".
import fc from 'fast-check';
import { assess, type Assessment } from '@/lib/decision/assess';
import { computeZone } from '@/lib/decision/zone';
import type { Phase } from '@/lib/game/rules';
import { createPublishedModel } from '@/lib/hazard/published';
import { createProfile, type Limits, type Profile } from '@/lib/risk/profile';
import { EMPTY_SESSION, type Session } from '@/lib/risk/session';
import { RISK_PROFILES, TIERS } from '@/lib/risk/tier';
import { DEFAULT_VENUE, type Conditions, type VenueRules } from '@/lib/risk/venue';
import { createContext } from '@/lib/strategy/context';
import type { StrategyContext, Tuning } from '@/lib/strategy/strategy';
import { createTimingEstimator } from '@/lib/timing/tick-timing';
import { lamports, parseSol, type Lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

export const NOW = epochMs(1_767_225_600_000);
export const PUBLISHED_WIN = createPublishedModel().windowProbability(0).value;
export const CONDITIONS: Conditions = {
  venue: DEFAULT_VENUE,
  feed: { status: 'connected', ageMs: 100 },
  phase: 'active',
};

export function sol(text: string): Lamports {
  const parsed = parseSol(text);
  if (!parsed.ok) throw new Error(`not an amount: ${text}`);
  return parsed.value;
}

/** An assessment at tick 100 with steady timing: the published rule unless told otherwise. */
export function anAssessment({
  win = PUBLISHED_WIN,
  lower = win,
  upper = win,
  payout = 5,
  reliability = 0.95,
}: {
  win?: number;
  lower?: number;
  upper?: number;
  payout?: number;
  reliability?: number;
} = {}): Assessment {
  const timing = createTimingEstimator().current();
  const base = assess({ tick: 100, payout, model: createPublishedModel(), timing });
  const winProbability = { ...base.winProbability, value: win, lower, upper };
  return {
    ...base,
    winProbability,
    expectedValue: payout * win - 1,
    zone: computeZone(winProbability, base.breakEven),
    hazard: -Math.expm1(Math.log1p(-win) / 40),
    timing: { ...base.timing, reliability },
  };
}

/** A clear edge: wins 26 %, surely above 23 %, where 20 % breaks even. */
export const EDGE = anAssessment({ win: 0.26, lower: 0.23, upper: 0.29 });

export type ProfileChanges = Partial<Omit<Profile, 'limits' | 'session'>> & {
  limits?: Partial<Limits>;
  session?: Partial<Session>;
};

/** Two SOL, default limits, 200 ms from the venue. */
export function aProfile({ limits, session, ...rest }: ProfileChanges = {}): Profile {
  // A bankroll that is no amount must reach the check that is tested, not the default limits.
  const bankroll = typeof rest.bankrollLamports === 'bigint' ? rest.bankrollLamports : sol('2');
  const base = { ...createProfile(bankroll, 200), ...rest };
  return { ...base, limits: { ...base.limits, ...limits }, session: { ...base.session, ...session } };
}

export function aContext({
  assessment = EDGE,
  profile = aProfile(),
  conditions = CONDITIONS,
  tuning,
}: {
  assessment?: Assessment;
  profile?: Profile;
  conditions?: Conditions;
  tuning?: Tuning;
} = {}): StrategyContext {
  return createContext({ assessment, profile, conditions, now: NOW, tuning });
}

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** 0.01, 0.02 … 1: a generated double would nearly always be next to 0. */
const hundredths = fc.integer({ min: 1, max: 100 }).map((n) => n / 100);
const oneIn = (n: number) => fc.integer({ min: 1, max: n }).map((drawn) => drawn === n);
const amount = (min: bigint, max: bigint) => fc.bigInt({ min, max }).map(lamports);

/** Win probabilities on either side of break-even, with and without width, at usual and unusual payouts. */
export const arbitraryAssessment: fc.Arbitrary<Assessment> = fc
  .record({
    win: fc.oneof(
      share(0.001, 0.999),
      fc.integer({ min: 10, max: 40 }).map((n) => n / 100),
    ),
    below: hundredths,
    above: hundredths,
    exact: fc.boolean(),
    payout: fc.constantFrom(5, 5, 5, 2, 1.5, 4.37, 12),
    reliability: hundredths,
  })
  .map(({ win, below, above, exact, payout, reliability }) =>
    anAssessment({
      win,
      lower: exact ? win : win * (1 - below * 0.5),
      upper: exact ? win : win + (1 - win) * above * 0.5,
      payout,
      reliability,
    }),
  );

/** Valid limits for a bankroll, from absurdly tight to absurdly loose. */
export function arbitraryLimits(bankroll: bigint): fc.Arbitrary<Limits> {
  return fc
    .record({
      maxStakeFraction: hundredths,
      loss: amount(1n, bankroll * 2n),
      gameShare: fc.bigInt({ min: 1n, max: 100n }),
      maxConsecutiveLosses: fc.integer({ min: 1, max: 100 }),
      maxDrawdownFraction: fc.oneof(hundredths, fc.constant(1)),
      coolingOffMs: fc.constantFrom(0, 0, 10_000, 3_600_000),
      minReliability: fc.constantFrom(0, 0, 0, 0.5, 1),
      minBalanceLamports: fc.oneof(amount(0n, bankroll), fc.constant(lamports(0n))),
    })
    .map(({ loss, gameShare, ...limits }) => ({
      ...limits,
      perSessionLossLamports: loss,
      perGameLossLamports: lamports(loss * gameShare >= 100n ? (loss * gameShare) / 100n : 1n),
    }));
}

/** A session that could have happened: its numbers agree with one another. */
export function arbitrarySession(bankroll: bigint): fc.Arbitrary<Session> {
  return fc
    .record({
      lostBets: fc.integer({ min: 0, max: 60 }),
      wins: fc.integer({ min: 0, max: 30 }),
      streak: fc.integer({ min: 0, max: 14 }),
      net: fc.oneof(amount(-bankroll, bankroll - 1n), amount(-bankroll / 10n, 0n)),
      above: fc.oneof(amount(0n, bankroll), fc.constant(lamports(0n))),
      game: fc.oneof(amount(-bankroll, bankroll), fc.constant(lamports(0n))),
      streakLoss: amount(0n, bankroll),
      lastLossAgoMs: fc.constantFrom(null, null, 1_000, 60_000),
      open: oneIn(8),
      pending: oneIn(8),
    })
    .map(({ lostBets, wins, streak, net, above, game, streakLoss, lastLossAgoMs, open, pending }) => {
      const consecutiveLosses = Math.min(streak, lostBets);
      return {
        bets: lostBets + wins,
        wins,
        netLamports: net,
        peakNetLamports: lamports((net > 0n ? net : 0n) + above),
        gameNetLamports: game,
        consecutiveLosses,
        streakLossLamports: lamports(consecutiveLosses === 0 ? 0n : streakLoss),
        lastLossAt: lastLossAgoMs === null ? null : epochMs(NOW - lastLossAgoMs),
        openBet: open ? { stakeLamports: lamports(1_000_000n), startTick: 80, endTick: 120 } : null,
        pendingSettlement: pending ? { stakeLamports: lamports(1_000_000n), won: true } : null,
      };
    });
}

/** Any player whatever; `fresh` ones have bet nothing yet. */
export function arbitraryProfile({ fresh = false, position = true } = {}): fc.Arbitrary<Profile> {
  const bankrolls = fc.oneof(
    { weight: 1, arbitrary: amount(1n, 1_000_000_000_000n) },
    { weight: 4, arbitrary: fc.bigInt({ min: 1n, max: 10_000n }).map((n) => lamports(n * 10_000_000n)) },
  );
  return bankrolls.chain((bankrollLamports) =>
    fc.record({
      bankrollLamports: fc.constant(bankrollLamports),
      balanceLamports: fc.option(amount(0n, bankrollLamports * 2n), { nil: null, freq: 1 }),
      limits: arbitraryLimits(bankrollLamports),
      session: fresh ? fc.constant(EMPTY_SESSION) : arbitrarySession(bankrollLamports),
      riskProfile: fc.constantFrom(...RISK_PROFILES),
      tiers: fc.subarray([...TIERS]),
      position: position
        ? fc.option(fc.record({ valueLamports: amount(1n, bankrollLamports * 5n) }), { nil: null })
        : fc.constant(null),
      latencyMs: fc.integer({ min: 0, max: 5_000 }),
    }),
  );
}

export const arbitraryVenue: fc.Arbitrary<VenueRules> = fc
  .record({
    min: amount(1n, 10_000_000n),
    span: amount(0n, 10_000_000_000n),
    step: fc.constantFrom(1n, 1_000n, 7_000n, 1_000_000n).map(lamports),
  })
  .map(({ min, span, step }) => ({
    minStakeLamports: min,
    maxStakeLamports: lamports(min + span),
    stakeStepLamports: step,
  }));

export const arbitraryConditions: fc.Arbitrary<Conditions> = fc.record({
  venue: fc.oneof(fc.constant(DEFAULT_VENUE), arbitraryVenue),
  feed: fc.oneof(
    { weight: 9, arbitrary: fc.constant(CONDITIONS.feed) },
    {
      weight: 1,
      arbitrary: fc.record({
        status: fc.constantFrom('connected' as const, 'stale' as const, 'down' as const),
        ageMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null }),
      }),
    },
  ),
  phase: fc.constantFrom<Phase>('active', 'active', 'active', 'active', 'presale', 'presale', 'cooldown', 'rugged'),
});
