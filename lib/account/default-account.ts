// What a new account begins with: careful limits in proportion to the bankroll, a reality check every hour, and a second
// question above a middling stake. Pure; server/account opens accounts with it.
import type { AccountSettings } from '@/lib/account/account';
import { timesRoundedDown } from '@/lib/risk/amounts';
import { defaultLimits } from '@/lib/risk/profile';
import { TIERS } from '@/lib/risk/tier';
import type { SafetyLimits, SafetyState } from '@/lib/safety/safety';
import { lamports, LAMPORTS_PER_SOL, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

/** The paper bankroll that practice begins with. */
export const DEFAULT_BANKROLL_LAMPORTS = lamports(10n * LAMPORTS_PER_SOL);
/** A round trip over a home connection, until it is measured. */
const DEFAULT_LATENCY_MS = 200;
/** Three sessions lost to their limit are two too many for a day. */
const HOUR_LOSS_SHARE = 0.2;
const DAY_LOSS_SHARE = 0.3;
/** Half of the largest stake that the default limits let through. */
const HIGH_RISK_SHARE = 0.025;
const REALITY_CHECK_MS = 3_600_000;

export function defaultSettings(): AccountSettings {
  return {
    bankrollLamports: DEFAULT_BANKROLL_LAMPORTS,
    riskProfile: 'moderate',
    tiers: TIERS,
    preferredStrategies: [],
    latencyMs: DEFAULT_LATENCY_MS,
    venue: 'paper',
    theme: 'system',
    soundVolume: 0,
  };
}

export function defaultSafetyLimits(bankrollLamports: Lamports): SafetyLimits {
  return {
    ...defaultLimits(bankrollLamports),
    bankrollLamports,
    perHourLossLamports: timesRoundedDown(bankrollLamports, HOUR_LOSS_SHARE),
    perDayLossLamports: timesRoundedDown(bankrollLamports, DAY_LOSS_SHARE),
  };
}

export function defaultSafety(now: EpochMs): SafetyState {
  return {
    limits: defaultSafetyLimits(DEFAULT_BANKROLL_LAMPORTS),
    pending: [],
    coolingOffUntil: null,
    excludedUntil: null,
    stoppedSince: null,
    realityCheckMs: REALITY_CHECK_MS,
    realityCheckedAt: now,
    highRiskLamports: timesRoundedDown(DEFAULT_BANKROLL_LAMPORTS, HIGH_RISK_SHARE),
  };
}
