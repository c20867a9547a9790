// What is known of a game means for a bet on it: won, lost, or nothing yet. The rule itself is in lib/game/rules; here is
// when it may be applied, and what a confirmed result still corrects. Pure; the engine calls it, and a proof page may.
import type { Bet } from '@/lib/bets/bet';
import type { BetEvent } from '@/lib/bets/bet-event';
import { sideBetWins } from '@/lib/game/rules';
import { assertNever } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';

/**
 * `alive`: the game was seen at this tick, so it had not rugged before it. `ended`: it rugged there, as the feed's history
 * confirmed or as was seen live and never contradicted.
 */
export type GameKnowledge =
  { readonly kind: 'alive'; readonly tick: number } | { readonly kind: 'ended'; readonly rugTick: number };

/** Null when it changes nothing. */
export function settleBet(
  bet: Pick<Bet, 'state' | 'startTick' | 'endTick'>,
  known: GameKnowledge,
  at: EpochMs,
): Extract<BetEvent, { type: 'won' | 'lost' }> | null {
  const { state, startTick, endTick } = bet;
  if ((state !== 'active' && state !== 'lost') || startTick === null || endTick === null) return null;
  switch (known.kind) {
    case 'alive':
      // One tick more than needed: the last tick shown before a rug may still be corrected.
      if (state === 'lost' || known.tick <= endTick + 1) return null;
      return { type: 'lost', payload: { rugTick: null }, occurredAt: at };
    case 'ended': {
      const { rugTick } = known;
      if (sideBetWins({ startTick, rugTick })) return { type: 'won', payload: { rugTick }, occurredAt: at };
      return state === 'lost' ? null : { type: 'lost', payload: { rugTick }, occurredAt: at };
    }
    default:
      return assertNever(known);
  }
}
