import { Ban } from 'lucide-react';
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
          </span>
        </li>
      ))}
    </ul>
  );
}
