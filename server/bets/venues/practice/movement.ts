// What a transaction of the venue's address is: a stake, a payment of ours, the house's own money, or none of these. Pure:
// what the record and the chain know comes in. Called by watch-venue for every transaction it has not met before.
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import type { Address, AddressSignature, LandedTransaction, Signature } from '@/server/chain/chain';
import { parseMemo } from '@/server/bets/venues/practice/memo';
import { readTransferLamports } from '@/server/bets/venues/practice/transfer-message';
import type { BetOfMemo } from '@/server/bets/venues/practice/venue-store';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type Movement =
  | { readonly kind: 'stake'; readonly betId: string; readonly lamports: Lamports; readonly feeLamports: Lamports }
  /** It landed as failed: the player's fee is gone, and nothing came. */
  | { readonly kind: 'stake-failed'; readonly betId: string; readonly feeLamports: Lamports }
  | { readonly kind: 'pay-back'; readonly betId: string; readonly lamports: Lamports; readonly feeLamports: Lamports }
  | { readonly kind: 'pay-back-failed'; readonly betId: string; readonly feeLamports: Lamports }
  | { readonly kind: 'house'; readonly lamports: Lamports; readonly feeLamports: Lamports }
  | { readonly kind: 'unidentified'; readonly lamports: Lamports; readonly feeLamports: Lamports }
  /** It failed, and was none of ours. */
  | { readonly kind: 'nothing' };

/** One signature, no priority fee: what each of our transactions costs, by the protocol. */
export const TRANSACTION_FEE_LAMPORTS = lamports(5_000n);
const NONE = lamports(0n);

export type Knowledge = {
  readonly venue: Address;
  /** Where the practice chain's airdrops come from. */
  readonly faucet: Address | null;
  readonly stored: ReadonlyMap<Signature, BetTransaction>;
  readonly bets: ReadonlyMap<string, BetOfMemo>;
};

/** A transaction that the record knows, by its signature: what it does was written or checked before it was sent. */
export function identifyStored(
  entry: Pick<AddressSignature, 'signature' | 'failed'>,
  stored: BetTransaction,
  { bets }: Pick<Knowledge, 'bets'>,
): Movement | null {
  const { betId, role } = stored;
  const feeLamports = TRANSACTION_FEE_LAMPORTS;
  if (role !== 'stake') {
    if (entry.failed) return { kind: 'pay-back-failed', betId, feeLamports };
    return { kind: 'pay-back', betId, lamports: readTransferLamports(stored.bytes!), feeLamports };
  }
  // Sent by the wallet itself: its amount and its fee are what the chain says.
  const bet = bets.get(betId);
  if (stored.bytes === null || !bet) return null;
  if (entry.failed) return { kind: 'stake-failed', betId, feeLamports };
  return { kind: 'stake', betId, lamports: bet.stakeLamports, feeLamports };
}

/** Any other: by what it moved, who paid for it, and its memo. */
export function identifyLanded(landed: LandedTransaction, knowledge: Knowledge): Movement {
  const { venue, stored } = knowledge;
  const known = stored.get(landed.signature);
  if (landed.failed) {
    if (known?.role === 'stake') return { kind: 'stake-failed', betId: known.betId, feeLamports: landed.feeLamports };
    return landed.feePayer === venue ? moved('unidentified', landed, venue) : { kind: 'nothing' };
  }
  const memos = landed.memos.flatMap((text) => parseMemo(text) ?? []);
  const [memo] = memos;
  const received = landed.changes.get(venue) ?? 0n;
  if (memos.length === 1 && memo?.purpose === 'bet' && received > 0n) {
    const bet = knowledge.bets.get(memo.betId);
    if (bet && isFrom(landed, bet.publicKey, received)) {
      return {
        kind: 'stake',
        betId: memo.betId,
        lamports: lamports(received),
        feeLamports: landed.feePayer === bet.publicKey ? landed.feeLamports : NONE,
      };
    }
  }
  const isFunding = memo?.purpose === 'fund' || landed.feePayer === knowledge.faucet;
  if (isFunding && received > 0n) return moved('house', landed, venue);
  return moved('unidentified', landed, venue);
}

/** What it did to the balance of the venue's address. */
export function venueChange(movement: Movement): bigint {
  switch (movement.kind) {
    case 'stake':
      return movement.lamports;
    case 'pay-back':
      return -movement.lamports - movement.feeLamports;
    case 'pay-back-failed':
      return -movement.feeLamports;
    case 'house':
    case 'unidentified':
      return movement.lamports - movement.feeLamports;
    case 'stake-failed':
    case 'nothing':
      return 0n;
  }
}

/** The player's wallet gave at least what came. */
function isFrom({ changes }: LandedTransaction, player: Address | null, received: bigint): boolean {
  return player !== null && (changes.get(player) ?? 0n) <= -received;
}

function moved(kind: 'house' | 'unidentified', landed: LandedTransaction, venue: Address): Movement {
  const change = landed.changes.get(venue) ?? 0n;
  const feeLamports = landed.feePayer === venue ? landed.feeLamports : NONE;
  if (change === 0n && feeLamports === 0n) return { kind: 'nothing' };
  return { kind, lamports: lamports(change + feeLamports), feeLamports };
}
