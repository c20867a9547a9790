// The limits as text that a player edits, and what saving it would change: which fields, and whether each acts at once or
// waits. Pure; the server's law is lib/safety, and the same order of tighter and looser is used here.
import type { SafetyJson } from '@/lib/safety/safety-json';
import { isTighter, LIMIT_FIELDS, limitRule, type LimitField } from '@/lib/safety/limit-fields';
import { formatLimit, isSameLimit, limitToText, parseLimit } from '@/lib/safety/limit-words';
import { limitValueFromJson } from '@/lib/safety/safety-json';
import { formatSol, lamports, parseSol } from '@/lib/units/lamports';

export type LimitDraft = Readonly<Record<LimitField | 'highRiskLamports', string>>;

export function toLimitDraft({ limits, highRiskLamports }: SafetyJson): LimitDraft {
  const texts = LIMIT_FIELDS.map((field) => [field, limitToText(field, limits[field])]);
  return {
    ...(Object.fromEntries(texts) as Record<LimitField, string>),
    highRiskLamports: formatSol(lamports(BigInt(highRiskLamports))),
  };
}

export type LimitChanges = {
  readonly errors: Readonly<Partial<Record<keyof LimitDraft, string>>>;
  /** What to send; only what differs, since a limit sent as it stands withdraws a raise of it. */
  readonly body: { readonly limits: Readonly<Record<string, number | string>>; readonly highRiskLamports?: string };
  readonly changed: readonly (keyof LimitDraft)[];
};

export function computeLimitChanges({ limits, highRiskLamports }: SafetyJson, draft: LimitDraft): LimitChanges {
  const errors: Partial<Record<keyof LimitDraft, string>> = {};
  const changed: (keyof LimitDraft)[] = [];
  const wished: Record<string, number | string> = {};
  for (const field of LIMIT_FIELDS) {
    // Text that was not touched is not read: rounding for display must never change a limit.
    if (draft[field] === limitToText(field, limits[field])) continue;
    const parsed = parseLimit(field, draft[field]);
    if (!parsed.ok) errors[field] = parsed.error;
    else if (isSameLimit(field, parsed.value, limits[field])) continue;
    else wished[field] = parsed.value;
    changed.push(field);
  }
  const highRisk = parseSol(draft.highRiskLamports);
  if (!highRisk.ok) errors.highRiskLamports = 'Write an amount in SOL, such as 0.25.';
  const isRiskChanged = !highRisk.ok || highRisk.value.toString() !== highRiskLamports;
  if (isRiskChanged) changed.push('highRiskLamports');
  return {
    errors,
    changed,
    body: {
      limits: wished,
      ...(isRiskChanged && highRisk.ok && { highRiskLamports: highRisk.value.toString() }),
    },
  };
}

/** "Acts at once." or "Waits 24 hours.", beside a field that was edited; null for one that was not. */
export function foretellChange({ limits }: SafetyJson, draft: LimitDraft, field: LimitField): string | null {
  if (draft[field] === limitToText(field, limits[field])) return null;
  const parsed = parseLimit(field, draft[field]);
  if (!parsed.ok || isSameLimit(field, parsed.value, limits[field])) return null;
  const [before, after] = [limits[field], parsed.value].map((value) => limitValueFromJson(field, value));
  const now = formatLimit(field, limits[field]);
  return isTighter(field, before!, after!)
    ? `Waits 24 hours; until then ${now}.`
    : `${limitRule(field).tighter === 'lower' ? 'Lower' : 'Higher'} than ${now}: acts at once.`;
}
