// The shapes of `gameStateUpdate`, key for key as recorded: 7 keys in cooldown, 14 at the start, 21 while active, 36 with
// the history. Pure: a view of the game in play in, the payload out. Called by the run script only.
import { formatSol, lamports } from '@/lib/units/lamports';
import type { LeaderboardRow } from '@/server/simulator/trading-floor';
import { INSTARUG_THRESHOLD, type Session } from '@/server/simulator/session';

/** What the game looks like at one moment. */
export type Scene = {
  readonly gameId: string;
  readonly version: string;
  readonly serverSeedHash: string;
  readonly active: boolean;
  readonly rugged: boolean;
  /** The newest tick of the path; `tickCount` runs past it after a rug. */
  readonly tick: number;
  readonly tickCount: number;
  /** The whole path, the ticks to come included: no frame shows more of it than is known. */
  readonly prices: readonly number[];
  readonly tradeCount: number;
  readonly cooldownMs: number;
  readonly allowPreRoundBuys: boolean;
  readonly leaderboard: readonly LeaderboardRow[];
  readonly connectedPlayers: number;
};

/** An active frame repeats the last five ticks. */
const PARTIAL_TICKS = 5;

/** 7 keys, ten times a second between games. */
export function cooldownFrame(scene: Scene): object {
  return {
    gameId: scene.gameId,
    cooldownTimer: scene.cooldownMs,
    cooldownPaused: false,
    allowPreRoundBuys: scene.allowPreRoundBuys,
    leaderboard: scene.leaderboard,
    connectedPlayers: scene.connectedPlayers,
    provablyFair: provablyFair(scene),
  };
}

/** 14 keys, once, when the game starts. */
export function startFrame(scene: Scene): object {
  return { ...moment(scene), ...common(scene, { partialPrices: partialPrices(scene) }) };
}

/** 21 keys, every tick; once at the start of the presale too. */
export function tickFrame(scene: Scene, session: Session): object {
  return {
    active: scene.active,
    price: priceOf(scene),
    partialPrices: partialPrices(scene),
    tradeCount: scene.tradeCount,
    rugged: scene.rugged,
    tickCount: scene.tickCount,
    ...timer(scene),
    ...counters(session),
    leaderboard: scene.leaderboard,
    gameId: scene.gameId,
    connectedPlayers: scene.connectedPlayers,
    rugpool: {
      instarugCount: session.instarugCount,
      threshold: INSTARUG_THRESHOLD,
      rugpoolAmount: Number(formatSol(lamports(session.rugpoolLamports))),
    },
    rugRoyale: { status: 'INACTIVE', activeEventId: null, currentEvent: null, upcomingEvents: [], events: [] },
    provablyFair: provablyFair(scene),
  };
}

/** 36 keys, around a start and a rug. */
export function fullFrame(scene: Scene, session: Session): object {
  return { ...past(session), ...moment(scene), ...common(scene, { partialPrices: partialPrices(scene) }) };
}

/** 36 keys, first on every connection: the whole path so far instead of the last five ticks. */
export function connectFrame(scene: Scene, session: Session): object {
  return { ...past(session), ...moment(scene), ...common(scene, { prices: scene.prices.slice(0, scene.tick + 1) }) };
}

function past(session: Session): object {
  return {
    gameHistory: session.history,
    ...counters(session),
    ...records(session),
    availableShitcoins: [
      { address: '0xPractice', ticker: 'FREE', name: 'Practice SOL', max_bet: 10_000, max_win: 100_000 },
    ],
  };
}

function moment(scene: Scene): object {
  return { active: scene.active, price: priceOf(scene), rugged: scene.rugged, tickCount: scene.tickCount };
}

function priceOf({ prices, tick }: Scene): number {
  return prices[tick]!;
}

function partialPrices({ prices, tick: endTick }: Scene): object {
  const startTick = Math.max(0, endTick - PARTIAL_TICKS + 1);
  const values: Record<string, number> = {};
  for (let tick = startTick; tick <= endTick; tick++) values[tick] = prices[tick]!;
  return { startTick, endTick, values };
}

function common(scene: Scene, path: object): object {
  return {
    ...timer(scene),
    leaderboard: scene.leaderboard,
    gameId: scene.gameId,
    connectedPlayers: scene.connectedPlayers,
    gameVersion: scene.version,
    ...path,
    provablyFair: provablyFair(scene),
  };
}

function timer(scene: Scene): object {
  return {
    cooldownTimer: scene.cooldownMs,
    cooldownPaused: false,
    pauseMessage: '',
    allowPreRoundBuys: scene.allowPreRoundBuys,
  };
}

function provablyFair({ serverSeedHash, version }: Scene): object {
  return { serverSeedHash, version };
}

function counters({ peaks }: Session): object {
  const atLeast = (multiple: number) => peaks.filter((peak) => peak >= multiple).length;
  return {
    averageMultiplier: peaks.length === 0 ? 0 : peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length,
    count2x: atLeast(2),
    count10x: atLeast(10),
    count50x: atLeast(50),
    count100x: atLeast(100),
  };
}

function records({ highest, godCandles }: Session): object {
  const all: Record<string, unknown> = {
    highestToday: highest?.peak ?? 0,
    highestTodayTimestamp: highest?.at ?? null,
    highestTodayPrices: highest?.prices ?? [],
  };
  for (const least of [2, 10, 50] as const) {
    const best = godCandles[least];
    all[`godCandle${least}x`] = best?.peak ?? null;
    all[`godCandle${least}xTimestamp`] = best?.at ?? null;
    all[`godCandle${least}xPrices`] = best?.prices ?? [];
    all[`godCandle${least}xMassiveJump`] = best?.jump ?? null;
  }
  return all;
}
