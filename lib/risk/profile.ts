// One player's profile: bankroll, limits, the running session and settings, and the check that makes it trustworthy.
// Kept in the browser until the player signs in; the ranker, the risk manager and the backtester read it.
import { LAMPORTS_MAX, lamports, type Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import { timesRoundedDown } from '@/lib/risk/amounts';
import {
  checkAmount,
  checkCount,
  checkNumber,
  checkOneOf,
  firstError,
  inputError,
  type InputError,
} from '@/lib/risk/input-error';
import { checkSession } from '@/lib/risk/check-session';
import { EMPTY_SESSION, type Session } from '@/lib/risk/session';
import { RISK_PROFILES, TIERS, type RiskProfile, type Tier } from '@/lib/risk/tier';

export type Limits = {
  /** Largest stake as a share of the bankroll, above 0 and up to 1. */
  readonly maxStakeFraction: number;
  /** Largest net loss within one game. */
  readonly perGameLossLamports: Lamports;
  /** Largest net loss since the session began. */
  readonly perSessionLossLamports: Lamports;
  /** Losses in a row after which the session is over. */
  readonly maxConsecutiveLosses: number;
  /** Largest fall from the session's highest bankroll, as a share of it. */
  readonly maxDrawdownFraction: number;
  /** Pause after every lost bet. */
  readonly coolingOffMs: number;
  /** Least timing reliability at which to bet, 0..1. */
  readonly minReliability: number;
  /** Kept back whatever happens: transaction fees, rent, the way home. */
  readonly minBalanceLamports: Lamports;
};

export type Profile = {
  /** What the player sets aside for betting, beside any open position. An open stake counts as held until it settles. */
  readonly bankrollLamports: Lamports;
  /** What the wallet or venue really holds; null when it is not known, and then the bankroll stands for it. */
  readonly balanceLamports: Lamports | null;
  readonly limits: Limits;
  readonly session: Session;
  readonly riskProfile: RiskProfile;
  /** Tiers whose strategies the player wants to see. */
  readonly tiers: readonly Tier[];
  /** A position in the running game, worth this much now and nothing after the rug; null when there is none. */
  readonly position: { readonly valueLamports: Lamports } | null;
  /** Measured round trip to the venue. */
  readonly latencyMs: number;
};

/** A day: a longer pause is self-exclusion, which is kept elsewhere. */
const COOLING_OFF_MS_MAX = 86_400_000;
/** P(100 losses in a row) at the published hazard is 2 × 10⁻⁹: a higher limit is no limit. */
const CONSECUTIVE_LOSSES_MAX = 100;
const LATENCY_MS_MAX = 60_000;

/** Careful limits for a bankroll; a player may set others. */
export function defaultLimits(bankrollLamports: Lamports): Limits {
  return {
    maxStakeFraction: 0.05,
    perGameLossLamports: timesRoundedDown(bankrollLamports, 0.1),
    perSessionLossLamports: timesRoundedDown(bankrollLamports, 0.2),
    maxConsecutiveLosses: 10,
    maxDrawdownFraction: 0.25,
    coolingOffMs: 30_000,
    minReliability: 0.5,
    minBalanceLamports: lamports(0n),
  };
}

/** A new player: default limits, nothing bet, all tiers shown. */
export function createProfile(bankrollLamports: Lamports, latencyMs: number): Profile {
  return {
    bankrollLamports,
    balanceLamports: null,
    limits: defaultLimits(bankrollLamports),
    session: EMPTY_SESSION,
    riskProfile: 'moderate',
    tiers: TIERS,
    position: null,
    latencyMs,
  };
}

export function validateProfile(profile: Profile): Result<Profile, InputError> {
  const error = checkProfile(profile);
  return error ? err(error) : ok(profile);
}

export function validateLimits(limits: Limits): Result<Limits, InputError> {
  const error = checkLimits(limits);
  return error ? err(error) : ok(limits);
}

function checkProfile(profile: Profile): InputError | null {
  const held = { low: 1n, high: LAMPORTS_MAX };
  return (
    checkAmount('bankrollLamports', profile.bankrollLamports, held) ??
    (profile.balanceLamports === null
      ? null
      : checkAmount('balanceLamports', profile.balanceLamports, { low: 0n, high: LAMPORTS_MAX })) ??
    checkLimits(profile.limits) ??
    checkSession(profile.session) ??
    checkOneOf('riskProfile', profile.riskProfile, RISK_PROFILES) ??
    firstError(profile.tiers.map((tier, i) => checkOneOf(`tiers[${i}]`, tier, TIERS))) ??
    (profile.position === null ? null : checkAmount('position.valueLamports', profile.position.valueLamports, held)) ??
    checkNumber('latencyMs', profile.latencyMs, { low: 0, high: LATENCY_MS_MAX })
  );
}

function checkLimits(limits: Limits): InputError | null {
  const share = { low: 0, high: 1, exclusiveLow: true };
  const loss = { low: 1n, high: LAMPORTS_MAX };
  return (
    checkNumber('limits.maxStakeFraction', limits.maxStakeFraction, share) ??
    checkAmount('limits.perGameLossLamports', limits.perGameLossLamports, loss) ??
    checkAmount('limits.perSessionLossLamports', limits.perSessionLossLamports, loss) ??
    checkCount('limits.maxConsecutiveLosses', limits.maxConsecutiveLosses, { low: 1, high: CONSECUTIVE_LOSSES_MAX }) ??
    checkNumber('limits.maxDrawdownFraction', limits.maxDrawdownFraction, share) ??
    checkNumber('limits.coolingOffMs', limits.coolingOffMs, { low: 0, high: COOLING_OFF_MS_MAX }) ??
    checkNumber('limits.minReliability', limits.minReliability, { low: 0, high: 1 }) ??
    checkAmount('limits.minBalanceLamports', limits.minBalanceLamports, { low: 0n, high: LAMPORTS_MAX }) ??
    (limits.perGameLossLamports > limits.perSessionLossLamports
      ? inputError(
          'contradiction',
          'limits.perGameLossLamports',
          'The loss allowed in one game is above the loss allowed in the whole session.',
        )
      : null)
  );
}
