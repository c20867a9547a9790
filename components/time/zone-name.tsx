'use client';
import { zoneNameAt } from '@/components/time/format-instant';
import { useNow } from '@/components/time/use-now';
import { useZone } from '@/components/time/use-zone';

/** The chosen zone's short name, for the head of a column of times: "Ended (CET)". */
export function ZoneName() {
  const zone = useZone();
  const now = useNow(NAME_CHANGES_MS);
  return now === null ? 'UTC' : zoneNameAt(now, zone);
}

/** Daylight saving begins on the hour; a minute late does no harm. */
const NAME_CHANGES_MS = 60_000;
