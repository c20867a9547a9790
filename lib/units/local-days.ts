// Calendar days of a time zone as instants: where each of the last days began for somebody who lives there. Days are 23 to 25
// hours long where clocks change, and some begin at one o'clock. Pure: the zone and the instant are passed in.
import { epochMs, type EpochMs } from '@/lib/units/time';

export type LocalDay = { readonly day: string; readonly startsAt: EpochMs };

const ZONE_CHARS_MAX = 64;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Zones reach from UTC−12 to UTC+14: a local day begins this close to the UTC day of its name. */
const AHEAD_MS = 15 * HOUR_MS;
const BEHIND_MS = 13 * HOUR_MS;

/** Whether this is the name of a zone, like Europe/Berlin. */
export function isZoneId(text: string): boolean {
  if (text.length > ZONE_CHARS_MAX) return false;
  try {
    return formatterIn(text) !== null;
  } catch {
    return false;
  }
}

/** The `count` days up to the one that holds `now`, oldest first. `zone` as isZoneId takes it. */
export function localDays({ now, count, zone }: { now: EpochMs; count: number; zone: string }): LocalDay[] {
  const formatter = formatterIn(zone);
  const today = Date.parse(formatter.format(now));
  return Array.from({ length: count }, (_, index) => {
    const utcStart = today - (count - 1 - index) * DAY_MS;
    const day = new Date(utcStart).toISOString().slice(0, 10);
    return { day, startsAt: startOf({ day, utcStart, formatter }) };
  });
}

/** The first minute whose local date is `day`, or later where the zone skipped that day. */
function startOf({
  day,
  utcStart,
  formatter,
}: {
  day: string;
  utcStart: number;
  formatter: Intl.DateTimeFormat;
}): EpochMs {
  let before = utcStart - AHEAD_MS;
  let from = utcStart + BEHIND_MS;
  while (from - before > MINUTE_MS) {
    const middle = before + Math.floor((from - before) / MINUTE_MS / 2) * MINUTE_MS;
    if (formatter.format(middle) >= day) from = middle;
    else before = middle;
  }
  return epochMs(from);
}

/** Dates as 2026-03-29: they sort as text. */
function formatterIn(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
}
