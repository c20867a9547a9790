// The one door into the core: a state and a feed event in, the next state and the facts out. Pure; called by the
// server's ingest loop, by replay and by tests alike. Which game is being played is decided here, by game id and never
// by arrival alone: frames of the old and the new game interleave around a rug, and the network may repeat, delay,
// reorder or corrupt any of them.
import { applyFrame } from '@/lib/game/apply-frame';
import { applyHistory } from '@/lib/game/apply-history';
import type { Disposition, FeedEvent, GameFact, GameState } from '@/lib/game/events';
import { isEnded, PREVIOUS_GAMES_MAX, trackGame, type CoreState, type TrackedGame } from '@/lib/game/state';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';

export type Applied = {
  readonly state: CoreState;
  readonly facts: readonly GameFact[];
  readonly disposition: Disposition;
};

/** Frames in a row that must name an unexpected game before it is believed. */
const CHALLENGER_FRAMES = 2;
/** The same for a game dated days away from the one we follow: not to be believed, unless the feed insists. */
const FAR_GAME_FRAMES = 10;
const APPLIED: Disposition = { kind: 'applied' };
const REORDERED: Disposition = { kind: 'reordered' };

export function applyEvent(state: CoreState, event: FeedEvent): Applied {
  switch (event.type) {
    case 'trade':
    case 'side-bet':
      return { state, facts: [event], disposition: APPLIED };
    case 'game-state':
      return applyGameState(state, event);
  }
}

function applyGameState(state: CoreState, event: Extract<FeedEvent, { type: 'game-state' }>): Applied {
  const history = applyHistory(state, event.history, event.at);
  const frame = routeFrame(history.state, event.state, event.at);
  const broughtHistory = history.facts.length > 0 && frame.disposition.kind !== 'rejected';
  return {
    state: frame.state,
    facts: history.facts.length === 0 ? frame.facts : [...history.facts, ...frame.facts],
    disposition: broughtHistory ? APPLIED : frame.disposition,
  };
}

/** Finds the game a frame speaks of, and whether it becomes, stays or no longer is the current one. */
function routeFrame(state: CoreState, frame: GameState, at: EpochMs): Applied {
  const { current } = state;
  if (current?.gameId === frame.gameId) return applyToCurrent(state, frame, at);
  const earlier = state.previous.find((game) => game.gameId === frame.gameId);
  if (state.finished.has(frame.gameId) || (earlier && isEnded(state, earlier))) {
    return { state, facts: [], disposition: REORDERED };
  }
  if (!current) return switchTo(state, frame, at);
  if (isFar(frame.gameId, current.gameId)) {
    return challenge(state, frame, at, FAR_GAME_FRAMES, { kind: 'rejected', reason: 'game-of-another-day' });
  }
  // A frame with the running path is the first after connecting: nothing came before it that could confirm it.
  if (!earlier && frame.prices && isEnded(state, current)) return switchTo(state, frame, at);
  return challenge(state, frame, at, CHALLENGER_FRAMES, earlier ? REORDERED : APPLIED);
}

function applyToCurrent(state: CoreState, frame: GameState, at: EpochMs): Applied {
  const applied = applyFrame(state.current!, frame, at);
  return {
    state: { ...state, current: applied.game, challenger: null },
    facts: applied.facts,
    disposition: applied.disposition,
  };
}

function challenge(
  state: CoreState,
  frame: GameState,
  at: EpochMs,
  framesNeeded: number,
  meanwhile: Disposition,
): Applied {
  const seen = state.challenger?.gameId === frame.gameId ? state.challenger.frames : 0;
  if (seen + 1 >= framesNeeded) return switchTo(state, frame, at);
  const challenger = { gameId: frame.gameId, frames: seen + 1 };
  return { state: { ...state, challenger }, facts: [], disposition: meanwhile };
}

function switchTo(state: CoreState, frame: GameState, at: EpochMs): Applied {
  const known = state.previous.find((game) => game.gameId === frame.gameId);
  const game = known ?? trackGame(frame.gameId, at);
  const applied = applyFrame(game, frame, at);
  if (applied.disposition.kind === 'rejected') return { state, facts: [], disposition: applied.disposition };
  const announced: GameFact[] = known
    ? []
    : [
        {
          type: 'game-announced',
          gameId: frame.gameId,
          at,
          serverSeedHash: frame.provablyFair?.serverSeedHash ?? null,
          version: applied.game.version,
        },
        // Every game begins in cooldown for its listeners, whichever phase it was met in.
        ...(applied.game.phase === 'cooldown'
          ? [{ type: 'phase', gameId: frame.gameId, phase: 'cooldown', at } as const]
          : []),
      ];
  return {
    state: { ...state, current: applied.game, previous: retire(state, frame.gameId), challenger: null },
    facts: [...announced, ...applied.facts],
    disposition: applied.disposition,
  };
}

function retire(state: CoreState, returning: GameId): readonly TrackedGame[] {
  const candidates = state.current ? [state.current, ...state.previous] : state.previous;
  const waiting = candidates.filter((game) => game.gameId !== returning && !state.finished.has(game.gameId));
  return waiting.slice(0, PREVIOUS_GAMES_MAX);
}

/** Ids begin with the UTC date; a day of slack covers midnight and a game announced before it. */
function isFar(gameId: GameId, from: GameId): boolean {
  return Math.abs(dayNumber(gameId) - dayNumber(from)) > 1;
}

function dayNumber(gameId: GameId): number {
  const [year, month, day] = [gameId.slice(0, 4), gameId.slice(4, 6), gameId.slice(6, 8)].map(Number);
  return Math.floor(Date.UTC(year!, month! - 1, day!) / 86_400_000);
}
