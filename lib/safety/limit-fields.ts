// The limits one by one: which way is tighter, and what a player calls them. Everything that treats limits alike (the law
// of changes, storage, forms, words) goes over this list, so that a new limit is a line here.
import type { SafetyLimits } from '@/lib/safety/safety';

export type LimitField = keyof SafetyLimits;

export type LimitKind = 'lamports' | 'share' | 'count' | 'duration' | 'score';

export type LimitRule = {
  readonly field: LimitField;
  readonly kind: LimitKind;
  /** Which value protects more. */
  readonly tighter: 'lower' | 'higher';
  readonly label: string;
};

const rule = (field: LimitField, kind: LimitKind, tighter: LimitRule['tighter'], label: string): LimitRule => ({
  field,
  kind,
  tighter,
  label,
});

/** The loss in a session stands before the loss in a game, which may not be above it: raises are applied in this order. */
export const LIMIT_RULES: readonly LimitRule[] = [
  rule('bankrollLamports', 'lamports', 'lower', 'Bankroll'),
  rule('perDayLossLamports', 'lamports', 'lower', 'Largest loss in 24 hours'),
  rule('perHourLossLamports', 'lamports', 'lower', 'Largest loss in an hour'),
  rule('perSessionLossLamports', 'lamports', 'lower', 'Largest loss in a session'),
  rule('perGameLossLamports', 'lamports', 'lower', 'Largest loss in a game'),
  rule('maxStakeFraction', 'share', 'lower', 'Largest stake'),
  rule('maxDrawdownFraction', 'share', 'lower', 'Largest fall from the high of a session'),
  rule('maxConsecutiveLosses', 'count', 'lower', 'Losses in a row'),
  rule('coolingOffMs', 'duration', 'higher', 'Pause after a loss'),
  rule('minReliability', 'score', 'higher', 'Least reliability of the timing'),
  rule('minBalanceLamports', 'lamports', 'higher', 'Kept back in the wallet'),
];

export const LIMIT_FIELDS: readonly LimitField[] = LIMIT_RULES.map(({ field }) => field);

const BY_FIELD: Readonly<Record<string, LimitRule>> = Object.fromEntries(LIMIT_RULES.map((one) => [one.field, one]));

export function limitRule(field: LimitField): LimitRule {
  return BY_FIELD[field]!;
}

/** Whether `a` protects more than `b`. */
export function isTighter(field: LimitField, a: SafetyLimits[LimitField], b: SafetyLimits[LimitField]): boolean {
  return limitRule(field).tighter === 'lower' ? a < b : a > b;
}
