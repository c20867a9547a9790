// A feed for the kill tests: the same games from the same seed, whoever asks and however often, in frames that carry what
// matters and nothing else, so that thousands of games pass in a minute. Like the real feed it goes on while nobody
// listens, and greets whoever connects with the running game's path and the last ten games. Pure.
import { PRESALE_MS, PUBLISHED_HAZARD, WINDOW_TICKS } from '@/lib/game/rules';
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { planCourse, type GameCourse } from '@/server/simulator/plan-game';
import { HISTORY_GAMES } from '@/server/simulator/session';

export type LeanUpstream = {
  course(game: number): GameCourse;
  /** Frames of a whole game, from the cooldown that announces it, with the history of those before it. */
  play(game: number): Generator<RawFrame>;
  /** What a client gets that connects at a tick of a running game, and the rest of that game. */
  join(game: number, tick: number): Generator<RawFrame>;
  /** The announcement of the game after the last, which confirms the last. */
  close(game: number): Generator<RawFrame>;
};

/** Start ticks of a game's side bets; those behind its rug are not placed. */
export const BET_TICKS = [0, 3, 45] as const;
export const BET_STAKE_SOL = 0.0125;

const STARTED_AT = Date.UTC(2025, 11, 14);
/** Longer than the longest game of 5,000 ticks, so that each begins at a time that follows from its number alone. */
const SLOT_MS = 1_500_000;
const ANNOUNCED_MS = 15_000;
const TICK_MS = 250;
/** Courses in memory: the history's, and the one being played. */
const COURSES_MAX = 64;
const PARTIAL_TICKS = 5;
const SOL = 'So11111111111111111111111111111111111111112';

export function createLeanUpstream(seed: string): LeanUpstream {
  const courses = new Map<number, GameCourse>();

  function course(game: number): GameCourse {
    const known = courses.get(game);
    if (known) return known;
    const planned = planCourse({ seed, index: game, at: slotOf(game), hazard: PUBLISHED_HAZARD });
    courses.set(game, planned);
    if (courses.size > COURSES_MAX) courses.delete(courses.keys().next().value!);
    return planned;
  }

  /** The last ten games, newest first; before the first game there was none. */
  function history(game: number): object[] {
    const entries: object[] = [];
    for (let past = game - 1; past >= Math.max(0, game - HISTORY_GAMES); past--) {
      entries.push(toEntry(course(past), tickTime(past, course(past).rugTick)));
    }
    return entries;
  }

  function* announce(game: number): Generator<RawFrame> {
    const { gameId, serverSeedHash, version } = course(game);
    const at = epochMs(slotOf(game));
    const shared = { gameId, provablyFair: { serverSeedHash, version } };
    // A new game is believed when it is named twice.
    yield frame(at, { ...shared, cooldownTimer: ANNOUNCED_MS, allowPreRoundBuys: false });
    const rest = { active: false, rugged: false, tickCount: 0, price: 1, gameVersion: version };
    yield frame(at, { ...shared, ...rest, cooldownTimer: ANNOUNCED_MS, gameHistory: history(game) });
    const presaleAt = epochMs(at + ANNOUNCED_MS - PRESALE_MS);
    yield frame(presaleAt, { ...shared, cooldownTimer: PRESALE_MS, allowPreRoundBuys: true });
  }

  function* run(game: number, fromTick: number): Generator<RawFrame> {
    const played = course(game);
    for (let tick = fromTick; tick <= played.rugTick; tick++) {
      const at = tickTime(game, tick);
      yield frame(at, tickState(played, tick));
      if (BET_TICKS.includes(tick as 0) && tick < played.rugTick) yield betFrame(played, tick, at);
    }
  }

  return {
    course,
    *play(game) {
      yield* announce(game);
      yield* run(game, 0);
    },
    *join(game, tick) {
      const played = course(game);
      const greeting = { ...tickState(played, tick), prices: played.prices.slice(0, tick + 1) };
      yield frame(tickTime(game, tick), { ...greeting, gameVersion: played.version, gameHistory: history(game) });
      yield* run(game, tick + 1);
    },
    close: announce,
  };
}

function slotOf(game: number): EpochMs {
  return epochMs(STARTED_AT + game * SLOT_MS);
}

function tickTime(game: number, tick: number): EpochMs {
  return epochMs(slotOf(game) + ANNOUNCED_MS + tick * TICK_MS);
}

function tickState({ gameId, prices, rugTick, serverSeedHash, version }: GameCourse, tick: number): object {
  const startTick = Math.max(0, tick - PARTIAL_TICKS + 1);
  const values: Record<string, number> = {};
  for (let i = startTick; i <= tick; i++) values[i] = prices[i]!;
  return {
    gameId,
    active: true,
    rugged: tick === rugTick,
    tickCount: tick,
    price: prices[tick]!,
    partialPrices: { startTick, endTick: tick, values },
    provablyFair: { serverSeedHash, version },
  };
}

function betFrame({ gameId }: GameCourse, startTick: number, at: EpochMs): RawFrame {
  const payload = { ...toBet(startTick), gameId, endTick: startTick + WINDOW_TICKS, timestamp: at };
  return { receivedAt: at, event: 'newSideBet', args: [payload] };
}

function toBet(startTick: number) {
  return {
    playerId: `player ${startTick}`,
    username: null,
    betAmount: BET_STAKE_SOL,
    xPayout: 5,
    coinAddress: SOL,
    startTick,
  };
}

function toEntry(course: GameCourse, endedAt: EpochMs): object {
  const { gameId, prices, rugTick, peak, version, serverSeed, serverSeedHash } = course;
  const placed = BET_TICKS.filter((tick) => tick < rugTick);
  return {
    id: gameId,
    timestamp: endedAt,
    prices,
    peakMultiplier: peak,
    rugged: true,
    gameVersion: version,
    provablyFair: { serverSeed, serverSeedHash },
    globalSidebets: placed.map((tick) => ({ ...toBet(tick), end: tick + WINDOW_TICKS, type: 'placed' })),
  };
}

function frame(receivedAt: EpochMs, state: object): RawFrame {
  return { receivedAt, event: 'gameStateUpdate', args: [state] };
}
