// Builders of feed frames and events for tests: the shapes of feed-protocol, only as large as a test needs.
import type { FeedEvent, FinishedGame, GameState } from '@/lib/game/events';
import { hashServerSeed, replayGame } from '@/lib/game/provably-fair';
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { gameId, type GameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';

export type ScriptedGame = {
  readonly gameId: GameId;
  readonly serverSeed: string;
  readonly serverSeedHash: string;
  /** The published path, rug price last. */
  readonly prices: readonly number[];
  readonly rugTick: number;
  readonly peak: number;
};

/** The n-th game of a scripted day; verifies. */
export function scriptGame(n: number, day = '20260101'): ScriptedGame {
  const id = gameId(`${day}-${n.toString(16).padStart(16, '0')}`);
  const serverSeed = `scripted seed ${n}`;
  const replayed = replayGame({ serverSeed, gameId: id, version: 'v3' });
  return {
    gameId: id,
    serverSeed,
    serverSeedHash: hashServerSeed(serverSeed),
    prices: [...replayed.prices, 0.01],
    rugTick: replayed.rugTick,
    peak: replayed.peak,
  };
}

export function toFinished(game: ScriptedGame, endedAt = 1_767_225_600_000): FinishedGame {
  return {
    gameId: game.gameId,
    endedAt: epochMs(endedAt),
    prices: game.prices,
    peak: game.peak,
    version: 'v3',
    serverSeed: game.serverSeed,
    serverSeedHash: game.serverSeedHash,
    sideBets: [],
  };
}

export function toHistoryEntry(game: ScriptedGame): Record<string, unknown> {
  return {
    id: game.gameId,
    timestamp: 1_767_225_600_000,
    prices: game.prices,
    peakMultiplier: game.peak,
    rugged: true,
    gameVersion: 'v3',
    provablyFair: { serverSeed: game.serverSeed, serverSeedHash: game.serverSeedHash },
    globalTrades: [],
    globalSidebets: [],
  };
}

/** Frames' states in the order the feed sends them: cooldown, presale, each tick with its tail, the rug. */
export function statesOf(game: ScriptedGame): GameState[] {
  const provablyFair = { serverSeedHash: game.serverSeedHash, version: 'v3' };
  const base = { gameId: game.gameId, provablyFair };
  const states: GameState[] = [
    { ...base, cooldownTimer: 12_000, allowPreRoundBuys: false },
    { ...base, cooldownTimer: 9_900, allowPreRoundBuys: true },
  ];
  for (let tick = 0; tick <= game.rugTick; tick++) states.push(activeState(game, tick));
  return states;
}

export function activeState(game: ScriptedGame, tick: number): GameState {
  const startTick = Math.max(0, tick - 4);
  const values = Object.fromEntries(
    game.prices.slice(startTick, tick + 1).map((price, i) => [String(startTick + i), price]),
  );
  return {
    gameId: game.gameId,
    active: true,
    rugged: tick === game.rugTick,
    tickCount: tick,
    price: game.prices[tick]!,
    partialPrices: { startTick, endTick: tick, values },
    tradeCount: tick,
    connectedPlayers: 200,
    provablyFair: { serverSeedHash: game.serverSeedHash, version: 'v3' },
  };
}

export function stateEvent(state: GameState, history: readonly FinishedGame[] = [], at = 0): FeedEvent {
  return { type: 'game-state', at: epochMs(at), state, history };
}

export function rawFrame(event: string, ...args: unknown[]): RawFrame {
  return { receivedAt: epochMs(1_767_225_600_000), event, args };
}
