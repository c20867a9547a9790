import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

/** Holds the place of what is still loading; says nothing to a screen reader, the verdict does that. */
export function Skeleton({ className, ...props }: ComponentProps<'span'>) {
  return (
    <span
      aria-hidden
      className={cn('block animate-[shimmer_1.6s_ease-in-out_infinite] rounded-small bg-line', className)}
      {...props}
    />
  );
}
