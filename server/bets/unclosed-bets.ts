// The bets that are not closed, as this process last saw them: what timeouts, settlement and the live channel go by. The
// record has the last word: whatever is decided is decided there, and other nodes change it too, so that this is refreshed.
// Holds what the record holds open, one a player, and never more than it (see UNCLOSED_MAX).
import type { Bet } from '@/lib/bets/bet';
import { toBetView } from '@/lib/bets/to-bet-view';
import type { BetView } from '@/lib/protocol/bets-api';
import type { StoredBet } from '@/server/bets/store/bet-store';

export type BetListener = (bet: Bet, view: BetView) => void;

export type UnclosedBets = {
  /** Takes what the record says, unless something newer is known; tells listeners of what changed. True if it was news. */
  take(stored: StoredBet): boolean;
  get(betId: string): StoredBet | undefined;
  all(): readonly StoredBet[];
  ofAccount(accountId: string): readonly StoredBet[];
  onChange(listener: BetListener): void;
};

export function createUnclosedBets({ onFault }: { onFault: (error: unknown) => void }): UnclosedBets {
  const bets = new Map<string, StoredBet>();
  const listeners: BetListener[] = [];

  function tell({ bet, transactions }: StoredBet): void {
    const view = toBetView(bet, transactions);
    for (const listener of listeners) {
      try {
        listener(bet, view);
      } catch (error) {
        onFault(error);
      }
    }
  }

  return {
    take(stored) {
      const { bet } = stored;
      const known = bets.get(bet.betId);
      if (known && (known.bet.version > bet.version || isSame(known, stored))) return false;
      if (bet.closedAt === null) bets.set(bet.betId, stored);
      else bets.delete(bet.betId);
      tell(stored);
      return true;
    },
    get: (betId) => bets.get(betId),
    all: () => [...bets.values()],
    ofAccount: (accountId) => [...bets.values()].filter(({ bet }) => bet.accountId === accountId),
    onChange: (listener) => void listeners.push(listener),
  };
}

function isSame(known: StoredBet, stored: StoredBet): boolean {
  if (known.bet.version !== stored.bet.version) return false;
  const status = ({ transactions }: StoredBet) =>
    transactions.map((row) => `${row.signature} ${row.status}`).join('\n');
  return status(known) === status(stored);
}
