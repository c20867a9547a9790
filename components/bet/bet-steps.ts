// The way of a bet as a player sees it, and how far along it is. Pure.
import type { BetState } from '@/lib/bets/bet';
import type { BetView } from '@/lib/protocol/bets-api';

export type BetStep = { readonly name: string; readonly standing: 'done' | 'now' | 'ahead' };

/** How many of the steps a bet has behind it. */
const BEHIND: Readonly<Record<BetState, number>> = {
  prepared: 0,
  submitted: 1,
  active: 2,
  won: 3,
  lost: 4,
  void: 3,
  paid: 4,
  refunded: 4,
  expired: 4,
};

export function betSteps({ venue, state }: Pick<BetView, 'venue' | 'state'>): readonly BetStep[] {
  const first = FIRST[venue];
  // On the game's own site the player places it, and the feed's word is the confirmation.
  const names = [first, venue === 'assisted' ? 'seen on the feed' : 'confirmed', 'settled', lastName(state)];
  // What never was confirmed or settled is not told as if it had been.
  const shown =
    state === 'expired' ? [] : state === 'void' || state === 'refunded' ? [first, 'void', lastName(state)] : names;
  const behind = BEHIND[state] - (names.length - shown.length);
  return shown.map((name, index) => {
    if (index === behind) return { name: UNDER_WAY[name] ?? name, standing: 'now' };
    return { name, standing: index < behind ? 'done' : 'ahead' };
  });
}

const FIRST: Readonly<Record<BetView['venue'], string>> = { practice: 'signed', paper: 'placed', assisted: 'prepared' };

/** What is not done does not read as if it were. */
const UNDER_WAY: Readonly<Record<string, string>> = {
  signed: 'to be signed',
  placed: 'to be placed',
  prepared: 'to be prepared',
  confirmed: 'confirming',
  'seen on the feed': 'waiting for the feed',
  settled: 'running',
  paid: 'paying out',
  refunded: 'refunding',
};

function lastName(state: BetState): string {
  if (state === 'lost') return 'closed';
  return state === 'void' || state === 'refunded' ? 'refunded' : 'paid';
}
