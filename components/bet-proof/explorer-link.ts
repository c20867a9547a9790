// Where a transaction can be looked up: an explorer of its cluster, or, for the practice chain, which has none, the bet's own
// page with what that chain says. Pure.
import type { BetProof } from '@/lib/protocol/sessions-api';

/** Null where there is no place to look: no chain is connected, or one nobody has an explorer for. */
export function explorerLink({
  cluster,
  signature,
  betId,
}: {
  cluster: BetProof['cluster'];
  signature: string;
  betId: string;
}): string | null {
  const explorer = `https://explorer.solana.com/tx/${encodeURIComponent(signature)}`;
  switch (cluster) {
    case 'mainnet-beta':
      return explorer;
    case 'devnet':
    case 'testnet':
      return `${explorer}?cluster=${cluster}`;
    case 'practice':
      return `/bets/${encodeURIComponent(betId)}#transactions`;
    case 'unknown':
    case null:
      return null;
  }
}

/** "5Kq3…9xYz" */
export function shortSignature(signature: string): string {
  return signature.length <= 12 ? signature : `${signature.slice(0, 4)}…${signature.slice(-4)}`;
}
