// Gives bets to their venues when it is the venue's turn: to follow the stake of a submitted one, to pay back one that is
// won or void with a final stake. Once for each turn of this process; a hand-over that failed is tried again. A restart
// begins anew with every bet that is not closed, which venues take as it is meant: look what became of it, then go on.
import type { VenueId } from '@/lib/bets/bet';
import { toOwner } from '@/server/account/accounts';
import { owedOf } from '@/server/bets/settle-steps';
import type { BetStore, StoredBet } from '@/server/bets/store/bet-store';
import type { BetOwner, Venue } from '@/server/bets/venue';

type Turn = 'follow' | 'pay';

export type Handover = {
  take(stored: StoredBet): void;
  /** Of all unclosed bets, those whose venue has not been told yet. */
  retry(unclosed: readonly StoredBet[]): void;
};

export function createHandover({
  store,
  venues,
  onFault,
}: {
  store: BetStore;
  venues: ReadonlyMap<VenueId, Venue>;
  onFault: (error: unknown) => void;
}): Handover {
  /** The turn last given, by bet that is not closed. */
  const given = new Map<string, Turn>();

  async function readOwner(accountId: string): Promise<BetOwner> {
    const account = (await store.look({ accounts: [accountId] })).account(accountId);
    if (!account) throw new Error(`The account ${accountId} has a bet that is not closed, and is gone.`);
    return toOwner(account);
  }

  async function give(stored: StoredBet, turn: Turn): Promise<void> {
    const { bet } = stored;
    const venue = venues.get(bet.venue);
    if (!venue) throw new Error(`The bet ${bet.betId} is of the venue ${bet.venue}, which is not open here.`);
    const owner = await readOwner(bet.accountId);
    if (turn === 'follow') venue.follow(bet, owner);
    else venue.payBack(bet, owner, owedOf(stored));
  }

  return {
    take(stored) {
      const { betId, closedAt } = stored.bet;
      if (closedAt !== null) return void given.delete(betId);
      const turn = turnOf(stored);
      if (turn === null || given.get(betId) === turn) return;
      given.set(betId, turn);
      give(stored, turn).catch((error: unknown) => {
        if (given.get(betId) === turn) given.delete(betId);
        onFault(error);
      });
    },
    retry(unclosed) {
      for (const stored of unclosed) this.take(stored);
    },
  };
}

/** Whose turn it is: the venue's to watch a stake until it is final, then to pay; null for nobody's. */
function turnOf({ bet: { state, stakeFinal } }: StoredBet): Turn | null {
  switch (state) {
    case 'won':
    case 'void':
      return stakeFinal ? 'pay' : 'follow';
    case 'submitted':
    case 'active':
    case 'lost':
      return stakeFinal ? null : 'follow';
    default:
      return null;
  }
}
