'use client';
import { zoneId } from '@/components/time/format-instant';
import { Time } from '@/components/time/time';
import { useNow } from '@/components/time/use-now';
import { useZone } from '@/components/time/use-zone';

/** The time now in the zone in which every time on the page is given. Empty until the browser knows it. */
export function Clock() {
  const zone = useZone();
  const second = useNow(1_000);
  if (second === null) return <span className="inline-block w-24" />;
  return (
    <span title={`Times are given in ${zoneId(zone)}`} className="text-ink-soft">
      <Time at={second} form="seconds" />
    </span>
  );
}
