// What the reader of the analytics chose, as the address keeps it, and the questions to the API that follow from it.
import { SOURCES } from '@/lib/protocol/analytics';

export const RANGES = ['day', 'week', 'month', 'all'] as const;
export type Range = (typeof RANGES)[number];
export type Source = (typeof SOURCES)[number];

export type AnalyticsChoice = {
  readonly range: Range;
  /** Null until the reader says so: the server then takes the games of its own feed. */
  readonly source: Source | null;
};

const HOURS: Record<Range, string> = { day: '24', week: '168', month: '720', all: 'all' };
/** As far back as the daily trend goes. */
const DAYS: Record<Range, string> = { day: '1', week: '7', month: '30', all: '366' };

export const RANGE_OPTIONS = [
  { value: 'day', text: '24 h' },
  { value: 'week', text: 'Week' },
  { value: 'month', text: 'Month' },
  { value: 'all', text: 'All' },
] as const satisfies readonly { value: Range; text: string }[];

export const SOURCE_OPTIONS = [
  { value: 'live', text: 'Real games' },
  { value: 'simulator', text: 'Simulated' },
] as const satisfies readonly { value: Source; text: string }[];

/** Anything else in the address reads as not chosen. */
export function readChoice(query: { get(name: string): string | null }): AnalyticsChoice {
  return {
    range: RANGES.find((range) => range === query.get('range')) ?? 'week',
    source: SOURCES.find((source) => source === query.get('source')) ?? null,
  };
}

export function writeChoice({ range, source }: AnalyticsChoice): string {
  const query = new URLSearchParams({ range });
  if (source) query.set('source', source);
  return `?${query}`;
}

export function analyticsPaths({ range, source }: AnalyticsChoice) {
  const from = source ? `&source=${source}` : '';
  return {
    performance: `/api/analytics/performance?hours=${HOURS[range]}${from}`,
    calibration: `/api/analytics/calibration?hours=${HOURS[range]}${from}`,
    patterns: `/api/analytics/patterns?hours=${HOURS[range]}${from}`,
    trends: `/api/analytics/trends?days=${DAYS[range]}${from}`,
  };
}
