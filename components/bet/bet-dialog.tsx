'use client';
// A question that stops everything else: a sheet at the bottom of a phone, a panel in the middle of anything wider. Escape
// and the backdrop are a no.
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';

export function BetDialog({
  title,
  description,
  testId,
  onClose,
  children,
}: {
  title: string;
  description: ReactNode;
  testId: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ground/80" />
        <Dialog.Content
          data-testid={testId}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-y-auto rounded-t-panel border border-line-strong bg-surface p-5 text-ink shadow-float outline-none sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[26rem] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel"
        >
          <Dialog.Title className="text-lead font-semibold">{title}</Dialog.Title>
          <Dialog.Description asChild>
            <div className="text-ink-soft">{description}</div>
          </Dialog.Description>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
