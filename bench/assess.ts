// Frame decoded → assessment: reducer, timing, covariates, all models and the evidence for every active tick of seeded games, microseconds. Decoding is
// measured beside it, since it is the larger share of what a frame costs.
import seedrandom from 'seedrandom';
import { createDecisionLoop } from '@/lib/decision/loop';
import { applyEvent } from '@/lib/game/apply-event';
import { replayGame } from '@/lib/game/provably-fair';
import { INITIAL_STATE } from '@/lib/game/state';
import { createEvidence } from '@/lib/decision/create-evidence';
import { createModelSet } from '@/lib/hazard/model-set';
import { decodeFrame, type RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs } from '@/lib/units/time';
import { percentile, round } from '@/lib/math/percentile';

const GAMES = 400;
const WARM_UP_GAMES = 40;

export async function run() {
  const loop = createDecisionLoop({ models: createModelSet(), evidence: createEvidence() });
  let state = INITIAL_STATE;
  const assessUs: number[] = [];
  const decodeUs: number[] = [];
  let at = 1_765_000_000_000;
  for (let game = 0; game < GAMES; game++) {
    for (const payload of activeFrames(game)) {
      at += 250;
      const frame: RawFrame = { receivedAt: epochMs(at), event: 'gameStateUpdate', args: [payload] };
      const start = performance.now();
      const decoded = decodeFrame(frame);
      const middle = performance.now();
      const applied = applyEvent(state, decoded.event!);
      state = applied.state;
      let assessed = false;
      for (const fact of applied.facts) assessed = loop.take(fact) !== null || assessed;
      const end = performance.now();
      if (game < WARM_UP_GAMES || !assessed) continue;
      decodeUs.push((middle - start) * 1000);
      assessUs.push((end - middle) * 1000);
    }
  }
  return {
    ticks: assessUs.length,
    p50us: round(percentile(assessUs, 0.5)),
    p99us: round(percentile(assessUs, 0.99)),
    maxUs: round(Math.max(...assessUs)),
    decodeP50us: round(percentile(decodeUs, 0.5)),
    decodeP99us: round(percentile(decodeUs, 0.99)),
  };
}

/** The active frames of one game, with the five-tick tail and a leaderboard as large as the real ones. */
function* activeFrames(game: number): Generator<Record<string, unknown>> {
  const random = seedrandom(`bench-assess-${game}`);
  const gameId = `20260101-${game.toString(16).padStart(16, '0')}`;
  const { prices } = replayGame({ serverSeed: `bench ${random()}`, gameId, version: 'v3' });
  const leaderboard = Array.from({ length: 10 }, (_, position) => ({
    id: `did:privy:${position}`,
    username: `player-${position}`,
    pnl: random(),
    positionQty: random(),
    avgCost: 1,
    position,
  }));
  for (let tick = 0; tick < prices.length; tick++) {
    const startTick = Math.max(0, tick - 4);
    const values = Object.fromEntries(prices.slice(startTick, tick + 1).map((price, i) => [startTick + i, price]));
    yield {
      gameId,
      active: true,
      rugged: false,
      tickCount: tick,
      price: prices[tick],
      partialPrices: { startTick, endTick: tick, values },
      tradeCount: tick * 2,
      cooldownTimer: 0,
      cooldownPaused: false,
      allowPreRoundBuys: false,
      connectedPlayers: 200,
      leaderboard,
      provablyFair: { serverSeedHash: '0'.repeat(64), version: 'v3' },
    };
  }
  // The next game only starts once this one has rugged.
  const endTick = prices.length;
  yield {
    gameId,
    active: true,
    rugged: true,
    tickCount: endTick,
    price: 0.01,
    partialPrices: { startTick: endTick, endTick, values: { [endTick]: 0.01 } },
  };
}
