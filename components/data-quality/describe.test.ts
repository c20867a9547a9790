import { describe, expect, it } from 'vitest';
import { calendarWeeks } from '@/components/data-quality/calendar-weeks';
import { bytesText, limitText, scoreText, valueText } from '@/components/data-quality/describe-check';
import { countText } from '@/lib/quality/words';
import { splitScore } from '@/components/data-quality/split-score';
import { toAnswer } from '@/components/data-quality/test-kit/quality-answer';
import { withFeed } from '@/lib/quality/test-kit/measured';

const day = (name: string) => ({ ...toAnswer().stored!.coverage[0]!, day: name });

describe('the calendar of days', () => {
  it('has whole weeks from Monday, up to the week of today', () => {
    const weeks = calendarWeeks({ days: [day('2026-01-15'), day('2026-01-04')], today: '2026-01-15' });
    expect(weeks.map((week) => [week[0]!.day, week[6]!.day])).toEqual([
      ['2025-12-22', '2025-12-28'],
      ['2025-12-29', '2026-01-04'],
      ['2026-01-05', '2026-01-11'],
      ['2026-01-12', '2026-01-18'],
    ]);
    expect(weeks[1]![6]!.coverage?.games).toBe(600);
    expect(weeks[3]!.map(({ isFuture }) => isFuture)).toEqual([false, false, false, false, true, true, true]);
  });

  it('never has more than six weeks, nor fewer than four', () => {
    expect(calendarWeeks({ days: [day('2024-01-01')], today: '2026-01-18' })).toHaveLength(6);
    expect(calendarWeeks({ days: [], today: '2026-01-18' })).toHaveLength(4);
  });
});

describe('the points of a score', () => {
  it('are a hundred in all, and what is earned is the score when nothing caps it', () => {
    const answer = toAnswer(withFeed({ speed: 10, deadLetters: 20 }));
    const parts = splitScore(answer.report!.checks);
    const sum = (of: 'earned' | 'unknown' | 'possible') => parts.reduce((total, part) => total + part[of], 0);
    expect(sum('possible')).toBeCloseTo(100, 9);
    expect(Math.floor(sum('earned') * 10) / 10).toBe(answer.report!.score);
    expect(Math.floor((sum('earned') + sum('unknown')) * 10) / 10).toBe(answer.report!.best);
  });
});

describe('words', () => {
  it('give values with their unit, and limits as what is still good', () => {
    expect(valueText(90_000, 'ms')).toBe('1.5 min');
    expect(valueText(0.00042, 'share')).toBe('0.042 %');
    expect(valueText(31_000, 'evidence')).toBe('3.1 × 10^4');
    expect(limitText({ good: 0 }, 'count')).toBe('good: none');
    expect(limitText({ good: 0.001 }, 'share')).toBe('good: up to 0.1 %');
    expect([valueText(1, 'fault'), limitText({ good: 0 }, 'fault')]).toEqual(['does not hold', '']);
    expect(countText(1_234_567)).toBe('1\u202f234\u202f567');
    expect([bytesText(999), bytesText(9_876_543), bytesText(123_456_789)]).toEqual(['999 B', '9.9 MB', '123 MB']);
    expect(scoreText({ score: 62.5, best: 100 })).toBe('62.5 to 100');
  });
});
