'use client';
// The button in the header's corner, whatever it says: "Connect" before signing in, the wallet's address afterwards.
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

/** Focus comes back here when a dialog closes, whichever of the two buttons is shown by then. */
export const ACCOUNT_BUTTON_ID = 'account-button';

/** One width for all it says, so that nothing in the header moves; on the smallest screens a sign stands for the words. */
export function AccountButton({ className, ...props }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      id={ACCOUNT_BUTTON_ID}
      data-testid="account-button"
      className={cn(
        'inline-flex h-9 w-9 shrink-0 items-center justify-center gap-1 rounded-control border border-line-strong font-medium min-[22.5rem]:w-22 whitespace-nowrap text-ink transition-colors hover:bg-raised sm:w-28 xl:w-32',
        className,
      )}
      {...props}
    />
  );
}
