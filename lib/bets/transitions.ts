// The state machine of a bet, in one table: from which states an event may come, and where it leads. Everything else is
// refused with a TransitionError. docs/bets.md draws it.
import type { BetEventType } from '@/lib/bets/bet-event';
import type { BetState } from '@/lib/bets/bet';

type Transition = {
  /** `none`: no bet yet. */
  readonly from: readonly (BetState | 'none')[];
  /** Null: the state stays. */
  readonly to: BetState | null;
};

export const TRANSITIONS: Readonly<Record<BetEventType, Transition>> = {
  prepared: { from: ['none'], to: 'prepared' },
  submitted: { from: ['prepared'], to: 'submitted' },
  activated: { from: ['submitted'], to: 'active' },
  // A stake may become final in any state after it was taken, and for a late one after the bet is void.
  'stake-finalized': { from: ['active', 'won', 'lost', 'void'], to: null },
  // From `lost`: the window seemed to pass, and then the confirmed game says otherwise.
  won: { from: ['active', 'lost'], to: 'won' },
  lost: { from: ['active'], to: 'lost' },
  // From `won` and `lost` only when the chain took the stake back; from `expired` when the stake arrived after all.
  voided: { from: ['submitted', 'active', 'won', 'lost', 'expired'], to: 'void' },
  paid: { from: ['won'], to: 'paid' },
  refunded: { from: ['void'], to: 'refunded' },
  expired: { from: ['prepared', 'submitted'], to: 'expired' },
};
