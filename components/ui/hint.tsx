'use client';
// A tooltip that also opens by touch and keyboard: its trigger is a button, and pressing it keeps the hint open.
import { Tooltip } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export function Hint({ hint, children, className }: { hint: ReactNode; children: ReactNode; className?: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
      <Tooltip.Trigger
        type="button"
        onClick={() => setOpen(true)}
        className={cn('inline-flex cursor-help items-center gap-1 rounded-small text-left', className)}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-72 rounded-control border border-line-strong bg-raised px-3 py-2 text-caption text-ink shadow-float"
        >
          {hint}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

export function HintProvider({ children }: { children: ReactNode }) {
  return <Tooltip.Provider delayDuration={250}>{children}</Tooltip.Provider>;
}
