// Feeds the covariates from live facts, and keeps the table of the game that has just rugged until the feed's history
// confirms it: only then do models learn from it. Called by the decision loop.
import type { GameFact, TickFact } from '@/lib/game/events';
import { SOL_COIN_ADDRESS } from '@/lib/game/rules';
import { FEATURE_COUNT, type FeatureTable } from '@/lib/hazard/feature-table';
import { createFeatureTracker } from '@/lib/hazard/feature-tracker';
import type { TickContext } from '@/lib/hazard/hazard-model';
import type { GameId } from '@/lib/units/game-id';
import { lamportsToSolForDisplay } from '@/lib/units/lamports';

export type GameFeatures = {
  take(fact: GameFact): void;
  /** What is known at the newest tick; reused from tick to tick. */
  context(): TickContext;
  /** The ended game's table, if it was watched to its end; null otherwise. Hands each out once. */
  claim(game: { gameId: GameId; rugTick: number }): FeatureTable | null;
  /** A game's length and peak become history for the next ones. */
  finish(game: { rugTick: number; peak: number }): void;
};

export function createGameFeatures(): GameFeatures {
  const tracker = createFeatureTracker();
  const context = { features: tracker.current(), offset: 0 };
  let running: GameId | null = null;
  let ended: { gameId: GameId; table: FeatureTable } | null = null;

  function keepTable(gameId: GameId): void {
    const { rows, values } = tracker.table();
    ended = { gameId, table: { rows, values: values.slice(0, rows * FEATURE_COUNT) } };
  }

  function takeTick(fact: TickFact): void {
    if (!fact.live) return; // A tick learnt late was not known when it mattered.
    if (fact.players !== undefined) tracker.observePlayers(fact.players);
    tracker.observeTick(fact.tick, fact.price, fact.at);
  }

  return {
    take(fact) {
      switch (fact.type) {
        case 'game-announced':
          running = fact.gameId;
          tracker.startGame();
          return;
        case 'tick':
          if (fact.gameId === running) takeTick(fact);
          return;
        case 'game-rugged':
          if (fact.gameId === running) keepTable(fact.gameId);
          return;
        case 'trade':
          if (fact.trade.gameId === running) tracker.observeTrade();
          return;
        case 'side-bet': {
          const { gameId, coinAddress, stakeLamports } = fact.sideBet;
          if (gameId !== running || coinAddress !== SOL_COIN_ADDRESS) return;
          tracker.observeSideBet(lamportsToSolForDisplay(stakeLamports));
          return;
        }
        case 'phase':
        case 'game-finished':
          return;
      }
    },
    context: () => context,
    claim({ gameId, rugTick }) {
      const table = ended?.gameId === gameId ? ended.table : null;
      if (table) ended = null;
      return table && table.rows >= rugTick ? table : null;
    },
    finish: (game) => tracker.finishGame(game),
  };
}
