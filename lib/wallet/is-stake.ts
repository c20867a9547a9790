// Whether a transaction is the stake of one bet and nothing else: what a browser holds what it was given to sign against, before
// the wallet is asked. The server checks what comes back; this is for a player who need not trust the server. Pure.
import { describeTransaction } from '@/lib/wallet/describe-transaction';
import type { Lamports } from '@/lib/units/lamports';

export type StakeToSign = {
  readonly betId: string;
  /** As the player asked for it. */
  readonly lamports: Lamports;
};

/** One transfer of just that amount from the player, one memo that names the bet, and the player pays the fee. */
export function isStake(transaction: Uint8Array, { betId, lamports }: StakeToSign, player: string): boolean {
  const content = describeTransaction(transaction);
  if (content?.feePayer !== player || content.steps.length !== 2) return false;
  const [transfer, memo] = content.steps;
  const isPaid =
    transfer?.kind === 'transfer' &&
    transfer.from === player &&
    transfer.to !== player &&
    transfer.lamports === lamports;
  return isPaid && memo?.kind === 'memo' && memo.text === `fortytick:bet:${betId}`;
}
