import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZoneId, localDays } from '@/lib/units/local-days';
import { epochMs } from '@/lib/units/time';

const at = (iso: string) => epochMs(Date.parse(iso));
const starts = (zone: string, now: string, count: number) =>
  localDays({ now: at(now), count, zone }).map(({ day, startsAt }) => [day, new Date(startsAt).toISOString()]);

describe('the days of a zone', () => {
  it('begin at its own midnight, and are as long as its clocks make them', () => {
    expect(starts('UTC', '2026-03-04T23:59:59Z', 2)).toEqual([
      ['2026-03-03', '2026-03-03T00:00:00.000Z'],
      ['2026-03-04', '2026-03-04T00:00:00.000Z'],
    ]);
    // Clocks went forward on the 29th: a day of 23 hours.
    expect(starts('Europe/Berlin', '2026-03-30T12:00:00Z', 3)).toEqual([
      ['2026-03-28', '2026-03-27T23:00:00.000Z'],
      ['2026-03-29', '2026-03-28T23:00:00.000Z'],
      ['2026-03-30', '2026-03-29T22:00:00.000Z'],
    ]);
    // Already tomorrow there, at a quarter to the hour.
    expect(starts('Asia/Kathmandu', '2026-03-04T18:15:00Z', 1)).toEqual([['2026-03-05', '2026-03-04T18:15:00.000Z']]);
    expect(starts('Pacific/Kiritimati', '2026-03-04T10:00:00Z', 1)).toEqual([
      ['2026-03-05', '2026-03-04T10:00:00.000Z'],
    ]);
    // Clocks skipped the first hour of that day.
    expect(starts('Africa/Cairo', '2024-04-26T12:00:00Z', 1)).toEqual([['2024-04-26', '2024-04-25T22:00:00.000Z']]);
  });

  it('hold every instant, and each the one that they are asked for', () => {
    const zones = [
      'UTC',
      'America/New_York',
      'Europe/London',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Chatham',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.integer({ min: 1, max: 40 }),
        (zone, now, count) => {
          const days = localDays({ now: epochMs(now), count, zone });
          const date = (instant: number) => new Date(instant).toLocaleDateString('en-CA', { timeZone: zone });
          for (const [index, { day, startsAt }] of days.entries()) {
            expect(date(startsAt)).toBe(day);
            expect(date(startsAt - 1) < day).toBe(true);
            if (index > 0) expect(startsAt - days[index - 1]!.startsAt).toBeGreaterThanOrEqual(22 * 3_600_000);
          }
          expect(days.at(-1)!.startsAt <= now && date(now) === days.at(-1)!.day).toBe(true);
        },
      ),
    );
  });

  it('are those of known zones only', () => {
    for (const zone of ['Europe/Berlin', 'UTC', 'Asia/Kolkata']) expect(isZoneId(zone)).toBe(true);
    for (const text of ['', 'Mars/Olympus', "UTC'; drop table bets", 'x'.repeat(300)])
      expect(isZoneId(text)).toBe(false);
  });
});
