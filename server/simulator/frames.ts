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
  readonly price: number;
  readonly tickCount: number;
  readonly cooldownMs: number;
  readonly allowPreRoundBuys: boolean;
  readonly leaderboard: readonly LeaderboardRow[];
  readonly connectedPlayers: number;
};

export type PartialPrices = {
  readonly startTick: number;
  readonly endTick: number;
  readonly values: Readonly<Record<string, number>>;
};

/** An active frame repeats the last five ticks. */
const PARTIAL_TICKS = 5;

export function partialPricesAt(prices: readonly number[], endTick: number): PartialPrices {
  const startTick = Math.max(0, endTick - PARTIAL_TICKS + 1);
  const values: Record<string, number> = {};
  for (let tick = startTick; tick <= endTick; tick++) values[tick] = prices[tick]!;
  return { startTick, endTick, values };
}

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
export function startFrame(scene: Scene, partialPrices: PartialPrices): object {
  const { active, price, rugged, tickCount } = scene;
  return { active, price, rugged, tickCount, ...common(scene, { gameVersion: scene.version, partialPrices }) };
}

/** 21 keys, every tick; once at the start of the presale too. */
export function tickFrame(
  scene: Scene,
  { partialPrices, tradeCount, session }: { partialPrices: PartialPrices; tradeCount: number; session: Session },
): object {
  return {
    active: scene.active,
    price: scene.price,
    partialPrices,
    tradeCount,
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

/** 36 keys. On connecting it carries the whole running path as `prices`; at other times the last five ticks. */
export function fullFrame(
  scene: Scene,
  session: Session,
  path: { readonly prices: readonly number[] } | { readonly partialPrices: PartialPrices },
): object {
  const { active, price, rugged, tickCount } = scene;
  return {
    gameHistory: session.history,
    ...counters(session),
    ...records(session),
    availableShitcoins: [
      { address: '0xPractice', ticker: 'FREE', name: 'Practice SOL', max_bet: 10_000, max_win: 100_000 },
    ],
    active,
    price,
    rugged,
    tickCount,
    ...common(scene, { gameVersion: scene.version, ...path }),
  };
}

function common(scene: Scene, between: object): object {
  return {
    ...timer(scene),
    leaderboard: scene.leaderboard,
    gameId: scene.gameId,
    connectedPlayers: scene.connectedPlayers,
    ...between,
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
