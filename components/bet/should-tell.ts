// Which steps of a bet are worth a toast and a sound. Pure. What the player just did themselves is on the ticket already.
import type { BetChange } from '@/components/bets-live/bets-store';
import type { BetState } from '@/lib/bets/bet';

const TOLD: readonly BetState[] = ['won', 'lost', 'void', 'paid', 'refunded', 'expired'];

export function shouldTell({ from, to }: BetChange): boolean {
  if (!TOLD.includes(to.state) || from?.state === to.state) return false;
  // Taken back by the player.
  return to.reason?.code !== 'refused';
}

export type BetSound = 'active' | 'won' | 'lost';

const SOUNDS: Partial<Record<BetState, BetSound>> = { active: 'active', won: 'won', lost: 'lost', paid: 'won' };

/** At most one for each of: the bet runs, it won, it lost. */
export function soundOf({ from, to }: BetChange): BetSound | null {
  const sound = SOUNDS[to.state] ?? null;
  return from && SOUNDS[from.state] === sound ? null : sound;
}
