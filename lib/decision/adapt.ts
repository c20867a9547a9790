// Performance-driven adaptation: when results, timing or the market turn worse than expected, it draws stakes, thresholds
// and limits tighter and says what it changed and why. It may never loosen a player's own limits: the result is checked
// against them before it is handed out, and again, limit by limit, where it is used. Called after each settled bet.
import { ADAPTATION_RULES, checkPerformance, type Performance, type Reins } from '@/lib/decision/adapt-rules';
import { checkTuning } from '@/lib/decision/recommend-input';
import { inputErr, type InputError } from '@/lib/risk/input-error';
import { largest, smallest } from '@/lib/risk/amounts';
import { validateLimits, type Limits } from '@/lib/risk/profile';
import { NEUTRAL_TUNING } from '@/lib/strategy/strategy';
import { err, ok, type Result } from '@/lib/units/result';

export type AdaptationChange = {
  readonly rule: string;
  /** `limits.maxStakeFraction`, `tuning.stakeScale` … */
  readonly field: string;
  readonly from: number | bigint;
  readonly to: number | bigint;
  /** One sentence with the numbers that caused it. */
  readonly why: string;
};

export type Adaptation = Reins & { readonly changes: readonly AdaptationChange[] };

/**
 * Always starts from the player's own limits, so nothing compounds from one call to the next, and everything returns to
 * the player's own limits once performance has recovered.
 */
export function adapt({
  limits,
  performance,
}: {
  limits: Limits;
  performance: Performance;
}): Result<Adaptation, InputError> {
  const own = validateLimits(limits);
  if (!own.ok) return own;
  const error = checkPerformance(performance);
  if (error) return err(error);
  let reins: Reins = { limits, tuning: NEUTRAL_TUNING };
  const changes: AdaptationChange[] = [];
  for (const rule of ADAPTATION_RULES) {
    const why = rule.judge(performance);
    if (why === null) continue;
    const next = consistent(rule.tighten(reins, performance));
    changes.push(...differences(reins, next).map((difference) => ({ rule: rule.id, ...difference, why })));
    reins = next;
  }
  return validateAdaptation(limits, { ...reins, changes });
}

/** Refuses an adaptation that is impossible or looser than `own` in any field, naming it. */
export function validateAdaptation(own: Limits, adaptation: Adaptation): Result<Adaptation, InputError> {
  const limits = validateLimits(adaptation.limits);
  if (!limits.ok) return limits;
  const error = checkTuning(adaptation.tuning);
  if (error) return err(error);
  const [looser] = differences(
    { limits: tightenLimits(own, adaptation.limits), tuning: adaptation.tuning },
    { limits: adaptation.limits, tuning: adaptation.tuning },
  );
  if (looser) return inputErr('contradiction', looser.field, `${looser.field} would be looser than the player's own.`);
  return ok(adaptation);
}

/** The tighter of two limits, field by field; also the only way an adaptation reaches the risk manager. */
export function tightenLimits(a: Limits, b: Limits): Limits {
  return {
    maxStakeFraction: Math.min(a.maxStakeFraction, b.maxStakeFraction),
    perGameLossLamports: smallest(a.perGameLossLamports, b.perGameLossLamports),
    perSessionLossLamports: smallest(a.perSessionLossLamports, b.perSessionLossLamports),
    maxConsecutiveLosses: Math.min(a.maxConsecutiveLosses, b.maxConsecutiveLosses),
    maxDrawdownFraction: Math.min(a.maxDrawdownFraction, b.maxDrawdownFraction),
    coolingOffMs: Math.max(a.coolingOffMs, b.coolingOffMs),
    minReliability: Math.max(a.minReliability, b.minReliability),
    minBalanceLamports: largest(a.minBalanceLamports, b.minBalanceLamports),
  };
}

/** A game may never lose more than the session: tightening the session's limit tightens the game's with it. */
function consistent({ limits, tuning }: Reins): Reins {
  const perGameLossLamports = smallest(limits.perGameLossLamports, limits.perSessionLossLamports);
  return { limits: { ...limits, perGameLossLamports }, tuning };
}

function differences(before: Reins, after: Reins): { field: string; from: number | bigint; to: number | bigint }[] {
  const found: { field: string; from: number | bigint; to: number | bigint }[] = [];
  const compare = (group: string, from: Record<string, number | bigint>, to: Record<string, number | bigint>) => {
    for (const [name, value] of Object.entries(from)) {
      if (to[name] !== value) found.push({ field: `${group}.${name}`, from: value, to: to[name]! });
    }
  };
  compare('limits', before.limits, after.limits);
  compare('tuning', before.tuning, after.tuning);
  return found;
}
