// The one interface of every betting strategy and the types around it. A strategy only decides: what a stake is worth,
// whether the risk manager lets it through and how it ranks are worked out once, elsewhere, for all of them alike.
import type { Assessment } from '@/lib/decision/assess';
import type { Profile } from '@/lib/risk/profile';
import type { Tier } from '@/lib/risk/tier';
import type { Conditions } from '@/lib/risk/venue';
import type { Edge } from '@/lib/strategy/edge';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

/** `wait`: no bet on this tick; `stop`: none for the rest of the session. */
export type Action = 'bet' | 'wait' | 'stop';

/** How a strategy would stake from here on, bet after bet: what ruin and limit probabilities are computed from. */
export type StakePlan =
  | { readonly kind: 'flat'; readonly stakeLamports: Lamports }
  /** Always this share of the bankroll at the time. */
  | { readonly kind: 'proportional'; readonly fraction: number }
  /** One stake for each loss in a row, back to the first after a win, and an end after losing the last one. */
  | { readonly kind: 'ladder'; readonly stakesLamports: readonly Lamports[]; readonly step: number };

/** `reasons` is called only when somebody reads them: the backtester decides millions of times and explains never. */
export type Decision =
  | {
      readonly action: 'bet';
      readonly stakeLamports: Lamports;
      /** What the strategy would stake without the player's limits. */
      readonly wantedLamports: Lamports;
      readonly plan: StakePlan;
      /** Bets the plan's outlook covers; the usual number when absent. */
      readonly horizonBets?: number;
      readonly reasons: () => readonly string[];
    }
  | { readonly action: 'wait' | 'stop'; readonly reasons: () => readonly string[] };

/** How far adaptation has drawn the reins; NEUTRAL_TUNING when it has not. */
export type Tuning = {
  /** Every stake is multiplied by this, above 0 and at most 1. */
  readonly stakeScale: number;
  /** Added to break-even before an edge counts as one, in probability; never negative. */
  readonly extraEdge: number;
};
export const NEUTRAL_TUNING: Tuning = { stakeScale: 1, extraEdge: 0 };

export type StrategyContext = {
  readonly assessment: Assessment;
  /** With the limits in force: the player's own, or tighter ones. */
  readonly profile: Profile;
  readonly conditions: Conditions;
  readonly now: EpochMs;
  readonly edge: Edge;
  readonly tuning: Tuning;
  /** The largest stake the risk manager's stake rules let through, in venue steps; 0 when none. */
  readonly ceilingLamports: Lamports;
};

export type Strategy = {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  /** One sentence on what it does, for settings and reports. */
  readonly summary: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** True for bets judged by what they do to an open position rather than by their own EV. */
  readonly hedges?: boolean;
  decide(context: StrategyContext): Decision;
};
