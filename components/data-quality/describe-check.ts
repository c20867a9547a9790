// How the Data page speaks of checks: words for statuses and groups, values with their unit. Pure.
import type { CheckGroup, CheckStatus, CheckUnit } from '@/lib/quality/expectation';
import { ageText, countText, evidenceText, shareText } from '@/lib/quality/words';

export const STATUS_WORDS: Record<CheckStatus, string> = {
  good: 'Good',
  unknown: 'Unknown',
  warning: 'Warning',
  bad: 'Bad',
};

export const GROUP_WORDS: Record<CheckGroup, string> = {
  whole: 'Nothing is missing',
  right: 'What is there is right',
  fresh: 'It is up to date',
  plausible: 'It is plausible',
  kept: 'It is kept in order',
};

export function valueText(value: number, unit: CheckUnit): string {
  switch (unit) {
    case 'ms':
      return ageText(value);
    case 'share':
      return shareText(value);
    case 'evidence':
      return evidenceText(value);
    case 'count':
      return countText(value);
    case 'fault':
      return value === 0 ? 'holds' : 'does not hold';
  }
}

/** "good: none", "good: up to 5 min"; nothing where there is nothing between right and wrong. */
export function limitText({ good }: { good: number }, unit: CheckUnit): string {
  if (unit === 'fault') return '';
  return good === 0 ? 'good: none' : `good: up to ${valueText(good, unit)}`;
}

export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1_000 && unit < units.length - 1) {
    size /= 1_000;
    unit++;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : Number(size.toPrecision(2))} ${units[unit]}`;
}

/** "97.5", or "62 to 100" while something is unknown. */
export function scoreText({ score, best }: { score: number; best: number }): string {
  return score === best ? String(score) : `${score} to ${best}`;
}
