// Packs an assessment into the compact tick message and unpacks it again: the inverse up to the rounding stated here. What
// changes only between games, the terms' evidence, comes from the evidence message and is joined on unpacking.
import type { Assessment } from '@/lib/decision/assess';
import type { AdjustmentView, AdjustmentViews, EvidenceView } from '@/lib/decision/evidence';
import { ZONES } from '@/lib/decision/zone';
import { FEATURE_GROUPS } from '@/lib/hazard/feature-table';
import { INTERVAL_LEVEL } from '@/lib/hazard/hazard-model';
import type { GameView, TickPush } from '@/lib/protocol/push';

/** Six decimals of a probability are a ten-thousandth of a percentage point: far below what any screen shows. */
const PROBABILITY_DECIMALS = 6;
const RELIABILITY_DECIMALS = 3;
const EVIDENCE_DECIMALS = 4;
const POINTS_DECIMALS = 2;

export function toTickPush(game: GameView, assessment: Assessment, at: number): TickPush {
  const { winProbability: win, timing, adjustments, evidence } = assessment;
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
    e: evidence && [round(evidence.lower, EVIDENCE_DECIMALS), round(evidence.upper, EVIDENCE_DECIMALS)],
    d: adjustments && FEATURE_GROUPS.map((group) => round(adjustments[group].claimedPoints, POINTS_DECIMALS)),
    s: FEATURE_GROUPS.reduce((bits, group, i) => (adjustments?.[group].applied ? bits | (1 << i) : bits), 0),
  };
}

/** `known` is the newest evidence message; without it the terms' own evidence reads as none. */
export function fromTickPush(push: TickPush, known: EvidenceView | null = null): Assessment {
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
    adjustments: push.d && unpackAdjustments(push.d, push.s, known),
    evidence: push.e && { lower: push.e[0]!, upper: push.e[1]!, level: known?.winProbability.level ?? INTERVAL_LEVEL },
  };
}

/** The points that count are the claimed ones of an applied group: the same up to how groups combine. */
function unpackAdjustments(claimed: readonly number[], applied: number, known: EvidenceView | null): AdjustmentViews {
  const views = FEATURE_GROUPS.map((group, i): [string, AdjustmentView] => {
    const term = known?.terms.find(({ id }) => id === group);
    const isApplied = (applied & (1 << i)) !== 0;
    const view = {
      points: isApplied ? claimed[i]! : 0,
      claimedPoints: claimed[i]!,
      gainNatsPerGame: term?.gainNatsPerGame ?? 0,
      eValue: term?.eValue ?? 1,
      applied: isApplied,
    };
    return [group, view];
  });
  return Object.fromEntries(views) as AdjustmentViews;
}

function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
