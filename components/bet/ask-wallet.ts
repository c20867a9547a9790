// Has the wallet sign a prepared stake, after what is signed has been painted. Nothing is sent by the wallet: what it signed is
// kept and handed to the server.
import type { DeskGround } from '@/components/bet/desk-ground';
import type { Intent } from '@/components/bet/desk-state';
import { handOver } from '@/components/bet/hand-over';
import type { PlacedBet } from '@/lib/protocol/bets-api';
import { err } from '@/lib/units/result';
import { walletOutcome } from '@/lib/wallet/outcome';

const NOT_LOADED = walletOutcome('unreachable', { errand: 'transaction', walletName: 'The wallet' });

export async function askWallet(
  ground: DeskGround,
  { intent, placed, transaction }: { intent: Intent; placed: PlacedBet; transaction: string },
): Promise<void> {
  const { painted, sign, accountId, keeper } = ground.parts;
  const errand = ground.begin();
  ground.set({ step: 'signing', intent, placed });
  await painted();
  // The wallet's code may fail to load: an answer like any other.
  const stake = { betId: placed.bet.id, lamports: intent.lamports };
  const signed = await sign(transaction, stake).catch(() => err(NOT_LOADED));
  if (errand.isOver()) return; // Signed out or put away meanwhile.
  if (!signed.ok) return ground.set({ step: 'unsigned', intent, placed, outcome: signed.error });
  const { id, stakeLamports, expiresAt } = placed.bet;
  const kept = { betId: id, accountId: accountId() ?? '', transaction: signed.value, stakeLamports, expiresAt };
  keeper.keep(kept);
  return handOver(ground, kept);
}
