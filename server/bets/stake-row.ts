// The row of a stake's transaction, as the newest report leaves it. A transaction that the wallet sent by itself has none
// until it is seen; it then begins here, without bytes. Pure.
import type { BetTransaction, BetTransactionStatus } from '@/lib/bets/bet-transaction';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';
import type { StoredBet } from '@/server/bets/store/bet-store';

/** No row where there is no chain. */
export function stakeRow(
  { bet, transactions }: StoredBet,
  {
    signature,
    now,
    status,
    feeLamports,
  }: {
    readonly signature: string | null;
    readonly now: EpochMs;
    readonly status: BetTransactionStatus;
    readonly feeLamports?: Lamports;
  },
): readonly BetTransaction[] {
  if (signature === null) return [];
  const before = transactions.find((row) => row.signature === signature) ?? {
    signature,
    betId: bet.betId,
    role: 'stake' as const,
    attempt: 1 + transactions.filter(({ role }) => role === 'stake').length,
    bytes: null,
    lastValidBlockHeight: null,
    slot: null,
    feeLamports: null,
    sentAt: now,
    confirmedAt: null,
    finalizedAt: null,
  };
  const landed = status === 'confirmed' || status === 'finalized';
  return [
    {
      ...before,
      status,
      feeLamports: feeLamports ?? before.feeLamports,
      confirmedAt: landed ? (before.confirmedAt ?? now) : before.confirmedAt,
      finalizedAt: status === 'finalized' ? now : before.finalizedAt,
    },
  ];
}
