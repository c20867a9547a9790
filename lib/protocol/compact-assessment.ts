// The compact form of an assessment: what goes out with every tick, and what the record keeps of it, so that a game is
// replayed with exactly the numbers players saw. The inverse is exact up to the rounding stated here. Pure.
import type { Assessment } from '@/lib/decision/assess';
import type { AdjustmentView, AdjustmentViews, EvidenceView } from '@/lib/decision/evidence';
import { ZONES } from '@/lib/decision/zone';
import { FEATURE_GROUPS } from '@/lib/hazard/feature-table';
import { INTERVAL_LEVEL } from '@/lib/hazard/hazard-model';

/**
 * `x` is the payout multiple, `m` the model as "id@version", `a` win value, lower, upper, samples (−1: none), hazard, zone
 * index, interval ms, reliability, window expected, lower, upper ms, accept probability; `e` the evidence's interval (lower,
 * upper), `d` the points that timing, market and volatility claim, `s` which of them count, a bit each.
 */
export type CompactAssessment = {
  readonly x: number;
  readonly m: string;
  readonly a: readonly number[];
  readonly e: readonly number[] | null;
  readonly d: readonly number[] | null;
  readonly s: number;
};

export const FIGURES = 12;

/** Six decimals of a probability are a ten-thousandth of a percentage point: far below what any screen shows. */
const PROBABILITY_DECIMALS = 6;
const RELIABILITY_DECIMALS = 3;
const EVIDENCE_DECIMALS = 4;
const POINTS_DECIMALS = 2;

export function packAssessment(assessment: Assessment): {
  x: number;
  m: string;
  a: number[];
  e: number[] | null;
  d: number[] | null;
  s: number;
} {
  const { winProbability: win, timing, adjustments, evidence } = assessment;
  return {
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
export function unpackAssessment(
  packed: CompactAssessment,
  { tick, known = null }: { tick: number; known?: EvidenceView | null },
): Assessment {
  const figure = (index: number) => packed.a[index]!;
  const [id, version] = packed.m.split('@');
  return {
    tick,
    winProbability: {
      value: figure(0),
      lower: figure(1),
      upper: figure(2),
      level: INTERVAL_LEVEL,
      samples: figure(3) < 0 ? null : figure(3),
    },
    breakEven: 1 / packed.x,
    payout: packed.x,
    expectedValue: packed.x * figure(0) - 1,
    zone: ZONES[figure(5)] ?? 'negative',
    hazard: figure(4),
    timing: {
      intervalMs: figure(6),
      reliability: figure(7),
      windowMs: { expected: figure(8), lower: figure(9), upper: figure(10) },
      acceptProbability: figure(11),
    },
    model: { id: id ?? '', version: version ?? '' },
    adjustments: packed.d && unpackAdjustments(packed.d, packed.s, known),
    evidence: packed.e && {
      lower: packed.e[0]!,
      upper: packed.e[1]!,
      level: known?.winProbability.level ?? INTERVAL_LEVEL,
    },
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
  return Math.round(value * scale) / scale + 0; // Never −0: JSON would lose its sign.
}
