// Answer of /api/data-quality: one schema for the server that builds it, the tests that check it and the page that draws
// it. Times are ms since the epoch; what could not be measured is null, never zero.
import { z } from 'zod';
import { CHECK_GROUPS, CHECK_STATUSES, CHECK_UNITS } from '@/lib/quality/expectation';
import { SOURCES } from '@/lib/protocol/analytics';

const finite = z.number();
const count = z.int().min(0);
const instant = z.number().describe('Milliseconds since 1970-01-01 UTC.');
const status = z.enum(CHECK_STATUSES);
const score = z.number().min(0).max(100);
const severity = z.enum(['warning', 'critical']);
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

export const qualityCheckSchema = z.object({
  id: z.string(),
  group: z.enum(CHECK_GROUPS),
  title: z.string(),
  why: z.string(),
  unit: z.enum(CHECK_UNITS).describe('Of value and limits. evidence: an e-value. fault: 0 where it holds.'),
  status,
  value: finite.nullable(),
  limits: z.object({ good: finite, bad: finite }).describe('Good up to the one, bad above the other.'),
  detail: z.string(),
  weight: finite.describe('Part in the score.'),
  severity,
});
export type QualityCheck = z.infer<typeof qualityCheckSchema>;

export const qualityReportSchema = z.object({
  at: instant,
  status: status.describe('That of the worst check.'),
  score: score.describe('What is certain; see docs/record/data-quality.md for the formula.'),
  best: score.describe('The score if everything unknown turned out to be good.'),
  checks: z.array(qualityCheckSchema).max(100),
});

export const qualityAlertSchema = z.object({
  id: z.string(),
  severity,
  state: z.enum(['raised', 'resolved']),
  title: z.string(),
  detail: z.string(),
  since: instant,
  updatedAt: instant,
  resolvedAt: instant.nullable(),
  notifiedAt: instant.nullable().describe('When the webhook took the newest change of state.'),
});
export type QualityAlert = z.infer<typeof qualityAlertSchema>;

export const coverageDaySchema = z.object({
  day: day.describe('UTC, by the date in the games’ ids.'),
  games: count.describe('Games on record that were played to their end.'),
  complete: count.describe('With every tick.'),
  verified: count,
  failed: count.describe('Of which the seed or a check does not fit.'),
  unverifiable: count,
  unchecked: count.describe('Waiting for their checks.'),
  ticks: count,
  ticksRepaired: count.describe('Ticks that came from the history, not from their own frame.'),
});
export type CoverageDay = z.infer<typeof coverageDaySchema>;

const pointSchema = z.object({ at: instant, score: score.describe('The lowest of its span.') });

/** What comes from the database; null as a whole while that does not answer. */
export const storedQualitySchema = z.object({
  scores: z.array(pointSchema).max(500).describe('Oldest first.'),
  coverage: z.array(coverageDaySchema).max(366).describe('Days with games, newest first.'),
  holds: z
    .array(z.object({ kind: z.string(), rows: count.describe('As the database estimates them.'), bytes: count }))
    .max(100),
  retention: z
    .array(
      z.object({
        kind: z.string(),
        hotDays: count,
        archiveAfterDays: count.nullable(),
        deleteAfterDays: count.nullable(),
      }),
    )
    .max(100),
  archive: z.object({ files: count, bytes: count, newestDay: day.nullable() }),
});
export type StoredQuality = z.infer<typeof storedQualitySchema>;

export const dataQualitySchema = z.object({
  serverTime: instant,
  source: z.enum(SOURCES).describe('Of the coverage. The report is about the feed that is running.'),
  report: qualityReportSchema.nullable().describe('Null until the first one is made.'),
  alerts: z.array(qualityAlertSchema).max(500).describe('Raised ones first.'),
  backlog: z.object({
    unchecked: count.nullable().describe('Finished games that wait for their checks; counting stops at 10,000.'),
    staleMinutes: count.nullable().describe('Minutes that wait to be rolled up; counting stops at 10,000.'),
    queued: count.describe('Facts in memory on their way to the database.'),
    spooled: count.describe('Facts on disk, waiting for the database.'),
    dropped: count.describe('Facts lost since the start.'),
  }),
  webhook: z
    .object({ queued: count, delivered: count, lost: count, trouble: z.string().nullable() })
    .nullable()
    .describe('Null when none is set.'),
  stored: storedQualitySchema.nullable(),
});
export type DataQuality = z.infer<typeof dataQualitySchema>;
