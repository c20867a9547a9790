import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';

/** A bounded list in its own scroll area, newest first; the keyboard reaches and scrolls it. */
export function Tape<T>({
  label,
  entries,
  isTrusted,
  nothingYet,
  children,
}: {
  label: string;
  entries: readonly T[] | null;
  isTrusted: boolean;
  nothingYet: string;
  children: (entry: T) => ReactNode;
}) {
  if (entries === null) {
    return (
      <div className="flex flex-col gap-3 px-4 py-2 lg:px-5">
        {[72, 88, 64, 80, 70].map((width) => (
          <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  if (entries.length === 0) return <p className="px-4 py-2 text-ink-faint lg:px-5">{nothingYet}</p>;
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className={cn('@container absolute inset-0 overflow-y-auto px-4 pb-3 lg:px-5', !isTrusted && 'opacity-50')}
    >
      <ul>{entries.map(children)}</ul>
    </div>
  );
}

export function TapeEntry({ testId, className, children }: { testId: string; className: string; children: ReactNode }) {
  return (
    <li
      data-testid={testId}
      className={cn(
        'grid items-baseline gap-x-2 border-b border-line/60 py-1 whitespace-nowrap last:border-0',
        className,
      )}
    >
      {children}
    </li>
  );
}

/** The first thing to go where there is little room: who it was says least about the game. */
export function TapePlayer({ children }: { children: string }) {
  return <span className="hidden truncate text-right text-caption text-ink-faint @xs:block">{children}</span>;
}
