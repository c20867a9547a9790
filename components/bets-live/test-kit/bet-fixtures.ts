// Bets on the wire for tests of the browser's side: what a test cares about, the rest plausible.
import { GAME_ID, NOW_MS } from '@/components/live/test-kit/live-fixtures';
import type { BetView, PlacedBet } from '@/lib/protocol/bets-api';

export const BET_ID = '7Zb3mQx9KfTn4RpW2sVd';

export function aBet(change: Partial<BetView> = {}): BetView {
  return {
    id: BET_ID,
    venue: 'practice',
    state: 'prepared',
    clientKey: 'client-key-1',
    sessionId: 'session-1',
    strategyId: null,
    stakeLamports: '10000000',
    payout: 5,
    gameId: GAME_ID,
    preparedTick: 3,
    startTick: null,
    endTick: null,
    rugTick: null,
    preparedAt: NOW_MS,
    expiresAt: NOW_MS + 30_000,
    submittedAt: null,
    activeAt: null,
    settledAt: null,
    closedAt: null,
    stakeFinal: false,
    paidLamports: null,
    reason: null,
    stance: 'against',
    winProbability: 0.1817,
    expectedValue: -0.0916,
    zone: 'negative',
    transactions: [],
    version: 1,
    ...change,
  };
}

export function anActiveBet(change: Partial<BetView> = {}): BetView {
  return aBet({
    state: 'active',
    startTick: 3,
    endTick: 43,
    submittedAt: NOW_MS + 400,
    activeAt: NOW_MS + 900,
    version: 3,
    ...change,
  });
}

export function aPlacedBet(change: Partial<PlacedBet> = {}): PlacedBet {
  return {
    bet: aBet(),
    transaction: 'AQID',
    words: ['You send 0.01 SOL to the practice venue.', 'A note with it names this bet.'],
    feeLamports: '5000',
    balanceAfterLamports: '989995000',
    ...change,
  };
}
