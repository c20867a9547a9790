// The payout multiple in force, as the feed's own side bets name it. One odd bet must not move break-even for everybody.
import { DEFAULT_PAYOUT_MULTIPLE } from '@/lib/game/rules';

/** Side bets in a row that must name a new multiple before it is believed. */
const CONFIRMATIONS = 3;

export function createPayoutTracker(initial: number = DEFAULT_PAYOUT_MULTIPLE): {
  observe(payoutMultiple: number): void;
  current(): number;
} {
  let current = initial;
  let candidate = initial;
  let seen = 0;
  return {
    observe(payoutMultiple) {
      if (!(payoutMultiple > 1)) return; // At 1 or less a win pays nothing: no such bet is offered.
      seen = payoutMultiple === candidate ? seen + 1 : 1;
      candidate = payoutMultiple;
      if (seen >= CONFIRMATIONS) current = candidate;
    },
    current: () => current,
  };
}
