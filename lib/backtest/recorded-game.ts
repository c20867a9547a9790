// A finished game as the backtester takes it, and the replaying of it through the feature tracker. The reader of files
// makes it from any of the formats it knows; simulations make it directly.
import type { FeatureTable } from '@/lib/hazard/feature-table';
import type { FeatureTracker } from '@/lib/hazard/feature-tracker';

export type RecordedGame = {
  readonly gameId: string | null;
  readonly startedAtMs: number | null;
  /** 1 … GAME_TICKS_MAX. */
  readonly rugTick: number;
  /** Index = tick, at least up to rugTick − 1; null for a lost tick. Null when only the length is known. */
  readonly prices: readonly (number | null)[] | null;
  /** Arrival of each tick after the start, non-decreasing. */
  readonly tickOffsetsMs: readonly number[] | null;
  /** Ticks at which trades were made, ascending. */
  readonly tradeTicks: readonly number[] | null;
  /** Side bets in SOL by tick, ascending. */
  readonly sideBets: readonly { readonly tick: number; readonly stakeSol: number }[] | null;
};

/**
 * Plays the game's ticks into the tracker, in order; row s of the table is what was known at tick s. The rug itself is
 * never shown: its tick has no row.
 */
export function playGame(game: RecordedGame, tracker: FeatureTracker): FeatureTable {
  let trade = 0;
  let sideBet = 0;
  tracker.startGame();
  for (let tick = 0; tick < game.rugTick; tick++) {
    tracker.observeTick(tick, game.prices?.[tick] ?? null, game.tickOffsetsMs?.[tick] ?? null);
    for (; game.tradeTicks && trade < game.tradeTicks.length && game.tradeTicks[trade]! <= tick; trade++) {
      tracker.observeTrade();
    }
    for (; game.sideBets && sideBet < game.sideBets.length && game.sideBets[sideBet]!.tick <= tick; sideBet++) {
      tracker.observeSideBet(game.sideBets[sideBet]!.stakeSol);
    }
  }
  return tracker.table();
}

/** Highest price before the rug; null when no price was known. */
export function peakBeforeRug(game: RecordedGame): number | null {
  let peak: number | null = null;
  for (let tick = 0; game.prices && tick < game.rugTick; tick++) {
    const price = game.prices[tick];
    if (typeof price === 'number' && (peak === null || price > peak)) peak = price;
  }
  return peak;
}
