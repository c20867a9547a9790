// The evidence of an edge, as the decision loop uses it: games in, a claim for each tick out. An adapter over lib/edge, so
// that assessments, the wire and the screen depend on what evidence says and not on how it is computed.
import type { EvidenceView, TickEvidence } from '@/lib/decision/evidence';
import type { Estimate } from '@/lib/hazard/hazard-model';
import type { TermReport } from '@/lib/hazard/term-evidence';

/** What evidence allows at one tick; `claimed` only where it supports an edge. */
export type EdgeClaim = TickEvidence & { readonly claimed: Estimate | null };

export type Evidence = {
  /** The payout whose break-even the evidence is against. */
  readonly payout: number;
  observeGame(rugTick: number): void;
  at(tick: number): EdgeClaim;
  /** Whether `at` would claim an edge, without an allocation. */
  isPositive(tick: number): boolean;
  view(terms: readonly TermReport[]): EvidenceView;
  serialize(): unknown;
};
