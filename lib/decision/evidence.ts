// What the assessment says of its own grounds: how much evidence of an edge there is, and of what. Changes only when a
// game ends, so it travels beside the ticks and not with them.
import type { TermReport } from '@/lib/hazard/term-evidence';
import type { FeatureGroup } from '@/lib/hazard/feature-table';

/** One covariate group's effect at a tick: what it claims, and whether the data support it. */
export type AdjustmentView = {
  /** Percentage points it adds to the win probability shown; 0 unless applied. */
  readonly points: number;
  /** Percentage points it would add if it were believed. */
  readonly claimedPoints: number;
  readonly gainNatsPerGame: number;
  readonly eValue: number;
  readonly applied: boolean;
};
export type AdjustmentViews = Readonly<Record<FeatureGroup, AdjustmentView>>;

/** Evidence on the win probability at one tick: an interval that holds at every time at once, and what it is based on. */
export type TickEvidence = {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
};

export type EvidenceView = {
  /** Finished games it is based on. */
  readonly games: number;
  /** Against "win probability ≤ break-even", overall; 100 and more is a real edge at a 1 % chance of ever being wrong. */
  readonly eValue: number;
  /** E-value from which the zone may turn positive. */
  readonly needed: number;
  /** Confidence sequence of the average win probability. */
  readonly winProbability: { readonly lower: number; readonly upper: number; readonly level: number };
  /** Against the published hazard, in either direction. */
  readonly drift: { readonly eValue: number; readonly direction: 'shorter' | 'longer' | null };
  /**
   * Tick ranges with the most evidence of an edge, most first, counted as several looked at together; `to` null: to the
   * end of the game.
   */
  readonly ranges: { readonly from: number; readonly to: number | null; readonly eValue: number }[];
  readonly terms: TermReport[];
};
