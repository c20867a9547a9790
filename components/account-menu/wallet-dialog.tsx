'use client';
// The frame of every dialog here: a sheet at the bottom of a phone, a panel in the middle of anything wider. Escape, the
// backdrop and the cross close it, and focus goes back to the account button.
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { ACCOUNT_BUTTON_ID } from '@/components/account-menu/account-menu';
import { buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

export function WalletDialog({
  isOpen,
  onClose,
  title,
  description,
  children,
  testId,
}: {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description: ReactNode;
  children: ReactNode;
  testId: string;
}) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ground/80" />
        <Dialog.Content
          data-testid={testId}
          onOpenAutoFocus={(event) => {
            // The first choice rather than the cross, which comes first in the page.
            const first = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('li a, li button');
            if (first) event.preventDefault();
            first?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(ACCOUNT_BUTTON_ID)?.focus();
          }}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-y-auto rounded-t-panel border border-line-strong bg-surface p-5 text-ink shadow-float outline-none sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[26rem] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel"
        >
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="text-lead font-semibold">{title}</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className={cn(buttonVariants({ variant: 'quiet', size: 'icon' }), '-mt-1.5 -mr-2')}
            >
              <X aria-hidden />
            </Dialog.Close>
          </div>
          <Dialog.Description asChild>
            <div className="-mt-2 text-ink-soft">{description}</div>
          </Dialog.Description>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
