// A transaction of the chain that belongs to a bet: its stake, its payout or its refund. Written before it is sent.
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type BetTransactionRole = 'stake' | 'payout' | 'refund';
/** `dead`: its blockhash is too old and the finalized chain does not have it: it can never land. */
export type BetTransactionStatus = 'sent' | 'confirmed' | 'finalized' | 'failed' | 'dead';

export type BetTransaction = {
  readonly signature: string;
  readonly betId: string;
  readonly role: BetTransactionRole;
  readonly attempt: number;
  readonly status: BetTransactionStatus;
  /** Signed bytes, for sending again; null for one the wallet sent by itself. */
  readonly bytes: Uint8Array | null;
  readonly lastValidBlockHeight: number | null;
  readonly slot: number | null;
  readonly feeLamports: Lamports | null;
  readonly sentAt: EpochMs;
  readonly confirmedAt: EpochMs | null;
  readonly finalizedAt: EpochMs | null;
};
