import type { ScorePart } from '@/components/data-quality/split-score';

/** Earned is filled, unknown hatched, lost empty. The words beside it say the same. */
export function ScoreBar({ part: { earned, unknown, possible } }: { part: ScorePart }) {
  return (
    <span aria-hidden className="flex h-1.5 overflow-hidden rounded-small bg-line">
      <span className="bg-ink-soft" style={{ width: `${(100 * earned) / possible}%` }} />
      <span className="hatched bg-surface" style={{ width: `${(100 * unknown) / possible}%` }} />
    </span>
  );
}
