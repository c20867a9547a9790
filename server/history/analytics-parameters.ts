// What the analytics endpoints take, and which range of time it names. The same parameters parse a query and stand in
// /api/openapi.json. Pure.
import { bucketStart, ceilTo, DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/metrics/buckets';
import { METRIC_TYPES, SOURCES } from '@/lib/protocol/analytics';
import type { EpochMs } from '@/lib/units/time';
import { instant, oneOf, wholeNumber, type Parameter } from '@/server/http/parameters';
import type { GameSource } from '@/lib/game/game-source';

export const HOURS_MAX = 8_760;
export const DAYS_MAX = 366;
const PERFORMANCE_HOURS_DEFAULT = 24;
export const TRENDS_DAYS_DEFAULT = 30;

const source = oneOf(SOURCES, 'The real game or the simulator; the source of the running feed unless given.');
const at = instant({
  day: 'ends',
  about: 'Time travel: the range ends there, and only what was confirmed by then counts.',
});

const ALL = 'all';
type Hours = number | typeof ALL;

function hoursParameter(about: string): Parameter<Hours> {
  const number = wholeNumber({ min: 1, max: HOURS_MAX, about });
  return {
    takes: `${number.takes}, or all`,
    about,
    read: (text) => (text === ALL ? ALL : number.read(text)),
    schema: { oneOf: [number.schema, { const: ALL }] },
  };
}

export const PERFORMANCE_PARAMETERS = {
  hours: hoursParameter(`Length of the range; ${PERFORMANCE_HOURS_DEFAULT} unless given.`),
  metric_type: oneOf(METRIC_TYPES, 'Which figures to work out; all unless given.'),
  source,
  at,
};
export const TRENDS_PARAMETERS = {
  days: wholeNumber({
    min: 1,
    max: DAYS_MAX,
    about: `Length of the range in UTC days, ${TRENDS_DAYS_DEFAULT} unless given; by the hour up to 7.`,
  }),
  source,
  at,
};
export const PATTERNS_PARAMETERS = {
  hours: hoursParameter('Length of the range; all, the newest year, unless given.'),
  source,
  at,
};
export const CALIBRATION_PARAMETERS = { hours: hoursParameter('Length of the range; all unless given.'), source, at };

/** [from, to). Whole minutes unless `at` is given; `from` null is the beginning of the record. */
export type TimeRange = { readonly from: number | null; readonly to: number; readonly at: EpochMs | null };
export type SourceRange = TimeRange & { readonly source: GameSource };

/** The rollups keep minutes for a few weeks and hours for good: a long range begins with a whole hour. */
const MINUTES_WITHIN_HOURS = 168;

export function toTimeRange({ hours, at, now }: { hours: Hours; at: EpochMs | undefined; now: EpochMs }): TimeRange {
  const to = at ?? afterMinute(now);
  if (hours === ALL) return { from: null, to, at: at ?? null };
  const from = to - hours * HOUR_MS;
  const begins = at === undefined && hours > MINUTES_WITHIN_HOURS ? bucketStart(from, 'hour') : from;
  return { from: begins, to, at: at ?? null };
}

export function toPerformanceRange(values: {
  hours: Hours | undefined;
  at: EpochMs | undefined;
  now: EpochMs;
}): TimeRange {
  return toTimeRange({ ...values, hours: values.hours ?? PERFORMANCE_HOURS_DEFAULT });
}

export function toCalibrationRange(values: {
  hours: Hours | undefined;
  at: EpochMs | undefined;
  now: EpochMs;
}): TimeRange {
  return toTimeRange({ ...values, hours: values.hours ?? ALL });
}

/** Whole hours: a year of them is as much as a page can wait for. */
export function toPatternsRange({
  hours = ALL,
  at,
  now,
}: {
  hours: Hours | undefined;
  at: EpochMs | undefined;
  now: EpochMs;
}): TimeRange {
  const range = toTimeRange({ hours: hours === ALL ? HOURS_MAX : hours, at, now });
  return { ...range, from: bucketStart(range.from!, 'hour') };
}

export type TrendsRange = TimeRange & { readonly from: number; readonly resolution: 'hour' | 'day' };

/** So many whole buckets, the running one included. */
export function toTrendsRange({
  days = TRENDS_DAYS_DEFAULT,
  at,
  now,
}: {
  days: number | undefined;
  at: EpochMs | undefined;
  now: EpochMs;
}): TrendsRange {
  const to = at ?? afterMinute(now);
  const [resolution, bucketMs] = days <= 7 ? (['hour', HOUR_MS] as const) : (['day', DAY_MS] as const);
  return { from: ceilTo(to, bucketMs) - days * DAY_MS, to, at: at ?? null, resolution };
}

/** What ended in the running minute counts. */
function afterMinute(now: number): number {
  return bucketStart(now, 'minute') + MINUTE_MS;
}
