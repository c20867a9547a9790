// What this process knows of how games ended or that they still run, from the facts of the feed: enough to settle the bets
// on them. A result that the feed's history confirmed stands at once; a rug that was only seen live stands after a while
// without contradiction. Pure state; the engine feeds it and asks it.
import type { GameFact } from '@/lib/game/events';
import type { GameKnowledge } from '@/lib/bets/settle-bet';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';

/** A rug that the history does not take back within this time stands. */
export const RUG_STANDS_MS = 60_000;
/** The history names the last ten games; the game longest unheard of is forgotten first. */
const GAMES_MAX = 64;

type KnownGame = {
  readonly aliveTick: number | null;
  readonly rug: { readonly rugTick: number; readonly at: EpochMs } | null;
  readonly confirmedRugTick: number | null;
};

export type KnownGames = {
  /** The game the fact says something of that may settle a bet; null when it says nothing. */
  take(fact: GameFact, now: EpochMs): GameId | null;
  /** A result read from the record. */
  confirm(gameId: GameId, rugTick: number): void;
  /** What may be said of it now; null when nothing. */
  knowledge(gameId: GameId, now: EpochMs): GameKnowledge | null;
};

export function createKnownGames(): KnownGames {
  const games = new Map<GameId, KnownGame>();

  function change(gameId: GameId, changes: Partial<KnownGame>): GameId {
    const known = games.get(gameId) ?? { aliveTick: null, rug: null, confirmedRugTick: null };
    games.delete(gameId);
    games.set(gameId, { ...known, ...changes });
    if (games.size > GAMES_MAX) games.delete(games.keys().next().value!);
    return gameId;
  }

  return {
    take(fact, now) {
      switch (fact.type) {
        case 'tick':
          return fact.live ? change(fact.gameId, { aliveTick: fact.tick }) : null;
        case 'game-rugged':
          return change(fact.gameId, { rug: { rugTick: fact.rugTick, at: now } });
        case 'game-finished':
          return change(fact.game.gameId, { confirmedRugTick: fact.rugTick });
        default:
          return null;
      }
    },
    confirm: (gameId, rugTick) => void change(gameId, { confirmedRugTick: rugTick }),
    knowledge(gameId, now) {
      const known = games.get(gameId);
      if (!known) return null;
      const { confirmedRugTick, rug, aliveTick } = known;
      if (confirmedRugTick !== null) return { kind: 'ended', rugTick: confirmedRugTick };
      if (rug && now - rug.at >= RUG_STANDS_MS) return { kind: 'ended', rugTick: rug.rugTick };
      return aliveTick === null ? null : { kind: 'alive', tick: aliveTick };
    },
  };
}
