'use client';
// Why no bet can be placed now, in the server's words. For the ticket and the settings; nothing while nothing stops.
import { useAccount } from '@/components/safety/use-account';

export function StopNotice() {
  const { view } = useAccount();
  if (!view?.stop) return null;
  return (
    <p
      role="status"
      data-testid="stop-notice"
      data-code={view.stop.code}
      className="rounded-control border border-line-strong bg-raised px-3 py-2 text-ink-soft"
    >
      {view.stop.message}
    </p>
  );
}
