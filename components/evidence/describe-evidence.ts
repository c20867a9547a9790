// The evidence of an edge in plain words: how much there is, of what, and what it means. Pure; no figure is said here
// that the evidence does not carry.
import type { AdjustmentView, EvidenceView } from '@/lib/decision/evidence';
import { formatNumber, formatPercent, formatSigned } from '@/lib/units/format';

export type EvidenceLevel = 'none' | 'some' | 'edge';

/** Odds of three to one against "no edge": below it, chance alone does as much all the time. */
export const SOME_EVIDENCE_FROM = 3;

export function evidenceLevel(eValue: number, needed: number): EvidenceLevel {
  if (eValue >= needed) return 'edge';
  return eValue >= SOME_EVIDENCE_FROM ? 'some' : 'none';
}

export function describeEvidence({ games, eValue, needed }: EvidenceView): string {
  if (games === 0) return 'No finished games yet: nothing speaks for an edge';
  const after = `after ${formatGames(games)}`;
  switch (evidenceLevel(eValue, needed)) {
    case 'none':
      return `No evidence of an edge ${after}`;
    case 'some':
      return `Some evidence: ${formatEValue(eValue)} of the ${formatEValue(needed)} needed, ${after}`;
    case 'edge':
      return `An edge: evidence of ${formatEValue(eValue)}, where ${formatEValue(needed)} is needed, ${after}`;
  }
}

/** The range worth naming, or that none is. Whether there is an edge at all is the overall evidence's to say. */
export function describeRanges(evidence: EvidenceView): string {
  const { eValue, needed } = evidence;
  const [best] = evidence.ranges;
  if (!best || evidenceLevel(best.eValue, needed) === 'none') return 'nowhere in particular';
  const isEdge = evidenceLevel(best.eValue, needed) === 'edge' && evidenceLevel(eValue, needed) === 'edge';
  return `${isEdge ? 'an edge' : 'some'} ${describeRange(best)}: ${formatEValue(best.eValue)} of ${formatEValue(needed)}`;
}

export function describeRange({ from, to }: { readonly from: number; readonly to: number | null }): string {
  if (to === null) return from <= 1 ? 'at every tick' : `from tick ${from} on`;
  return from === to ? `at tick ${from}` : `at ticks ${from}–${to}`;
}

export function describeDrift({ drift, needed }: EvidenceView): string {
  const level = evidenceLevel(drift.eValue, needed);
  if (level === 'none' || drift.direction === null) return 'as the published rules say';
  const when = drift.direction === 'shorter' ? 'sooner' : 'later';
  if (level === 'edge') return `${when} than the rules say: ${formatEValue(drift.eValue)}`;
  return `perhaps ${when} than the rules say: ${formatEValue(drift.eValue)} of ${formatEValue(needed)}`;
}

export function describeAdjustment({ applied, points }: AdjustmentView): string {
  return applied ? `supported: counts ${formatSigned(points, 1)} points` : 'not supported by the data: counts zero';
}

export function formatGames(games: number): string {
  return `${games} game${games === 1 ? '' : 's'}`;
}

export function formatInterval({ lower, upper }: { readonly lower: number; readonly upper: number }): string {
  return `${formatNumber(lower * 100, 1)}–${formatPercent(upper)}`;
}

/** Two digits say all an e-value has to say; beyond a million none does. Rounded down: 99.6 is not yet 100. */
export function formatEValue(eValue: number): string {
  if (eValue < 0.01) return '<0.01';
  if (eValue >= 1_000_000) return 'over a million';
  if (eValue >= 10) return String(Math.floor(eValue));
  return String(Number(eValue.toPrecision(2)));
}
