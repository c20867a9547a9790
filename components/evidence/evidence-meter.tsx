// Forty marks on a logarithmic scale, from as strongly against an edge as the needed value is for one: no evidence (1)
// stands in the middle, an edge begins at the right end.
import { cn } from '@/components/ui/cn';
import { evidenceLevel, formatEValue } from '@/components/evidence/describe-evidence';

const MARKS = 40;
const LONG_MARK_EVERY = 10;

export function EvidenceMeter({ eValue, needed }: { eValue: number | null; needed: number }) {
  const position = eValue === null ? null : placeOnScale(eValue, needed);
  const isEdge = eValue !== null && evidenceLevel(eValue, needed) === 'edge';
  return (
    <div
      role="meter"
      aria-label="Evidence of an edge"
      aria-valuemin={1 / needed}
      aria-valuemax={needed}
      aria-valuenow={eValue === null ? undefined : Math.min(needed, Math.max(1 / needed, eValue))}
      aria-valuetext={
        eValue === null ? 'not known yet' : `${formatEValue(eValue)} of the ${formatEValue(needed)} needed`
      }
      data-zone={isEdge ? 'positive' : 'none'}
      className="flex flex-col gap-1.5"
    >
      <div aria-hidden className="relative h-9">
        {Array.from({ length: MARKS + 1 }, (_, mark) => (
          <span
            key={mark}
            className={cn(
              'absolute bottom-0 w-0.5 -translate-x-1/2',
              mark % LONG_MARK_EVERY === 0 ? 'h-6' : 'h-4',
              colourOf(mark / MARKS, position, isEdge),
            )}
            style={{ left: `${(mark / MARKS) * 100}%` }}
          />
        ))}
        <span className="absolute right-0 bottom-0 h-9 w-0.5 translate-x-1/2 bg-ink" />
        {position !== null && (
          <span
            className={cn(
              'absolute top-0 size-0 -translate-x-1/2 border-x-[6px] border-t-[9px] border-x-transparent',
              isEdge ? 'border-t-zone' : 'border-t-ink',
            )}
            style={{ left: `${position * 100}%` }}
          />
        )}
      </div>
      <div aria-hidden className="grid grid-cols-3 text-caption text-ink-faint">
        <span>against an edge</span>
        <span className="text-center">1</span>
        <span className="text-right">an edge from {formatEValue(needed)}</span>
      </div>
    </div>
  );
}

/** 0 at 1 / needed, a half at 1, 1 at needed; pinned to the ends beyond. */
export function placeOnScale(eValue: number, needed: number): number {
  if (!(eValue > 0)) return 0;
  return Math.min(1, Math.max(0, 0.5 + Math.log(eValue) / (2 * Math.log(needed))));
}

/** The marks between no evidence and what there is. */
function colourOf(share: number, position: number | null, isEdge: boolean): string {
  const [from, to] = position === null ? [1, 0] : [Math.min(0.5, position), Math.max(0.5, position)];
  if (share < from - 1e-9 || share > to + 1e-9) return 'bg-line-strong/70';
  return isEdge ? 'bg-zone' : position! > 0.5 ? 'bg-ink-soft' : 'bg-ink-faint';
}
