import { ticketLines, type TicketLine } from '@/components/bet/ticket-words';
import type { TicketFigures as Figures_ } from '@/components/bet/compute-figures';
import { cn } from '@/components/ui/cn';
import { Unknown } from '@/components/ui/stat';

/** What the stake can win and lose, and when it would run: money in large, the rest beside it. */
export function TicketFigures({ figures, feeNote }: { figures: Figures_; feeNote: string }) {
  const lines = ticketLines(figures, feeNote);
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2.5 @min-[40rem]:grid-cols-4" data-testid="ticket-figures">
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
    </dl>
  );
}

const TONES: Partial<Record<TicketLine['id'], string>> = { win: 'text-up', lose: 'text-down' };

function Line({ line: { id, label, value, note } }: { line: TicketLine }) {
  const isMoney = id === 'win' || id === 'lose';
  return (
    <div className={cn('flex min-w-0 flex-col', id === 'fee' && 'col-span-2')}>
      <dt className="text-caption text-ink-faint">{label}</dt>
      <dd
        data-testid={`ticket-${id}`}
        className={cn(
          'truncate font-semibold whitespace-nowrap',
          isMoney ? 'text-figure' : 'text-body',
          value === null ? 'text-ink-faint' : (TONES[id] ?? 'text-ink'),
        )}
      >
        {value ?? <Unknown because="not known now" />}
        {id === 'fee' && note && <span className="font-normal text-ink-faint"> · {note}</span>}
      </dd>
      {id !== 'fee' && note && <dd className="truncate text-caption text-ink-faint">{note}</dd>}
    </div>
  );
}
