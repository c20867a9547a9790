// The account as the adviser's profile, and a profile as changes of the account. Pure.
import { defaultSafetyLimits } from '@/lib/account/default-account';
import type { AccountView } from '@/lib/protocol/account-api';
import type { Limits, Profile } from '@/lib/risk/profile';
import { EMPTY_SESSION } from '@/lib/risk/session';
import { isTighter, LIMIT_FIELDS, type LimitField } from '@/lib/safety/limit-fields';
import { limitsFromJson, limitsToJson, type LimitsJson } from '@/lib/safety/safety-json';
import type { SafetyLimits } from '@/lib/safety/safety';
import type { SettingsChange } from '@/lib/safety/settings-json';
import { lamports } from '@/lib/units/lamports';

export function toProfile({ account, activity }: AccountView): Profile {
  const { settings, safety } = account;
  const limits = limitsFromJson(safety.limits) as SafetyLimits;
  const session = activity[settings.venue];
  const net = BigInt(session.sessionNetLamports);
  return {
    bankrollLamports: limits.bankrollLamports,
    balanceLamports: null,
    limits: toProfileLimits(limits),
    session: {
      ...EMPTY_SESSION,
      bets: session.sessionBets,
      netLamports: lamports(net),
      peakNetLamports: lamports(net > 0n ? net : 0n),
    },
    riskProfile: settings.riskProfile,
    tiers: settings.tiers,
    position: null,
    latencyMs: settings.latencyMs,
  };
}

export type AccountChanges = { readonly limits: LimitsJson; readonly settings: SettingsChange };

/** Only what differs: a limit that is sent as it stands would withdraw a raise of it. */
export function toChanges({ account }: AccountView, profile: Profile): AccountChanges {
  const current = limitsFromJson(account.safety.limits) as SafetyLimits;
  const wished: Partial<SafetyLimits> = { ...profile.limits, bankrollLamports: profile.bankrollLamports };
  return {
    limits: limitsToJson(pick(wished, (field) => wished[field] !== current[field])),
    settings: toSettings(account, profile),
  };
}

/** A new account takes over what this browser chose, and its hour and day go down with a smaller bankroll. */
export function toFirstChanges(view: AccountView, own: Profile): AccountChanges {
  const { limits, settings } = toChanges(view, own);
  const current = limitsFromJson(view.account.safety.limits) as SafetyLimits;
  const careful = defaultSafetyLimits(own.bankrollLamports);
  const periods = pick(
    { perHourLossLamports: careful.perHourLossLamports, perDayLossLamports: careful.perDayLossLamports },
    (field) => isTighter(field, careful[field], current[field]),
  );
  return { limits: { ...limits, ...limitsToJson(periods) }, settings };
}

function toSettings({ settings }: AccountView['account'], { riskProfile, tiers, latencyMs }: Profile): SettingsChange {
  return {
    ...(riskProfile !== settings.riskProfile && { riskProfile }),
    ...(tiers.join() !== settings.tiers.join() && { tiers: [...tiers] }),
    ...(latencyMs !== settings.latencyMs && { latencyMs }),
  };
}

/** The browser's profile holds these limits and no others. */
function toProfileLimits(limits: SafetyLimits): Limits {
  return {
    maxStakeFraction: limits.maxStakeFraction,
    perGameLossLamports: limits.perGameLossLamports,
    perSessionLossLamports: limits.perSessionLossLamports,
    maxConsecutiveLosses: limits.maxConsecutiveLosses,
    maxDrawdownFraction: limits.maxDrawdownFraction,
    coolingOffMs: limits.coolingOffMs,
    minReliability: limits.minReliability,
    minBalanceLamports: limits.minBalanceLamports,
  };
}

function pick(limits: Partial<SafetyLimits>, isWanted: (field: LimitField) => boolean): Partial<SafetyLimits> {
  const fields = LIMIT_FIELDS.filter((field) => limits[field] !== undefined && isWanted(field));
  return Object.fromEntries(fields.map((field) => [field, limits[field]])) as Partial<SafetyLimits>;
}
