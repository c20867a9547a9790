'use client';
import { Ban } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { TicketRule } from '@/components/bet/compute-ticket';
import { Figures } from '@/components/ui/figures';

/** Every rule that would refuse this stake now, each with its numbers; nothing when none does. */
export function TicketRules({ rules }: { rules: readonly TicketRule[] }) {
  if (rules.length === 0) return null;
  return (
    <ul aria-label="What refuses this bet" className="flex flex-col gap-1.5" data-testid="ticket-rules">
      {rules.map(({ rule, message }) => (
        <li key={rule} data-rule={rule} className="flex items-start gap-2 text-caption text-ink-soft">
          <Ban aria-hidden className="mt-px size-3.5 shrink-0 text-danger" />
          <span>
            <Figures>{message}</Figures>
            {IN_SETTINGS.has(rule) && (
              <>
                {' '}
                <Link
                  href="/settings"
                  prefetch={false}
                  className="font-medium text-ink underline underline-offset-2 hover:no-underline"
                >
                  Open the settings
                </Link>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the player can change there at once. Raising a limit is not among it: nobody is led to that. */
const IN_SETTINGS: ReadonlySet<string> = new Set(['not-linked', 'stopped']);

/** For a screen reader: said when other rules refuse than before, not with every second that a message counts down. */
export function SpokenRules({ rules }: { rules: readonly TicketRule[] }) {
  const names = rules.map(({ rule }) => rule).join(' ');
  const [said, setSaid] = useState({ names: '', text: '' });
  if (said.names !== names) setSaid({ names, text: rules.map(({ message }) => message).join(' ') });
  return (
    <p role="status" className="sr-only" data-testid="spoken-rules">
      {said.text}
    </p>
  );
}
