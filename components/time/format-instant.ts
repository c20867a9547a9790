// An instant as a reader sees it, in one zone, with the zone's name. Every page writes times through here, so that two
// of them never differ. Pure: the zone and the instant are passed in.
import type { EpochMs } from '@/lib/units/time';

/** `date` 21 Nov 2026 · `time` 14:05 · `seconds` 14:05:09 · `datetime` 21 Nov 2026, 14:05. */
export type InstantForm = 'date' | 'time' | 'seconds' | 'datetime';

/** What the reader chose; `local` is whatever zone the browser is in. */
export type Zone = 'local' | 'utc';

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;

const FORMS: Record<InstantForm, Intl.DateTimeFormatOptions> = {
  date: DAY,
  time: CLOCK,
  seconds: { ...CLOCK, second: '2-digit' },
  datetime: { ...DAY, ...CLOCK },
};

export function formatInstant(at: EpochMs, { form, zone }: { form: InstantForm; zone: Zone }): string {
  return formatterOf(form, zone).format(at);
}

/** The zone's short name at that instant (CET, UTC, GMT+5:30): it changes with daylight saving. */
export function zoneNameAt(at: EpochMs, zone: Zone): string {
  const parts = formatterOf('name', zone).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
}

/** The zone's full name: Europe/Berlin, or UTC. */
export function zoneId(zone: Zone): string {
  return formatterOf('time', zone).resolvedOptions().timeZone;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one is slow, using it fast; there are ten of them at most. */
function formatterOf(form: InstantForm | 'name', zone: Zone): Intl.DateTimeFormat {
  const key = `${form} ${zone}`;
  const made = formatters.get(key);
  if (made) return made;
  const options: Intl.DateTimeFormatOptions = form === 'name' ? { ...CLOCK, timeZoneName: 'short' } : FORMS[form];
  const formatter = new Intl.DateTimeFormat('en-GB', zone === 'utc' ? { ...options, timeZone: 'UTC' } : options);
  formatters.set(key, formatter);
  return formatter;
}
