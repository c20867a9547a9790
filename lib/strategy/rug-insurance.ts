// Rug insurance: for a player with an open position, the stake on a rug that is worth most by expected log utility. It may
// be worth buying at negative EV, as any insurance is. It insures for the lower end of the win probability, so
// uncertainty makes it buy less, never more.
import { sol, solAbout } from '@/lib/risk/words';
import { formatPercent } from '@/lib/units/format';
import { computeInsurance, insuranceThreshold } from '@/lib/strategy/insurance';
import { breakEvenSentence, placeStake } from '@/lib/strategy/place-stake';
import type { Strategy } from '@/lib/strategy/strategy';
import { lamports } from '@/lib/units/lamports';

/** Windows in the mean remaining life of a game at the published hazard: 200 ticks of 40. */
const HORIZON_BETS = 5;

export const rugInsurance: Strategy = {
  id: 'rug-insurance',
  name: 'Rug insurance',
  tier: 'mathematical',
  summary: 'Hedges an open position with the stake that is worth most to a player who weighs losses by log utility.',
  parameters: { horizonBets: HORIZON_BETS },
  hedges: true,
  decide(context) {
    const { profile, edge, conditions } = context;
    const { position, bankrollLamports } = profile;
    if (!position) return { action: 'wait', reasons: () => ['You hold no position to insure.'] };
    const insured = computeInsurance({
      bankrollLamports,
      positionLamports: position.valueLamports,
      winProbability: edge.lower,
      payout: edge.payout,
      ceilingLamports: lamports(bankrollLamports - 1n),
      stakeStepLamports: conditions.venue.stakeStepLamports,
    });
    if (!insured.ok) return { action: 'wait', reasons: () => [insured.error.message] };
    const threshold = formatPercent(insuranceThreshold({ winProbability: edge.lower, payout: edge.payout }));
    const share = formatPercent(Number(position.valueLamports) / Number(bankrollLamports));
    if (insured.value.stakeLamports === 0n) {
      const why = `Insurance pays from a position of ${threshold} of your bankroll; yours is ${share}.`;
      return { action: 'wait', reasons: () => [breakEvenSentence(context), why] };
    }
    return placeStake({
      context,
      wantedLamports: insured.value.stakeLamports,
      plan: (stakeLamports) => ({ kind: 'flat', stakeLamports }),
      horizonBets: HORIZON_BETS,
      reasons: (stakeLamports) => [
        breakEvenSentence(context),
        `Your position is ${share} of your bankroll; insurance pays from ${threshold} on.`,
        stakeLamports < insured.value.stakeLamports
          ? `Best would be ${solAbout(insured.value.stakeLamports)}; your limits allow ${sol(stakeLamports)}.`
          : `A rug would cost ${solAbout(position.valueLamports)}; this stake is the best balance.`,
        'Selling the position keeps its value for certain: insure only what you mean to hold.',
      ],
    });
  },
};
