'use client';
import { useSyncExternalStore } from 'react';

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

/** The reader's own time and zone, in which every time on the page is given. Empty until the browser knows it. */
export function Clock() {
  const second = useSyncExternalStore(subscribeToSeconds, currentSecond, () => null);
  if (second === null) return <span className="inline-block w-24" />;
  const parts = new Intl.DateTimeFormat('en-GB', { ...TIME, timeZoneName: 'short' }).formatToParts(second * 1_000);
  const zone = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const time = parts.filter((part) => part.type !== 'timeZoneName').map((part) => part.value);
  return (
    <time
      dateTime={new Date(second * 1_000).toISOString()}
      title={`Times are given in ${Intl.DateTimeFormat().resolvedOptions().timeZone}`}
      className="whitespace-nowrap text-ink-soft"
    >
      {time.join('').trim()} <span className="text-ink-faint">{zone}</span>
    </time>
  );
}

function currentSecond(): number {
  return Math.floor(Date.now() / 1_000);
}

function subscribeToSeconds(onSecond: () => void): () => void {
  const timer = setInterval(onSecond, 250);
  return () => clearInterval(timer);
}
