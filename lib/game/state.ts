// What the core remembers between events. All values are immutable; `applyEvent` returns the next one.
import { EMPTY_PATH, type PricePath } from '@/lib/game/price-path';
import type { Verification } from '@/lib/game/provably-fair';
import type { Phase } from '@/lib/game/rules';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';

export type TrackedGame = {
  readonly gameId: GameId;
  readonly phase: Phase;
  readonly path: PricePath;
  /** Newest tick seen, or null before tick 0. */
  readonly liveTick: number | null;
  readonly liveAt: EpochMs | null;
  readonly announcedAt: EpochMs;
  readonly startedAt: EpochMs | null;
  readonly ruggedAt: EpochMs | null;
  readonly rugTick: number | null;
  readonly cooldownMs: number | null;
  readonly connectedPlayers: number | null;
  readonly tradeCount: number | null;
  readonly version: string | null;
  /** Every seed hash shown for this game with how often: one corrupted frame must not look like a broken promise. */
  readonly seedHashes: readonly { readonly hash: string; readonly count: number }[];
  readonly ticksRepaired: number;
  readonly ticksCorrected: number;
};

/** A game named by a frame that does not follow from what we know; it must be named twice in a row to be believed. */
export type Challenger = { readonly gameId: GameId; readonly frames: number };

export type CoreState = {
  readonly current: TrackedGame | null;
  /** Earlier games, newest first, until the history confirms them. */
  readonly previous: readonly TrackedGame[];
  /** Verification status of games the history has confirmed, oldest first. */
  readonly finished: ReadonlyMap<GameId, Verification['status']>;
  readonly challenger: Challenger | null;
};

/** The history names the last ten games; a few more are kept for frames that arrive late. */
export const PREVIOUS_GAMES_MAX = 16;
/** Enough to recognise any repeat of a history entry; the oldest is forgotten first. */
export const FINISHED_GAMES_MAX = 512;
export const SEED_HASHES_MAX = 4;

export const INITIAL_STATE: CoreState = {
  current: null,
  previous: [],
  finished: new Map(),
  challenger: null,
};

export function trackGame(gameId: GameId, at: EpochMs): TrackedGame {
  return {
    gameId,
    phase: 'cooldown',
    path: EMPTY_PATH,
    liveTick: null,
    liveAt: null,
    announcedAt: at,
    startedAt: null,
    ruggedAt: null,
    rugTick: null,
    cooldownMs: null,
    connectedPlayers: null,
    tradeCount: null,
    version: null,
    seedHashes: [],
    ticksRepaired: 0,
    ticksCorrected: 0,
  };
}

/** The hash shown most often before the rug, or null when none was. */
export function committedHash(game: TrackedGame): string | null {
  let best: { hash: string; count: number } | null = null;
  for (const seen of game.seedHashes) if (!best || seen.count > best.count) best = seen;
  return best?.hash ?? null;
}

export function isEnded(state: CoreState, game: TrackedGame): boolean {
  return game.phase === 'rugged' || state.finished.has(game.gameId);
}
