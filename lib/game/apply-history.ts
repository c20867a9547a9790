// Applies the feed's history of finished games: it is final, so it confirms, repairs or corrects what live frames told.
import type { FinishedGame, GameFact } from '@/lib/game/events';
import { priceAt } from '@/lib/game/price-path';
import { verifyGame, type Verification } from '@/lib/game/provably-fair';
import { committedHash, FINISHED_GAMES_MAX, type CoreState, type TrackedGame } from '@/lib/game/state';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';

/** Oldest entry first, so that facts come in the order the games were played. */
export function applyHistory(
  state: CoreState,
  history: readonly FinishedGame[],
  at: EpochMs,
): { state: CoreState; facts: readonly GameFact[] } {
  if (history.length === 0 || history.every((game) => isSettled(state, game.gameId))) return { state, facts: [] };
  const facts: GameFact[] = [];
  const finished = new Map(state.finished);
  for (const game of history.toReversed()) {
    const known = finished.get(game.gameId);
    if (known === 'verified' || known === 'unverifiable') continue;
    const verification = verifyGame({ ...game, version: game.version });
    // A copy that fails again adds nothing; one that verifies replaces the one that did not.
    if (known === 'failed' && verification.status !== 'verified') continue;
    const tracked = findTracked(state, game.gameId);
    if (tracked && tracked.phase !== 'rugged') {
      facts.push({ type: 'game-rugged', gameId: game.gameId, rugTick: verification.rugTick, at });
    }
    facts.push(finishedFact(game, { verification, tracked, at }));
    finished.delete(game.gameId);
    finished.set(game.gameId, verification.status);
  }
  while (finished.size > FINISHED_GAMES_MAX) finished.delete(finished.keys().next().value!);
  const previous = state.previous.filter((game) => !finished.has(game.gameId));
  return { state: { ...state, finished, previous }, facts };
}

/** Nothing the history may still say of this game would change anything. */
export function isSettled(state: CoreState, gameId: GameId): boolean {
  const status = state.finished.get(gameId);
  return status === 'verified' || status === 'unverifiable';
}

function findTracked(state: CoreState, gameId: GameId): TrackedGame | null {
  if (state.current?.gameId === gameId) return state.current;
  return state.previous.find((game) => game.gameId === gameId) ?? null;
}

function finishedFact(
  game: FinishedGame,
  { verification, tracked, at }: { verification: Verification; tracked: TrackedGame | null; at: EpochMs },
): GameFact {
  const hash = tracked ? committedHash(tracked) : null;
  let repaired = tracked?.ticksRepaired ?? 0;
  let corrected = tracked?.ticksCorrected ?? 0;
  for (let tick = 0; tick < game.prices.length; tick++) {
    const known = tracked ? priceAt(tracked.path, tick) : null;
    if (known === null) repaired++;
    else if (known !== game.prices[tick]) corrected++;
  }
  return {
    type: 'game-finished',
    game,
    at,
    rugTick: verification.rugTick,
    verification,
    commitmentKept: hash === null ? null : hash === game.serverSeedHash,
    watched: tracked !== null,
    ticksRepaired: repaired,
    ticksCorrected: corrected,
  };
}
