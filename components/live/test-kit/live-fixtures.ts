// Pushes for tests of the browser's side: the few facts a test cares about, the rest plausible.
import type { LiveAction } from '@/components/live/live-state';
import { assess, type Assessment } from '@/lib/decision/assess';
import { createPublishedModel } from '@/lib/hazard/published';
import type {
  FeedStatus,
  GameView,
  RecentGame,
  Snapshot,
  StatusPush,
  TapeSideBet,
  TapeTrade,
} from '@/lib/protocol/push';
import { toTickPush } from '@/lib/protocol/tick-push';
import { createTimingEstimator } from '@/lib/timing/tick-timing';

export const GAME_ID = '20251207-1e01ac417e8043ca';
export const NEXT_GAME_ID = '20251207-2e01ac417e8043cb';
export const NOW_MS = 1_765_100_000_000;

export function anAssessment(tick: number): Assessment {
  return assess({ tick, payout: 5, model: createPublishedModel(), timing: createTimingEstimator().current() });
}

export function aGame(change: Partial<GameView> = {}): GameView {
  return {
    gameId: GAME_ID,
    phase: 'active',
    tick: 3,
    price: 1.1,
    peak: 1.2,
    rugTick: null,
    serverSeedHash: null,
    version: 'v3',
    cooldownMs: null,
    connectedPlayers: 184,
    tradeCount: 12,
    startedAt: NOW_MS - 1_000,
    ruggedAt: null,
    ...change,
  };
}

export function aTick(tick: number, price: number, change: Partial<GameView> = {}) {
  return toTickPush(aGame({ tick, price, ...change }), anAssessment(tick), NOW_MS);
}

export function aSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    type: 'snapshot',
    serverTime: NOW_MS,
    game: aGame(),
    prices: [1, 1.2, 1.15, 1.1],
    assessment: anAssessment(3),
    evidence: null,
    recentGames: [aRecentGame()],
    ...change,
  };
}

export function aRecentGame(change: Partial<RecentGame> = {}): RecentGame {
  return {
    gameId: '20251207-0e01ac417e8043cf',
    rugTick: 92,
    peak: 1.2235,
    endedAt: NOW_MS - 60_000,
    verified: true,
    ...change,
  };
}

export function aTrade(change: Partial<TapeTrade> = {}): TapeTrade {
  return {
    id: 'trade-1',
    gameId: GAME_ID,
    player: 'mira',
    type: 'buy',
    sol: '0.25',
    practice: false,
    price: 1.1,
    tick: 3,
    ...change,
  };
}

export function aSideBet(change: Partial<TapeSideBet> = {}): TapeSideBet {
  return {
    gameId: GAME_ID,
    player: 'otto',
    sol: '0.05',
    practice: false,
    startTick: 3,
    endTick: 43,
    payout: 5,
    ...change,
  };
}

export function aStatus(change: Partial<FeedStatus> = {}): StatusPush {
  return {
    serverTime: NOW_MS,
    feed: { source: 'simulator', status: 'connected', lastFrameAt: NOW_MS, ageMs: 0, ...change },
    store: 'ok',
    alerts: { warning: 0, critical: 0 },
  };
}

/** What a browser hears first on a healthy line, in the hub's order. */
export function opening(snapshot: Partial<Snapshot> = {}, atMs = NOW_MS): LiveAction[] {
  return [
    { type: 'connection', connection: 'open', atMs },
    { type: 'game', push: aSnapshot(snapshot), atMs },
    { type: 'trades', push: { type: 'snapshot', trades: [aTrade()] }, atMs },
    { type: 'sidebets', push: { type: 'snapshot', sideBets: [aSideBet()] }, atMs },
    { type: 'status', push: aStatus(), atMs },
  ];
}
