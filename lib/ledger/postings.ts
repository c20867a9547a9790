// Every movement of money there is, as a posting. Amounts are what the chain or the venue says moved; what a bet holds in
// escrow is what was booked for it before. Pure; the engine and the venues book them, and tests hold them to sum zero.
import type { Bet } from '@/lib/bets/bet';
import { betAccounts, createPosting, type LedgerAccount, type LedgerLine, type Posting } from '@/lib/ledger/ledger';
import { lamports, type Lamports } from '@/lib/units/lamports';

type BetOfLedger = Pick<Bet, 'betId' | 'accountId' | 'venue'>;
type OnChain = { readonly signature: string | null; readonly feeLamports: Lamports };

/** The name under which a stake is booked: that of its transaction, or of the bet where there is none. */
export function stakePostingName(betId: string, signature: string | null): string {
  return `stake:${signature ?? betId}`;
}

/** The stake has been taken, and the player paid the fee of it. */
export function stakeTaken(bet: BetOfLedger, { lamports: taken, signature, feeLamports }: Moved): Posting {
  const { player, escrow } = betAccounts(bet.venue, bet.accountId);
  return createPosting({
    name: stakePostingName(bet.betId, signature),
    lines: [line(player, -taken - feeLamports), line(escrow, taken), line('fees', feeLamports)],
    betId: bet.betId,
    signature,
  });
}

type Moved = OnChain & { readonly lamports: Lamports };

/** The chain took the stake back, its fee too: as if it had never been. */
export function stakeVanished(bet: BetOfLedger, { lamports: taken, signature, feeLamports }: Moved): Posting {
  const { player, escrow } = betAccounts(bet.venue, bet.accountId);
  return createPosting({
    name: `vanished:${signature ?? bet.betId}`,
    lines: [line(player, taken + feeLamports), line(escrow, -taken), line('fees', -feeLamports)],
    betId: bet.betId,
    signature,
  });
}

/** The player's transaction failed on the chain, which kept the fee. */
export function feeLost(bet: BetOfLedger, { signature, feeLamports }: OnChain): Posting {
  const { player } = betAccounts(bet.venue, bet.accountId);
  return createPosting({
    name: `fee:${signature ?? bet.betId}`,
    lines: [line(player, -feeLamports), line('fees', feeLamports)],
    betId: bet.betId,
    signature,
  });
}

/** The house keeps what the bet held in escrow. */
export function stakeLost(bet: BetOfLedger, held: Lamports): Posting {
  const { escrow, house } = betAccounts(bet.venue, bet.accountId);
  return createPosting({
    name: `lost:${bet.betId}`,
    lines: [line(escrow, -held), line(house, held)],
    betId: bet.betId,
    signature: null,
  });
}

/** A bet that was booked as lost is not: the confirmed game says so, or the chain took its stake back. */
export function stakeNotLost(bet: BetOfLedger, held: Lamports): Posting {
  const { escrow, house } = betAccounts(bet.venue, bet.accountId);
  return createPosting({
    name: `not-lost:${bet.betId}`,
    lines: [line(house, -held), line(escrow, held)],
    betId: bet.betId,
    signature: null,
  });
}

/** `held`: what the bet has in escrow. The house adds the winnings and pays the fee. */
export function payoutPaid(bet: BetOfLedger, paid: Moved & { readonly held: Lamports }): Posting {
  return paidBack(`payout:${bet.betId}`, bet, paid);
}

/** What was taken goes back; the house pays the fee. */
export function refundPaid(bet: BetOfLedger, paid: Moved & { readonly held: Lamports }): Posting {
  return paidBack(`refund:${bet.betId}`, bet, paid);
}

function paidBack(
  name: string,
  bet: BetOfLedger,
  { lamports: paid, held, signature, feeLamports }: Moved & { readonly held: Lamports },
): Posting {
  const { player, escrow, house } = betAccounts(bet.venue, bet.accountId);
  return createPosting({
    name,
    lines: [line(escrow, -held), line(house, held - paid - feeLamports), line(player, paid), line('fees', feeLamports)],
    betId: bet.betId,
    signature,
  });
}

/** Money of no bet came to the venue's address, or left it (negative); a fee the venue paid is the house's. */
export function unidentified({ lamports: moved, signature, feeLamports }: Moved & { signature: string }): Posting {
  return createPosting({
    name: `unidentified:${signature}`,
    lines: [
      line('funding', -moved),
      line('unidentified', moved),
      line('house', -feeLamports),
      line('fees', feeLamports),
    ],
    betId: null,
    signature,
  });
}

/** The house's own money moved: funding came, or a transaction of ours failed and cost its fee. */
export function houseMoved({ lamports: moved, signature, feeLamports }: Moved & { signature: string }): Posting {
  return createPosting({
    name: `house:${signature}`,
    lines: [line('funding', -moved), line('house', moved - feeLamports), line('fees', feeLamports)],
    betId: null,
    signature,
  });
}

/** Brings a paper balance from what it is to what it shall be. `n` counts the player's resets from 0, the first start. */
export function paperReset(
  accountId: string,
  { from, to, n }: { readonly from: Lamports; readonly to: Lamports; readonly n: number },
): Posting {
  return createPosting({
    name: `paper:${accountId}:${n}`,
    lines: [line(`paper:${accountId}`, to - from), line('paper-house', from - to)],
    betId: null,
    signature: null,
  });
}

function line(account: LedgerAccount, amount: bigint): LedgerLine {
  return { account, lamports: lamports(amount) };
}
