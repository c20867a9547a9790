import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

/**
 * The frame of every page but the live one: what the page is, one sentence on what it answers, its controls (a range, a
 * filter) at the side; below, panels that share one-pixel rules.
 */
export function Page({
  title,
  lead,
  aside,
  className,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  aside?: ReactNode;
  /** The grid of the panels: `lg:grid-cols-2`. */
  className?: string;
  children: ReactNode;
}) {
  return (
    <>
      <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 px-4 py-6 sm:px-0 lg:py-8">
        <div className="flex min-w-0 flex-col gap-1.5">
          <h1 className="text-figure-large font-semibold tracking-tight text-ink">{title}</h1>
          {lead && <p className="max-w-prose text-ink-soft">{lead}</p>}
        </div>
        {aside}
      </header>
      <div
        className={cn(
          'ruled grid-cols-1 overflow-clip border-y border-line sm:rounded-panel sm:border [&>*]:min-w-0',
          className,
        )}
      >
        {children}
      </div>
    </>
  );
}
