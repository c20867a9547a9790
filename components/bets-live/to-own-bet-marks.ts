// Which of the player's bets the chart marks: the newest that was confirmed and not void. Pure.
import type { OwnBetMarks } from '@/components/bets-live/own-bet-marks';
import type { BetState } from '@/lib/bets/bet';
import type { BetView } from '@/lib/protocol/bets-api';

const OUTCOMES: Partial<Record<BetState, OwnBetMarks['outcome']>> = {
  active: 'running',
  won: 'won',
  paid: 'won',
  lost: 'lost',
};

/** `bets` newest first. */
export function toOwnBetMarks(bets: readonly BetView[]): OwnBetMarks | null {
  for (const { state, gameId, startTick, endTick } of bets) {
    const outcome = OUTCOMES[state];
    if (outcome && startTick !== null && endTick !== null) return { gameId, startTick, endTick, outcome };
  }
  return null;
}
