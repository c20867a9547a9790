// The calculator's answer in words and figures, from the same computation as the insurance strategy: it insures for the
// low end of the win probability and stays within the player's limits. Pure.
import type { Assessment } from '@/lib/decision/assess';
import type { InputError } from '@/lib/risk/input-error';
import type { Profile } from '@/lib/risk/profile';
import { timesRoundedDown } from '@/lib/risk/amounts';
import { computeStakeCeiling } from '@/lib/risk/risk-manager';
import type { Conditions } from '@/lib/risk/venue';
import { sol, solAbout } from '@/lib/risk/words';
import { computeInsurance, type Insurance } from '@/lib/strategy/insurance';
import { formatPercent } from '@/lib/units/format';
import { formatSol, lamports, type Lamports } from '@/lib/units/lamports';
import { ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';

export type InsuranceAnswer = {
  readonly stakeLamports: Lamports;
  readonly stake: string;
  readonly sentence: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly selling: string;
};

export function answerInsurance({
  assessment,
  profile,
  conditions,
  positionLamports,
  now,
}: {
  assessment: Assessment;
  profile: Profile;
  conditions: Conditions;
  positionLamports: Lamports;
  now: EpochMs;
}): Result<InsuranceAnswer, InputError> {
  const { minStakeLamports, stakeStepLamports } = conditions.venue;
  const terms = {
    bankrollLamports: profile.bankrollLamports,
    positionLamports,
    winProbability: assessment.winProbability.lower,
    payout: assessment.payout,
    stakeStepLamports,
  };
  const limitLamports = computeStakeCeiling({ assessment, profile, conditions, now });
  const limited = computeInsurance({ ...terms, ceilingLamports: limitLamports });
  if (!limited.ok) return limited;
  // Less than the venue takes is no bet.
  const isTooSmall = limited.value.stakeLamports > 0n && limited.value.stakeLamports < minStakeLamports;
  const insurance = isTooSmall ? computeInsurance({ ...terms, ceilingLamports: lamports(0n) }) : limited;
  if (!insurance.ok) return insurance;
  const { stakeLamports } = insurance.value;
  return ok({
    stakeLamports,
    stake: formatSol(stakeLamports),
    sentence: sentenceFor(insurance.value, { minStakeLamports, isTooSmall }),
    rows: [...stakedRows(insurance.value, positionLamports), thresholdRow(insurance.value, profile)],
    selling: sellingSentence(insurance.value, { positionLamports, hasEdge: terms.payout * terms.winProbability > 1 }),
  });
}

function sentenceFor(
  { stakeLamports, unlimitedStakeLamports, gainLamports }: Insurance,
  { minStakeLamports, isTooSmall }: { minStakeLamports: Lamports; isTooSmall: boolean },
): string {
  if (unlimitedStakeLamports === 0n)
    return 'The position is too small beside your bankroll: insuring it costs more than it is worth.';
  const best = solAbout(unlimitedStakeLamports);
  if (isTooSmall) return `Best would be ${best}, and the venue takes at least ${sol(minStakeLamports)}: leave it.`;
  if (stakeLamports === 0n) return `Best would be ${best}, but your limits leave no room for a bet.`;
  const worth = `Worth ${solAbout(gainLamports)} for sure to you, by evening out what you may end up with.`;
  return stakeLamports < unlimitedStakeLamports
    ? `${worth} Best would be ${best}; this is what your limits allow.`
    : worth;
}

function stakedRows(insurance: Insurance, positionLamports: Lamports): InsuranceAnswer['rows'] {
  const { stakeLamports, expectedProfitLamports: profit, ifRugLamports, ifNoRugLamports } = insurance;
  if (stakeLamports === 0n) return [{ label: 'Uninsured, a rug costs', value: sol(positionLamports) }];
  return [
    profit < 0n
      ? { label: 'Costs on average', value: solAbout(lamports(-profit)) }
      : { label: 'Earns on average', value: solAbout(profit) },
    {
      label: 'If it rugs within 40 ticks',
      value: `${signed(ifRugLamports)}, uninsured ${signed(lamports(-positionLamports))}`,
    },
    { label: 'If it does not', value: signed(ifNoRugLamports) },
  ];
}

function thresholdRow({ thresholdRatio }: Insurance, { bankrollLamports }: Profile): InsuranceAnswer['rows'][number] {
  const label = 'Worth it from a position of';
  if (thresholdRatio <= 0) return { label, value: 'any size' };
  const least = timesRoundedDown(bankrollLamports, thresholdRatio);
  return { label, value: `${solAbout(least)}, ${formatPercent(thresholdRatio)} of your bankroll` };
}

/** At no positive EV nothing bought for the position is worth more than the position sold. */
function sellingSentence(
  { stakeLamports, insuredLamports }: Insurance,
  { positionLamports, hasEdge }: { positionLamports: Lamports; hasEdge: boolean },
): string {
  const worth = `${solAbout(insuredLamports)} for sure to you${stakeLamports > 0n ? ', insured' : ''}`;
  if (hasEdge) return `This bet gains on average: it stands by itself, sold or held. Holding is worth ${worth}.`;
  return `Selling beats insuring: it keeps ${sol(positionLamports)} for certain, while holding is worth ${worth}. Insure only what you mean to hold.`;
}

function signed(amount: Lamports): string {
  return `${amount > 0n ? '+' : ''}${sol(amount)}`;
}
