'use client';
// The ticket's place on the dashboard; the ticket itself comes after the page, as a chunk of its own with all it needs.
import dynamic from 'next/dynamic';
import { cn } from '@/components/ui/cn';

/** The place is kept while it loads, so that nothing moves when it comes; on a phone there is none to keep. */
export function Ticket({ className }: { className?: string }) {
  return (
    <div className={cn('grid min-w-0 bg-surface max-lg:hidden max-lg:has-[form]:block', className)}>
      <Loaded />
    </div>
  );
}

const Loaded = dynamic(() => import('@/components/bet/bet-ticket').then((module) => module.BetTicket), {
  ssr: false,
  loading: () => <p className="p-4 font-semibold lg:p-5">Ticket</p>,
});
