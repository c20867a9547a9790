// The one door into the browser's state: a state and a push (or a tick of the clock) in, the next state out. Pure; reads
// no clock. Pushes may come in any order and more than once: nothing here throws, every list is bounded, and a part that
// did not change stays the same object.
import { computeFeedHealth } from '@/components/live/feed-health';
import { keepUnchanged } from '@/components/live/keep-unchanged';
import type { LiveAction, LiveState } from '@/components/live/live-state';
import type { Assessment } from '@/lib/decision/assess';
import { decideVerdict } from '@/lib/decision/verdict';
import { EMPTY_PATH, setPrice, type PricePath } from '@/lib/game/price-path';
import { GAME_TICKS_MAX } from '@/lib/game/rules';
import {
  RECENT_GAMES,
  TAPE_LENGTH,
  type GamePush,
  type GameView,
  type RecentGame,
  type TapeSideBet,
  type TickPush,
} from '@/lib/protocol/push';
import { fromTickPush } from '@/lib/protocol/tick-push';

export function reduceLive(state: LiveState, action: LiveAction): LiveState {
  const next = apply(state, action);
  if (next === state && action.type !== 'clock') return state;
  const health = keepUnchanged(state.health, computeFeedHealth(next, action.atMs));
  const verdict = keepUnchanged(
    state.verdict,
    decideVerdict({ assessment: next.assessment, game: next.game, feed: health }),
  );
  if (next === state && health === state.health && verdict === state.verdict) return state;
  return { ...next, health, verdict };
}

function apply(state: LiveState, action: LiveAction): LiveState {
  switch (action.type) {
    case 'clock':
      return state;
    case 'rejected':
      return { ...state, rejectedPushes: state.rejectedPushes + 1 };
    case 'connection':
      if (state.connection === action.connection) return state;
      // What the feed was is not what it is: a new line says so itself, first thing.
      return { ...state, connection: action.connection, feed: null };
    default:
      return { ...applyPush(state, action), pushHeardAtMs: action.atMs };
  }
}

function applyPush(
  state: LiveState,
  action: Extract<LiveAction, { type: 'game' | 'trades' | 'sidebets' | 'status' }>,
): LiveState {
  switch (action.type) {
    case 'game':
      return applyGamePush(state, action.push, action.atMs);
    case 'trades': {
      const { type, trades } = action.push;
      return { ...state, trades: extendTape({ type, told: trades, tape: state.trades, keyOf: (trade) => trade.id }) };
    }
    case 'sidebets': {
      const { type, sideBets } = action.push;
      return { ...state, sideBets: extendTape({ type, told: sideBets, tape: state.sideBets, keyOf: sideBetKey }) };
    }
    case 'status': {
      const { feed, store, alerts } = action.push;
      const heardAtMs = feed.ageMs === null ? null : action.atMs - feed.ageMs;
      return {
        ...state,
        feed: keepUnchanged(state.feed, feed),
        store,
        alerts: keepUnchanged(state.alerts, alerts),
        frameHeardAtMs: latest(state, heardAtMs),
      };
    }
  }
}

function applyGamePush(state: LiveState, push: GamePush, atMs: number): LiveState {
  switch (push.type) {
    case 'snapshot':
      return withAssessment(
        {
          ...state,
          game: keepUnchanged(state.game, push.game),
          prices: toPath(push.prices),
          evidence: push.evidence,
          recentGames: sortRecent(push.recentGames),
        },
        push.assessment,
      );
    case 'tick':
      return applyTick({ ...state, frameHeardAtMs: latest(state, atMs) }, push);
    case 'game':
      return applyGame({ ...state, frameHeardAtMs: latest(state, atMs) }, push.game);
    case 'finished': {
      const others = (state.recentGames ?? []).filter((game) => game.gameId !== push.game.gameId);
      return { ...state, recentGames: sortRecent([push.game, ...others]) };
    }
    case 'evidence':
      return { ...state, evidence: push.evidence };
    case 'repair': {
      if (push.g !== state.game?.gameId) return state;
      const prices = push.ticks.reduce((path, [tick, price]) => putPrice(path, tick, price), state.prices);
      return prices === state.prices ? state : { ...state, prices };
    }
  }
}

/** Bets are judged only while they can be placed; an assessment that outlived its phase is dropped here. */
function withAssessment(state: LiveState, assessment: Assessment | null): LiveState {
  const phase = state.game?.phase;
  if (!assessment || (phase !== 'active' && phase !== 'presale')) return { ...state, assessment: null };
  const shared = shareParts(state.assessment, assessment);
  return {
    ...state,
    assessment: shared,
    payout: shared.payout,
    timing: state.timing ? keepUnchanged(state.timing, shared.timing) : shared.timing,
  };
}

function applyGame(state: LiveState, game: GameView): LiveState {
  const isSame = state.game?.gameId === game.gameId;
  const next = { ...state, game: keepUnchanged(state.game, game), prices: isSame ? state.prices : EMPTY_PATH };
  return withAssessment(next, isSame ? state.assessment : null);
}

function applyTick(state: LiveState, push: TickPush): LiveState {
  if (push.t > GAME_TICKS_MAX) return state;
  const { game } = state;
  if (game?.gameId !== push.g) {
    const isPast = state.recentGames?.some((recent) => recent.gameId === push.g) ?? false;
    return isPast ? state : startFromTick(state, push);
  }
  const prices = putPrice(state.prices, push.t, push.p);
  const isLate = push.t <= (game.phase === 'rugged' ? (game.rugTick ?? Infinity) : (game.tick ?? -1));
  if (isLate) return prices === state.prices ? state : { ...state, prices };
  return withTick({ ...state, prices }, game, push);
}

/** A tick of a game never announced here: its announcement was lost, the tick itself is proof enough. */
function startFromTick(state: LiveState, push: TickPush): LiveState {
  const game: GameView = {
    gameId: push.g,
    phase: 'active',
    tick: null,
    price: null,
    peak: push.k,
    rugTick: null,
    serverSeedHash: null,
    version: null,
    cooldownMs: null,
    connectedPlayers: null,
    tradeCount: null,
    startedAt: null,
    ruggedAt: null,
  };
  return withTick({ ...state, prices: putPrice(EMPTY_PATH, push.t, push.p) }, game, push);
}

function withTick(state: LiveState, game: GameView, push: TickPush): LiveState {
  const next: GameView = {
    ...game,
    phase: 'active',
    tick: push.t,
    price: push.p,
    peak: push.k,
    rugTick: null,
    ruggedAt: null,
    cooldownMs: null,
    connectedPlayers: push.c ?? game.connectedPlayers,
    tradeCount: push.n ?? game.tradeCount,
  };
  return withAssessment({ ...state, game: next }, fromTickPush(push, state.evidence));
}

function shareParts(previous: Assessment | null, next: Assessment): Assessment {
  if (!previous) return next;
  return {
    ...next,
    winProbability: keepUnchanged(previous.winProbability, next.winProbability),
    timing: keepUnchanged(previous.timing, next.timing),
    model: keepUnchanged(previous.model, next.model),
  };
}

function toPath(prices: readonly (number | null)[]): PricePath {
  let path = EMPTY_PATH;
  prices.slice(0, GAME_TICKS_MAX + 1).forEach((price, tick) => {
    if (price !== null) path = setPrice(path, tick, price).path;
  });
  return path;
}

function putPrice(path: PricePath, tick: number, price: number): PricePath {
  return tick > GAME_TICKS_MAX ? path : setPrice(path, tick, price).path;
}

/** A snapshot is the tape, newest first; a later push tells the oldest first. Nothing stands on the tape twice. */
function extendTape<T>({
  type,
  told,
  tape,
  keyOf,
}: {
  type: string;
  told: readonly T[];
  tape: readonly T[] | null;
  keyOf: (entry: T) => string;
}): readonly T[] {
  const newestFirst = type === 'snapshot' ? told : [...told.toReversed(), ...(tape ?? [])];
  const byKey = new Map<string, T>();
  for (const entry of newestFirst) if (!byKey.has(keyOf(entry))) byKey.set(keyOf(entry), entry);
  return [...byKey.values()].slice(0, TAPE_LENGTH);
}

/** The tape shows names, which two players may share; with the stake a mix-up is next to impossible, and harmless. */
export function sideBetKey(bet: TapeSideBet): string {
  return `${bet.gameId} ${bet.player} ${bet.startTick} ${bet.sol} ${bet.practice}`;
}

function sortRecent(games: readonly RecentGame[]): readonly RecentGame[] {
  return games.toSorted((a, b) => b.endedAt - a.endedAt).slice(0, RECENT_GAMES);
}

function latest(state: LiveState, heardAtMs: number | null): number | null {
  if (heardAtMs === null) return state.frameHeardAtMs;
  return Math.max(state.frameHeardAtMs ?? heardAtMs, heardAtMs);
}
