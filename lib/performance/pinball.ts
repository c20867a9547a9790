// The pinball loss of a quantile forecast: proper, in the unit of the outcome, smallest on average at the true quantile.
// Source: Koenker & Bassett, Econometrica 46 (1978) 33–50.

/** q (y − x) when the outcome y is above the forecast x, else (1 − q)(x − y). Worked value: q 0.9, x 100, y 80 → 2. */
export function pinballLoss({
  quantile,
  forecast,
  outcome,
}: {
  quantile: number;
  forecast: number;
  outcome: number;
}): number {
  return outcome >= forecast ? quantile * (outcome - forecast) : (1 - quantile) * (forecast - outcome);
}
