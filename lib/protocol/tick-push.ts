// Packs an assessment into the compact tick message and unpacks it again: the inverse up to the rounding stated here.
import type { Assessment } from '@/lib/decision/assess';
import { ZONES } from '@/lib/decision/zone';
import { INTERVAL_LEVEL } from '@/lib/hazard/hazard-model';
import type { GameView, TickPush } from '@/lib/protocol/push';

/** Six decimals of a probability are a ten-thousandth of a percentage point: far below what any screen shows. */
const PROBABILITY_DECIMALS = 6;
const RELIABILITY_DECIMALS = 3;

export function toTickPush(game: GameView, assessment: Assessment, at: number): TickPush {
  const { winProbability: win, timing } = assessment;
  return {
    type: 'tick',
    g: game.gameId,
    t: assessment.tick,
    p: game.price ?? 0,
    k: game.peak,
    at,
    c: game.connectedPlayers,
    n: game.tradeCount,
    x: assessment.payout,
    m: `${assessment.model.id}@${assessment.model.version}`,
    a: [
      round(win.value, PROBABILITY_DECIMALS),
      round(win.lower, PROBABILITY_DECIMALS),
      round(win.upper, PROBABILITY_DECIMALS),
      win.samples ?? -1,
      round(assessment.hazard, PROBABILITY_DECIMALS),
      ZONES.indexOf(assessment.zone),
      round(timing.intervalMs, 1),
      round(timing.reliability, RELIABILITY_DECIMALS),
      Math.round(timing.windowMs.expected),
      Math.round(timing.windowMs.lower),
      Math.round(timing.windowMs.upper),
      round(timing.acceptProbability, PROBABILITY_DECIMALS),
    ],
  };
}

export function fromTickPush(push: TickPush): Assessment {
  const [value, lower, upper, samples, hazard, zone, intervalMs, reliability, expected, from, to, accept] = push.a as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [id, version] = push.m.split('@');
  return {
    tick: push.t,
    winProbability: { value, lower, upper, level: INTERVAL_LEVEL, samples: samples < 0 ? null : samples },
    breakEven: 1 / push.x,
    payout: push.x,
    expectedValue: push.x * value - 1,
    zone: ZONES[zone] ?? 'negative',
    hazard,
    timing: {
      intervalMs,
      reliability,
      windowMs: { expected, lower: from, upper: to },
      acceptProbability: accept,
    },
    model: { id: id ?? '', version: version ?? '' },
  };
}

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
