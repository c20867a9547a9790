// The assessment of one tick: everything that is the same for every player. Pure and cheap; made once per live tick by
// the server, the replay and the backtester.
import { computeAcceptProbability } from '@/lib/timing/accept-probability';
import type { TickTiming, WindowDuration } from '@/lib/timing/tick-timing';
import type { Estimate, HazardModel, TickContext } from '@/lib/hazard/hazard-model';
import type { AdjustmentViews, TickEvidence } from '@/lib/decision/evidence';
import { computeZone, type Zone } from '@/lib/decision/zone';
import type { EdgeClaim } from '@/lib/decision/evidence-keeper';

export type Assessment = {
  readonly tick: number;
  readonly winProbability: Estimate;
  /** 1 / payout: the win probability at which a bet neither gains nor loses on average. */
  readonly breakEven: number;
  /** Total returned per unit staked on a win. */
  readonly payout: number;
  /** Expected profit per unit staked: payout × win probability − 1. */
  readonly expectedValue: number;
  readonly zone: Zone;
  /** P(rug at the next tick). */
  readonly hazard: number;
  readonly timing: {
    readonly intervalMs: number;
    readonly reliability: number;
    readonly windowMs: WindowDuration;
    /** P(a bet sent now is accepted before a rug) at `REFERENCE_LATENCY_MS`; a browser knows its own latency. */
    readonly acceptProbability: number;
  };
  readonly model: { readonly id: string; readonly version: string };
  /** What timing, market and volatility claim and what of it counts; null when no such model takes part. */
  readonly adjustments: AdjustmentViews | null;
  /** What the evidence of an edge allows the win probability to be here; null when none is kept. */
  readonly evidence: TickEvidence | null;
};

/** A round trip over a home connection; browsers replace it by what they measure. */
export const REFERENCE_LATENCY_MS = 200;

/** `payout` must exceed 1; the feed's schema and the settings guarantee it. */
export function assess({
  tick,
  payout,
  model,
  timing,
  context,
  adjustments = null,
  evidence = null,
}: {
  tick: number;
  payout: number;
  model: HazardModel;
  timing: TickTiming;
  /** What the model may know besides the tick. */
  context?: TickContext;
  adjustments?: AdjustmentViews | null;
  evidence?: EdgeClaim | null;
}): Assessment {
  const claimed = evidence?.claimed ?? null;
  const modelled = model.windowProbability(tick, context);
  const winProbability = claimed ? claimedEstimate(claimed, modelled) : modelled;
  const hazard = model.hazardAt(tick + 1, context).value;
  const breakEven = 1 / payout;
  return {
    tick,
    winProbability,
    breakEven,
    payout,
    expectedValue: payout * winProbability.value - 1,
    zone: claimed ? 'positive' : withoutEvidence(computeZone(winProbability, breakEven)),
    hazard,
    timing: {
      intervalMs: timing.intervalMs,
      reliability: timing.reliability,
      windowMs: timing.windowMs,
      acceptProbability: computeAcceptProbability({
        hazard,
        latencyMs: REFERENCE_LATENCY_MS,
        intervalMs: timing.intervalMs,
      }),
    },
    model: claimed ? EVIDENCE_MODEL : { id: model.id, version: model.version },
    adjustments,
    evidence: evidence && { lower: evidence.lower, upper: evidence.upper, level: evidence.level },
  };
}

/**
 * An edge is claimed with the interval that the evidence supports. Inside it the headline's value is the better guess: its
 * terms have earned their place too. In simulated worlds of hazard 0.0075 the lower bound alone was 3 points low on average,
 * this 0.8 (docs/decision-core/backtest.md).
 */
function claimedEstimate(claimed: Estimate, modelled: Estimate): Estimate {
  if (modelled.value <= claimed.value) return claimed;
  return { ...claimed, value: modelled.value, upper: Math.max(claimed.upper, modelled.value) };
}

/** Names the source of a claimed edge's estimate. */
const EVIDENCE_MODEL = { id: 'edge-evidence', version: '1' } as const;

/** A model's own interval is no evidence of an edge, however far it lies above break-even: that takes an e-value. */
function withoutEvidence(zone: Zone): Zone {
  return zone === 'positive' ? 'break-even' : zone;
}
