'use client';
// The frame of every dialog: a sheet at the bottom of a phone, a panel in the middle of anything wider.
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

export type SheetProps = {
  readonly isOpen: boolean;
  /** By the cross, Escape or the backdrop. Null: there is no way but an answer. */
  readonly onClose: (() => void) | null;
  readonly title: string;
  readonly description: ReactNode;
  readonly children: ReactNode;
  readonly testId: string;
};

export function Sheet({
  isOpen,
  onClose,
  title,
  description,
  children,
  testId,
  className,
  ...focus
}: SheetProps & {
  /** The width on a wide screen: `sm:w-[26rem]`. */
  readonly className: string;
} & Pick<ComponentProps<typeof Dialog.Content>, 'onOpenAutoFocus' | 'onCloseAutoFocus'>) {
  const stay = onClose ? undefined : (event: Event) => event.preventDefault();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => !next && onClose?.()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ground/80" />
        <Dialog.Content
          {...focus}
          data-testid={testId}
          onEscapeKeyDown={stay}
          onInteractOutside={stay}
          className={cn(
            'fixed inset-x-0 bottom-0 z-50 flex max-h-[calc(100dvh-2rem)] flex-col gap-4 overflow-y-auto rounded-t-panel border border-line-strong bg-surface p-5 text-ink shadow-float outline-none sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel',
            className,
          )}
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
