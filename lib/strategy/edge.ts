// What an assessment says about the edge, in the form strategies and the ranker use: the win probability against
// break-even, how sure that is, and whether the claim of an edge is supported. Pure; one per tick.
import type { Assessment } from '@/lib/decision/assess';
import { normalCdf, normalQuantile } from '@/lib/math/normal';

export type Edge = {
  readonly winProbability: number;
  /** Lower end of the win probability's interval. */
  readonly lower: number;
  /** Standard deviation that would give an interval this wide; 0 for a published rule. */
  readonly deviation: number;
  readonly breakEven: number;
  readonly payout: number;
  /** Profit per unit staked, on average. */
  readonly expectedValue: number;
  /** The same at the lower end of the interval. */
  readonly expectedValueLower: number;
  /** The zone is positive and the lower end clears break-even by the margin asked for. */
  readonly supported: boolean;
};

export function computeEdge(assessment: Assessment, extraEdge = 0): Edge {
  const { winProbability: win, breakEven, payout } = assessment;
  return {
    winProbability: win.value,
    lower: win.lower,
    deviation: (win.upper - win.lower) / (2 * intervalZ(win.level)),
    breakEven,
    payout,
    expectedValue: payout * win.value - 1,
    expectedValueLower: payout * win.lower - 1,
    supported: assessment.zone === 'positive' && win.lower > breakEven + extraEdge,
  };
}

/** P(the win probability is above `threshold`), reading the interval as a normal one; a half where it is exactly that. */
export function probabilityAbove(edge: Edge, threshold: number): number {
  const distance = edge.winProbability - threshold;
  if (edge.deviation > 0) return normalCdf(distance / edge.deviation);
  return distance > 0 ? 1 : distance < 0 ? 0 : 0.5;
}

const Z_95 = normalQuantile(0.975);

/** Half-width of a central interval in standard deviations. */
function intervalZ(level: number): number {
  return level === 0.95 ? Z_95 : normalQuantile(0.5 + level / 2);
}
