// The last word on every bet: runs all guards in order and returns every refusal, the first one being the headline.
// It may not be bypassed and knows no strategy. The ranker, the bet ticket and the server at placement call it.
import { lamports, type Lamports } from '@/lib/units/lamports';
import { floorToStep, smallest } from '@/lib/risk/amounts';
import { STAKE_GUARDS, STATE_GUARDS, type RefusalKind, type RiskInput } from '@/lib/risk/guards';
import { sol } from '@/lib/risk/words';

export type Refusal = {
  readonly rule: string;
  readonly kind: RefusalKind;
  /** One sentence with the numbers, for the player. */
  readonly message: string;
};

/** Every rule a stake would break, in the order of the guards; an empty list lets it pass. */
export function checkRisk(input: RiskInput, stakeLamports: Lamports): readonly Refusal[] {
  const refusals: Refusal[] = [];
  for (const { rule, kind, refuse } of STATE_GUARDS) {
    const message = refuse(input);
    if (message !== null) refusals.push({ rule, kind, message });
  }
  for (const guard of STAKE_GUARDS) {
    if (stakeLamports <= guard.headroomLamports(input)) continue;
    refusals.push({ rule: guard.rule, kind: guard.kind, message: guard.explain(input, stakeLamports) });
  }
  const { minStakeLamports } = input.conditions.venue;
  if (stakeLamports < minStakeLamports) {
    const message = `The venue takes at least ${sol(minStakeLamports)} a bet, not ${sol(stakeLamports)}.`;
    refusals.push({ rule: 'venue-minimum', kind: 'size', message });
  }
  return refusals;
}

/** What stands in the way of any bet whatever, found by asking for the smallest one the venue takes. */
export function checkAnyBet(input: RiskInput): readonly Refusal[] {
  return checkRisk(input, input.conditions.venue.minStakeLamports);
}

/**
 * The largest stake, in steps of the venue, that every stake rule lets through; 0 when even the venue's smallest is too
 * much. State rules (an open bet, a stale feed …) are not in it: they refuse whatever the stake.
 */
export function computeStakeCeiling(input: RiskInput): Lamports {
  let ceiling: bigint = input.conditions.venue.maxStakeLamports;
  for (const guard of STAKE_GUARDS) ceiling = smallest(ceiling, guard.headroomLamports(input));
  const { minStakeLamports, stakeStepLamports } = input.conditions.venue;
  const stepped = floorToStep(ceiling, stakeStepLamports);
  return stepped < minStakeLamports ? lamports(0n) : stepped;
}
