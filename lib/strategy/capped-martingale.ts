// Capped martingale: each stake grows just enough that a win makes good the streak and earns the first stake's win, up to
// a cap on steps and on the whole ladder's cost. The cap is what a losing streak costs; no cap would be ruin.
import { decideLadder, type Ladder } from '@/lib/strategy/ladder';
import type { Strategy, StrategyContext } from '@/lib/strategy/strategy';

/** Ten losses in a row happen to 13.5 % of ladders at the published hazard. */
const STEPS = 10;
/** Most of the bankroll that one ladder may lose. */
const LADDER_FRACTION = 0.1;
/** Units in the first stake: the smallest number that keeps 1.25 × steps apart after rounding down. */
const FIRST_UNITS = 4;
/** Small payouts grow so fast that a ladder of more units than this has no first stake worth placing. */
const UNITS_MAX = 10_000;

export const cappedMartingale: Strategy = {
  id: 'capped-martingale',
  name: 'Capped martingale',
  tier: 'aggressive',
  summary: 'Raises the stake after each loss to win it back, for at most ten losses and 10 % of the bankroll.',
  parameters: { steps: STEPS, ladderFraction: LADDER_FRACTION },
  decide: (context: StrategyContext) => decideLadder(context, martingaleLadder(context.edge.payout)),
};

/**
 * Stakes growing by r = payout / (payout − 1): with S the sum of k lost stakes s, sr, …, sr^(k−1), a win at step k earns
 * (payout − 1) s r^k − S = (payout − 1) s whatever k is. Rounded down to whole units, so a win earns a little less.
 * Worked value: payout 5 → r = 1.25, units 4, 5, 6, 7, 9, 12, 15, 19, 23, 29 (129 in all).
 */
export function martingaleLadder(payout: number): Ladder {
  const growth = payout / (payout - 1);
  const multiples: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const units = Math.floor(FIRST_UNITS * growth ** step);
    if (units > UNITS_MAX) break;
    multiples.push(units);
  }
  return { multiples, ladderFraction: LADDER_FRACTION };
}
