'use client';
import { useSyncExternalStore } from 'react';
import { CopyButton } from '@/components/verify/copy-button';

/** A line for a terminal, with the address this page was opened at. */
export function TryLine({ path }: { path: string }) {
  const origin = useSyncExternalStore(subscribeToNothing, readOrigin, () => 'http://localhost:3000');
  const line = `curl -s '${origin}${path}'`;
  return (
    <div className="flex items-center justify-between gap-2 rounded-control border border-line bg-ground px-3 py-1">
      <code className="min-w-0 overflow-x-auto py-1 font-mono text-caption whitespace-nowrap text-ink-soft">
        {line}
      </code>
      <CopyButton text={line} what={`the curl line of ${path.split('?')[0]}`} className="shrink-0" />
    </div>
  );
}

const subscribeToNothing = () => () => {};
const readOrigin = () => window.location.origin;
