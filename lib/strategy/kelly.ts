// Kelly's stake, what is left of it when the win probability is only an estimate, and the certainty equivalent of any
// side bet for a player with logarithmic utility. Pure arithmetic; derivations in docs/decision-core/strategies.md.
import type { Edge } from '@/lib/strategy/edge';

/**
 * f* = p − (1 − p)/b with b = payout − 1, the share of the bankroll that maximises E[log wealth]; 0 without an edge.
 * Kelly (1956), "A New Interpretation of Information Rate", Bell System Technical Journal 35.
 * Worked values: p = 0.25 at payout 5 → 0.0625; p = 0.18168 at payout 5 → 0.
 */
export function kellyFraction({ winProbability, payout }: { winProbability: number; payout: number }): number {
  return Math.max(0, (payout * winProbability - 1) / (payout - 1));
}

/**
 * The factor k on an estimated Kelly stake that maximises expected growth to second order in the estimate's error:
 * k = e² / (e² + payout² σ²), where e = payout × p − 1 is the estimated EV and σ the standard deviation of p.
 * The form k × f*(estimate) is that of Baker & McHale (2013), Decision Analysis 10(3), 189–199.
 * Worked value: p = 0.25 ± 0.02 at payout 5 → 0.0625 / (0.0625 + 0.01) = 0.862.
 */
export function kellyShrinkage({ expectedValue, payout, deviation }: Edge): number {
  const signal = expectedValue * expectedValue;
  const noise = (payout * deviation) ** 2;
  return signal === 0 ? 0 : signal / (signal + noise);
}

/**
 * What a stake is worth for sure to a player with logarithmic utility: W (exp(E[log(W'/W)]) − 1), in the unit of W.
 * Below the EV for any stake, and −W for staking everything. Worked value: W = 1, x = 0.0625, p = 0.25, payout 5 →
 * 0.25 ln 1.25 + 0.75 ln 0.9375 = 0.0073820, hence 0.0074093.
 */
export function certaintyEquivalent({
  bankroll,
  stake,
  winProbability,
  payout,
}: {
  bankroll: number;
  stake: number;
  winProbability: number;
  payout: number;
}): number {
  if (stake >= bankroll) return -bankroll;
  const won = Math.log1p(((payout - 1) * stake) / bankroll);
  const lost = Math.log1p(-stake / bankroll);
  return bankroll * Math.expm1(winProbability * won + (1 - winProbability) * lost);
}
