// The verbs behind /api/analytics: parse what a stranger sent, ask the record, answer or say why not.
import type { CalibrationAnswer, PatternsAnswer, PerformanceAnswer, TrendsAnswer } from '@/lib/protocol/analytics';
import { ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import type { AnalyticsHistory } from '@/server/history/analytics-history';
import {
  CALIBRATION_PARAMETERS,
  PATTERNS_PARAMETERS,
  PERFORMANCE_PARAMETERS,
  toCalibrationRange,
  toPatternsRange,
  toPerformanceRange,
  toTrendsRange,
  TRENDS_PARAMETERS,
} from '@/server/history/analytics-parameters';
import { readQuery } from '@/server/http/parameters';
import type { Problem } from '@/server/http/problem';
import { withDatabase } from '@/server/http/with-database';
import type { GameSource } from '@/lib/game/game-source';

type Answer<T> = Promise<Result<T, Problem>>;

/** `source`: whose games a query means that does not say. */
export type AnalyticsRequest = {
  readonly history: AnalyticsHistory;
  readonly query: URLSearchParams;
  readonly source: GameSource;
  readonly now: EpochMs;
};

export async function getPerformance({ history, query, source, now }: AnalyticsRequest): Answer<PerformanceAnswer> {
  const read = readQuery(query, PERFORMANCE_PARAMETERS);
  if (!read.ok) return read;
  const { hours, at, metric_type: metricType = 'all' } = read.value;
  const range = { ...toPerformanceRange({ hours, at, now }), source: read.value.source ?? source, metricType };
  return withDatabase(async () => ok(await history.readPerformance(range)));
}

export async function getTrends({ history, query, source, now }: AnalyticsRequest): Answer<TrendsAnswer> {
  const read = readQuery(query, TRENDS_PARAMETERS);
  if (!read.ok) return read;
  const { days, at } = read.value;
  const range = { ...toTrendsRange({ days, at, now }), source: read.value.source ?? source };
  return withDatabase(async () => ok(await history.readTrends(range)));
}

export async function getPatterns({ history, query, source, now }: AnalyticsRequest): Answer<PatternsAnswer> {
  const read = readQuery(query, PATTERNS_PARAMETERS);
  if (!read.ok) return read;
  const { hours, at } = read.value;
  const range = { ...toPatternsRange({ hours, at, now }), source: read.value.source ?? source };
  return withDatabase(async () => ok(await history.readPatterns(range)));
}

export async function getCalibration({ history, query, source, now }: AnalyticsRequest): Answer<CalibrationAnswer> {
  const read = readQuery(query, CALIBRATION_PARAMETERS);
  if (!read.ok) return read;
  const { hours, at } = read.value;
  const range = { ...toCalibrationRange({ hours, at, now }), source: read.value.source ?? source };
  return withDatabase(async () => ok(await history.readCalibration(range)));
}
