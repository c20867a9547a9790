// One labelled number: what it is, the number with its unit, and what it rests on. A `dl` of them is a row of figures.
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export function Stat({
  label,
  note,
  className,
  children,
}: {
  label: ReactNode;
  note?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={cn('flex min-w-0 flex-col gap-0.5', className)}>
      <dt className="text-caption text-ink-faint">{label}</dt>
      {children}
      {note !== undefined && <dd className="text-caption text-ink-faint">{note}</dd>}
    </div>
  );
}

/** What stands where a number is not known, or may no longer be claimed. */
export function Unknown({ because }: { because: string }) {
  return (
    <>
      <span aria-hidden className="text-ink-faint">
        —
      </span>
      <span className="sr-only">{because}</span>
    </>
  );
}
