// What became of a bet, in five words: a state and what follows it count as one. Pure; figures, lists and proofs use it.
import type { BetState } from '@/lib/bets/bet';

export type BetOutcome = 'won' | 'lost' | 'void' | 'open' | 'expired';

export const OUTCOME_OF: Readonly<Record<BetState, BetOutcome>> = {
  prepared: 'open',
  submitted: 'open',
  active: 'open',
  won: 'won',
  paid: 'won',
  lost: 'lost',
  void: 'void',
  refunded: 'void',
  expired: 'expired',
};
