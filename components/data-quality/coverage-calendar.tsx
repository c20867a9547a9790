// One cell a day: how many games, and under the number a bar of the share that is whole and verified. A day on which
// something is missing or failed carries a mark as well; colour alone says nothing here.
import { CircleAlert } from 'lucide-react';
import { calendarWeeks, type CalendarDay } from '@/components/data-quality/calendar-weeks';
import { countText } from '@/lib/quality/words';
import { cn } from '@/components/ui/cn';
import type { CoverageDay } from '@/lib/protocol/data-quality';
import { shareText } from '@/lib/quality/words';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

export function CoverageCalendar({ days, today }: { days: readonly CoverageDay[]; today: string }) {
  const weeks = calendarWeeks({ days, today });
  return (
    <table className="w-full table-fixed border-separate border-spacing-1" data-testid="coverage-calendar">
      <caption className="pb-1 text-left text-caption text-ink-faint">
        Days in UTC. The bar is the share of games that are complete and verified.
      </caption>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col" className="text-left text-caption font-normal text-ink-faint">
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]!.day}>
            {week.map((day) => (
              <Cell key={day.day} day={day} isToday={day.day === today} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ day: { day, isFuture, coverage }, isToday }: { day: CalendarDay; isToday: boolean }) {
  if (isFuture) return <td />;
  const date = Number(day.slice(8));
  const month = date === 1 || isToday ? MONTH.format(Date.parse(day)) : null;
  const label = (
    <>
      {date}
      {month && <span className="max-sm:sr-only"> {month}</span>}
    </>
  );
  if (!coverage) {
    return (
      <td className="h-14 rounded-small border border-line/60 px-1 py-1 align-top sm:px-1.5" title={`${day}: no games`}>
        <span className="text-caption text-ink-faint">{label}</span>
      </td>
    );
  }
  const { games, complete, verified, failed } = coverage;
  const whole = Math.min(complete, verified) / games;
  const isMarked = complete < games || failed > 0;
  return (
    <td
      data-day={day}
      title={tell(coverage)}
      className={cn(
        'h-14 rounded-small border bg-raised px-1 py-1 align-top sm:px-1.5',
        isMarked ? 'border-warning/60' : 'border-line',
      )}
    >
      <span className="flex items-center justify-between gap-1 text-caption text-ink-faint">
        <span className={cn('truncate', isToday && 'font-semibold text-ink')}>{label}</span>
        {isMarked && <CircleAlert aria-hidden className="size-3 shrink-0 text-warning" />}
      </span>
      <span className="block truncate font-medium text-ink max-sm:text-caption">{countText(games)}</span>
      <span aria-hidden className="mt-0.5 flex h-1 overflow-hidden rounded-small bg-line">
        <span className="bg-up" style={{ width: `${100 * whole}%` }} />
      </span>
      <span className="sr-only">{tell(coverage)}</span>
    </td>
  );
}

function tell({ day, games, complete, verified, failed, unchecked, ticks, ticksRepaired }: CoverageDay): string {
  const parts = [
    `${games} games`,
    `${complete} complete`,
    `${verified} verified`,
    failed > 0 && `${failed} failed`,
    unchecked > 0 && `${unchecked} not checked yet`,
    ticks > 0 && `${shareText(ticksRepaired / ticks)} of ticks repaired`,
  ].filter(Boolean);
  return `${day}: ${parts.join(', ')}`;
}
