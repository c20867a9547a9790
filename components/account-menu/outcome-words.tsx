'use client';
// How a request to the wallet ended, in words; announced to screen readers when it appears.
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WalletOutcome } from '@/lib/wallet/outcome';

export function OutcomeWords({ outcome, children }: { outcome: WalletOutcome; children?: ReactNode }) {
  return (
    <div
      role="alert"
      data-testid="wallet-outcome"
      data-code={outcome.code}
      className="flex gap-3 rounded-control border border-warning/60 bg-raised px-3 py-2.5"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-semibold">{outcome.title}</p>
        <p className="text-ink-soft">{outcome.detail}</p>
        {children}
      </div>
    </div>
  );
}
