// The double-entry ledger: every movement of a stake is a posting of lines whose sum is zero, booked once. Pure; the
// store writes postings in the transaction of the event they belong to, and the database checks the sum again.
import type { VenueId } from '@/lib/bets/bet';
import { lamports, type Lamports } from '@/lib/units/lamports';

/**
 * `wallet`: what a player's wallet gave (negative) and got back. `escrow`: stakes of bets not settled. `house`: the venue's
 * own. `fees`: what transactions cost. `funding`: where the house's money came from. `unidentified`: arrived at the venue
 * and belongs to no bet. Paper and the game's own site (`site`) have accounts of their own: no chain stands behind them.
 * On the practice chain the venue's one address holds escrow, house and unidentified together.
 */
export type LedgerAccount =
  | `wallet:${string}`
  | 'escrow'
  | 'house'
  | 'fees'
  | 'funding'
  | 'unidentified'
  | `paper:${string}`
  | 'paper-escrow'
  | 'paper-house'
  | `site:${string}`
  | 'site-escrow'
  | 'site-house';

export type LedgerLine = { readonly account: LedgerAccount; readonly lamports: Lamports };

export type Posting = {
  /** What it books, once and for ever: "stake:<signature>". A second with the same name is not booked. */
  readonly name: string;
  readonly lines: readonly LedgerLine[];
  readonly betId: string | null;
  readonly signature: string | null;
};

/** The accounts a bet of this venue moves money between. */
export function betAccounts(
  venue: VenueId,
  accountId: string,
): { readonly player: LedgerAccount; readonly escrow: LedgerAccount; readonly house: LedgerAccount } {
  switch (venue) {
    case 'practice':
      return { player: `wallet:${accountId}`, escrow: 'escrow', house: 'house' };
    case 'paper':
      return { player: `paper:${accountId}`, escrow: 'paper-escrow', house: 'paper-house' };
    case 'assisted':
      return { player: `site:${accountId}`, escrow: 'site-escrow', house: 'site-house' };
  }
}

/** Throws for lines that do not sum to zero: that is a bug, not a condition. */
export function createPosting(posting: Posting): Posting {
  const sum = posting.lines.reduce((total, line) => total + line.lamports, 0n);
  if (sum !== 0n) throw new Error(`the posting ${posting.name} sums to ${sum} lamports`);
  return { ...posting, lines: posting.lines.filter((line) => line.lamports !== lamports(0n)) };
}
