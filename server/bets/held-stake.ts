// What the ledger says of one bet: what it holds in escrow, and what was booked for its stake. Pure; every step that moves
// money asks here, so that amounts follow from what was booked and from nothing else.
import { betAccounts } from '@/lib/ledger/ledger';
import { stakePostingName } from '@/lib/ledger/postings';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { LedgerEntry, StoredBet } from '@/server/bets/store/bet-store';

/** In escrow for this bet now. */
export function heldOf({ bet, entries }: StoredBet): Lamports {
  const { escrow } = betAccounts(bet.venue, bet.accountId);
  return sum(entries.filter(({ account }) => account === escrow));
}

/** What the house took from the bet when it was lost, unless that was undone; 0 otherwise. */
export function lostOf({ bet, entries }: StoredBet): Lamports {
  const { house } = betAccounts(bet.venue, bet.accountId);
  const names = [`lost:${bet.betId}`, `not-lost:${bet.betId}`];
  return sum(entries.filter(({ account, posting }) => account === house && names.includes(posting)));
}

/** Whether any stake of the bet was ever booked. */
export function hasStake({ entries }: StoredBet): boolean {
  return entries.some(({ posting }) => posting.startsWith('stake:'));
}

/** What was booked for the stake of this transaction; null when it was not. */
export function bookedStake(
  { bet, entries }: StoredBet,
  signature: string | null,
): { readonly lamports: Lamports; readonly feeLamports: Lamports } | null {
  const { escrow } = betAccounts(bet.venue, bet.accountId);
  const own = entries.filter(({ posting }) => posting === stakePostingName(bet.betId, signature));
  if (own.length === 0) return null;
  return {
    lamports: sum(own.filter(({ account }) => account === escrow)),
    feeLamports: sum(own.filter(({ account }) => account === 'fees')),
  };
}

export function isBooked({ entries }: StoredBet, posting: string): boolean {
  return entries.some((entry) => entry.posting === posting);
}

function sum(entries: readonly LedgerEntry[]): Lamports {
  return lamports(entries.reduce((total, entry) => total + entry.lamports, 0n));
}
