// The profile as its form holds it, text by text, and back: every field that cannot be read is told in words beside it.
// Pure. Fields the form does not show stay what they are.
import { defaultLimits, validateProfile, type Profile } from '@/lib/risk/profile';
import type { RiskProfile } from '@/lib/risk/tier';
import { formatSol, parseSol, type AmountError, type Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';

export type ProfileDraft = {
  readonly bankroll: string;
  readonly riskProfile: RiskProfile;
  readonly maxStakePercent: string;
  readonly perGameLoss: string;
  readonly perSessionLoss: string;
  readonly latencyMs: string;
  /** The last bankroll that could be read: what the loss limits are compared with. */
  readonly readBankrollLamports: Lamports;
};
export type ProfileField = Exclude<keyof ProfileDraft, 'readBankrollLamports'>;
export type ProfileFieldErrors = Readonly<Partial<Record<ProfileField, string>>>;

export function toDraft({ bankrollLamports, riskProfile, limits, latencyMs }: Profile): ProfileDraft {
  return {
    bankroll: formatSol(bankrollLamports),
    riskProfile,
    maxStakePercent: String(Number((limits.maxStakeFraction * 100).toFixed(6))),
    perGameLoss: formatSol(limits.perGameLossLamports),
    perSessionLoss: formatSol(limits.perSessionLossLamports),
    latencyMs: String(latencyMs),
    readBankrollLamports: bankrollLamports,
  };
}

/** A new bankroll takes the loss limits along, as long as they are the default shares of the old one. */
export function changeBankroll(draft: ProfileDraft, bankroll: string): ProfileDraft {
  const after = parseSol(bankroll);
  if (!after.ok || after.value === 0n) return { ...draft, bankroll };
  const [old, fresh] = [defaultLimits(draft.readBankrollLamports), defaultLimits(after.value)];
  const follow = (text: string, from: Lamports, to: Lamports) => (text === formatSol(from) ? formatSol(to) : text);
  return {
    ...draft,
    bankroll,
    readBankrollLamports: after.value,
    perGameLoss: follow(draft.perGameLoss, old.perGameLossLamports, fresh.perGameLossLamports),
    perSessionLoss: follow(draft.perSessionLoss, old.perSessionLossLamports, fresh.perSessionLossLamports),
  };
}

export function parseDraft(draft: ProfileDraft, profile: Profile): Result<Profile, ProfileFieldErrors> {
  const bankroll = parseAmount(draft.bankroll);
  const perGame = parseAmount(draft.perGameLoss);
  const perSession = parseAmount(draft.perSessionLoss);
  const percent = parseBetween(draft.maxStakePercent, { low: 0, high: 100, unit: '%', isLowExcluded: true });
  const latency = parseBetween(draft.latencyMs, { low: 0, high: 60_000, unit: 'ms', isLowExcluded: false });
  if (!bankroll.ok || !perGame.ok || !perSession.ok || !percent.ok || !latency.ok) {
    const results = {
      bankroll,
      perGameLoss: perGame,
      perSessionLoss: perSession,
      maxStakePercent: percent,
      latencyMs: latency,
    };
    return err(
      Object.fromEntries(
        Object.entries(results).flatMap(([field, result]) => (result.ok ? [] : [[field, result.error]])),
      ),
    );
  }
  const checked = validateProfile({
    ...profile,
    bankrollLamports: bankroll.value,
    riskProfile: draft.riskProfile,
    latencyMs: latency.value,
    limits: {
      ...profile.limits,
      maxStakeFraction: percent.value / 100,
      perGameLossLamports: perGame.value,
      perSessionLossLamports: perSession.value,
    },
  });
  if (checked.ok) return ok(checked.value);
  return err({ [FIELD_OF_PATH[checked.error.field] ?? 'bankroll']: checked.error.message });
}

const FIELD_OF_PATH: Readonly<Record<string, ProfileField>> = {
  bankrollLamports: 'bankroll',
  riskProfile: 'riskProfile',
  'limits.maxStakeFraction': 'maxStakePercent',
  'limits.perGameLossLamports': 'perGameLoss',
  'limits.perSessionLossLamports': 'perSessionLoss',
  latencyMs: 'latencyMs',
};

const AMOUNT_WORDS: Record<AmountError, string> = {
  'not-a-number': 'Write an amount in SOL, such as 0.25.',
  negative: 'An amount cannot be negative.',
  'too-large': 'That is more SOL than there is.',
  'more-than-9-decimals': 'SOL has nine decimals at most.',
};

/** An amount above zero, as a player types it. */
export function parseAmount(text: string): Result<Lamports, string> {
  const amount = parseSol(text);
  if (!amount.ok) return err(AMOUNT_WORDS[amount.error]);
  return amount.value === 0n ? err('Write an amount above 0 SOL.') : ok(amount.value);
}

function parseBetween(
  text: string,
  { low, high, unit, isLowExcluded }: { low: number; high: number; unit: string; isLowExcluded: boolean },
): Result<number, string> {
  const value = /^\d{1,9}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : NaN;
  const range = `${isLowExcluded ? 'above' : 'from'} ${low} ${isLowExcluded ? 'and up to' : 'to'} ${high} ${unit}`;
  if (Number.isNaN(value)) return err(`Write a number ${range}.`);
  const isInside = value <= high && (isLowExcluded ? value > low : value >= low);
  return isInside ? ok(value) : err(`This must be ${range}.`);
}
