// Conservative progression: 1, 1, 2, 3, 5 units after each loss in a row, and a hard stop after five. At payout 5 a win
// at any step more than makes good the losses before it; five losses in a row end it.
import { decideLadder, type Ladder } from '@/lib/strategy/ladder';
import type { Strategy } from '@/lib/strategy/strategy';

/** Twelve units; about 37 % of ladders are lost whole at the published hazard, which is why the share below is small. */
export const FIBONACCI_LADDER: Ladder = { multiples: [1, 1, 2, 3, 5], ladderFraction: 0.05 };

export const conservativeProgression: Strategy = {
  id: 'conservative-progression',
  name: 'Conservative progression',
  tier: 'conservative',
  summary: 'Stakes 1, 1, 2, 3, 5 units after losses in a row, at most 5 % of the bankroll in all, then stops.',
  parameters: { steps: FIBONACCI_LADDER.multiples.length, ladderFraction: FIBONACCI_LADDER.ladderFraction },
  decide: (context) => decideLadder(context, FIBONACCI_LADDER),
};
