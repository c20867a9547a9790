'use client';
// Says on every page that something is wrong with the record, and leads to what; nothing while all is well.
import { BellRing } from 'lucide-react';
import Link from 'next/link';
import { useLive } from '@/components/live/live-provider';
import { cn } from '@/components/ui/cn';

export function AlertHint() {
  const warning = useLive((state) => (state.connection === 'open' ? (state.alerts?.warning ?? 0) : 0));
  const critical = useLive((state) => (state.connection === 'open' ? (state.alerts?.critical ?? 0) : 0));
  const count = warning + critical;
  if (count === 0) return null;
  const words = `${count} ${count === 1 ? 'alert' : 'alerts'} on the record`;
  return (
    <Link
      href="/data"
      prefetch={false}
      data-testid="alert-hint"
      aria-label={words}
      title={words}
      className={cn(
        'flex items-center gap-1 rounded-small font-medium underline-offset-2 hover:underline',
        critical > 0 ? 'text-danger' : 'text-warning',
      )}
    >
      <BellRing aria-hidden className="size-4" />
      {count}
    </Link>
  );
}
