// Why a bet expired or is void, told to its player: what happened, and where the money is.
import type { Bet, ExpiryReason, VoidReason } from '@/lib/bets/bet';

export function reasonWords({ reason, state }: Pick<Bet, 'reason' | 'state'>): string | null {
  if (reason === null) return null;
  const happened = WORDS[reason];
  if (state === 'expired' || reason === 'stake-gone') return happened;
  return `${happened} ${state === 'refunded' ? 'Your stake was given back.' : 'Your stake is on its way back.'}`;
}

const WORDS: Record<ExpiryReason | VoidReason, string> = {
  'not-submitted': 'It was not signed in time. Nothing was taken.',
  refused: 'You took it back before signing. Nothing was taken.',
  'never-landed': 'Its transaction never reached the chain, and never can any more. Nothing was taken.',
  'failed-on-chain': 'The chain refused its transaction. The stake was not taken; the chain kept its fee.',
  'not-seen': 'The feed never showed this bet on the game’s own site, so nothing is counted.',
  'game-ended': 'The game had ended when your stake was confirmed.',
  'too-late': 'Your stake was confirmed more than 30 s after you submitted it.',
  'feed-stale': 'The feed was not live when your stake was confirmed, so that no tick could be named.',
  'late-stake': 'Your stake arrived after the bet had expired.',
  'stake-gone': 'The chain took your stake’s transaction back. Nothing was taken.',
  'no-result': 'How the game ended never became known.',
  'wrong-amount': 'The stake that arrived is not the one you were asked for.',
  'second-stake': 'It was sent for a bet that had its stake already, or was over.',
};
