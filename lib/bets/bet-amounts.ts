// What a bet pays and what it brought its player. Pure; the engine, the sessions and the tests count with these.
import type { Bet } from '@/lib/bets/bet';
import { winningsOf } from '@/lib/risk/amounts';
import { lamports, type Lamports } from '@/lib/units/lamports';

/** Stake and winnings together: 5 × the stake at the usual payout. */
export function payoutOf({ stakeLamports, payout }: Pick<Bet, 'stakeLamports' | 'payout'>): Lamports {
  return lamports(stakeLamports + winningsOf(stakeLamports, payout));
}

/** Won minus lost, once that is decided; null for a bet that is open, void or expired. */
export function netOf(bet: Pick<Bet, 'state' | 'stakeLamports' | 'payout'>): Lamports | null {
  switch (bet.state) {
    case 'won':
    case 'paid':
      return winningsOf(bet.stakeLamports, bet.payout);
    case 'lost':
      return lamports(-bet.stakeLamports);
    default:
      return null;
  }
}
