// Days as a calendar: whole weeks from Monday to Sunday, oldest first, up to the week of today. Pure.
import type { CoverageDay } from '@/lib/protocol/data-quality';

export type CalendarDay = {
  readonly day: string;
  readonly isFuture: boolean;
  /** Null for a day without games. */
  readonly coverage: CoverageDay | null;
};

const DAY_MS = 86_400_000;
const WEEKS_MIN = 4;
const WEEKS_MAX = 6;

export function calendarWeeks({ days, today }: { days: readonly CoverageDay[]; today: string }): CalendarDay[][] {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const oldest = days.reduce((least, { day }) => (day < least ? day : least), today);
  const lastMonday = mondayOf(today);
  const known = Math.round((lastMonday - mondayOf(oldest)) / (7 * DAY_MS)) + 1;
  const weeks = Math.min(WEEKS_MAX, Math.max(WEEKS_MIN, known));
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const at = lastMonday + ((week - weeks + 1) * 7 + weekday) * DAY_MS;
      const day = new Date(at).toISOString().slice(0, 10);
      return { day, isFuture: day > today, coverage: byDay.get(day) ?? null };
    }),
  );
}

function mondayOf(day: string): number {
  const at = Date.parse(day);
  return at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
}
