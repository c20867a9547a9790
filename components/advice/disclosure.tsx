import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

/** Words first: the summary is always there, the rest is a press away. */
export function Disclosure({
  summary,
  className,
  children,
  ...props
}: {
  summary: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <details className={cn('group', className)} {...props}>
      <summary className="flex cursor-pointer list-none items-start gap-1 rounded-small text-caption text-ink-faint hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="mt-px size-3.5 shrink-0 transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      {children}
    </details>
  );
}
