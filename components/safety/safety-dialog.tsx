'use client';
// The frame of the dialogs that protect a player: a sheet on a phone, a panel elsewhere, calm and without a hurry. One that
// must be answered has no cross and does not close by Escape.
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

export function SafetyDialog({
  isOpen,
  onClose,
  title,
  description,
  children,
  testId,
}: {
  isOpen: boolean;
  /** Null: there is no way but an answer. */
  onClose: (() => void) | null;
  title: string;
  description: ReactNode;
  children: ReactNode;
  testId: string;
}) {
  const stay = onClose ? undefined : (event: Event) => event.preventDefault();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => !next && onClose?.()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ground/80" />
        <Dialog.Content
          data-testid={testId}
          onEscapeKeyDown={stay}
          onInteractOutside={stay}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-y-auto rounded-t-panel border border-line-strong bg-surface p-5 text-ink shadow-float outline-none sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[30rem] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel"
        >
          <div className="flex items-start justify-between gap-4">
            <Dialog.Title className="text-lead font-semibold">{title}</Dialog.Title>
            {onClose && (
              <Dialog.Close
                aria-label="Close"
                className={cn(buttonVariants({ variant: 'quiet', size: 'icon' }), '-mt-1.5 -mr-2')}
              >
                <X aria-hidden />
              </Dialog.Close>
            )}
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

export function Problem({ text }: { text: string | null }) {
  return text === null ? null : (
    <p role="alert" className="text-danger">
      {text}
    </p>
  );
}
