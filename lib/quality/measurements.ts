// What one run of the quality job measured, before anything is made of it. Types only: server/quality fills them,
// lib/quality's expectations read them. Null always means "could not be measured", never "none".
import type { EpochMs } from '@/lib/units/time';

export type Measurements = {
  readonly at: EpochMs;
  /** How long this process has been measuring. */
  readonly uptimeMs: number;
  readonly feed: FeedMeasurements;
  readonly store: StoreMeasurements;
  /** Null when the database did not answer, or not what it was asked. */
  readonly record: RecordMeasurements | null;
  /** What was the matter then. */
  readonly recordTrouble: string | null;
};

export type FeedMeasurements = {
  readonly source: 'live' | 'simulator' | 'replay';
  /** How many times faster than the game the feed runs; null when it keeps no pace at all. */
  readonly speed: number | null;
  readonly connected: boolean;
  /** Age of the newest frame; null before the first. */
  readonly frameAgeMs: number | null;
  /** Counted over the last hour of this process. */
  readonly frames: number;
  readonly deadLetters: number;
  readonly repeated: number;
};

export type StoreMeasurements = {
  readonly status: 'ok' | 'behind' | 'down';
  readonly queued: number;
  readonly spooled: number;
  /** Facts lost for good since the process started. */
  readonly dropped: number;
};

/** Of one source's games; `games` is how many of the newest were looked at, at most `QUALITY_GAMES`. */
export type RecordMeasurements = {
  readonly games: number;
  readonly newestGameAgeMs: number | null;
  /** Finished games that lack ticks or were never confirmed, some of them by id. */
  readonly incomplete: Finds;
  /** Time between games in which others must have been played; null where nobody can say. */
  readonly holes: { readonly spanMs: number; readonly missedMs: number; readonly holes: number } | null;
  /** Rows that no constraint refuses and no real game has, by kind. */
  readonly implausible: readonly { readonly what: string; readonly rows: number }[];
  /** The same thing stored twice under two names. */
  readonly twins: readonly { readonly what: string; readonly rows: number }[];
  /** Our clock less the feed's at the ends of watched games, median. */
  readonly clock: { readonly skewMs: number; readonly games: number } | null;
  readonly unchecked: { readonly games: number; readonly atLeast: boolean; readonly waitingMs: number };
  readonly failed: Finds;
  /** Newest day of games first, by the date in their ids; at most two. */
  readonly lengths: readonly LengthDay[];
  readonly intervals: readonly IntervalDay[];
  /** Minutes that wait to be rolled up, and how long the first of them has been seen to. */
  readonly rollup: { readonly minutes: number; readonly waitingMs: number };
  /** Days of data that a policy wants deleted, and how long the first has been seen to wait; null without a policy. */
  readonly retention: { readonly days: number; readonly waitingMs: number } | null;
  /** The same of days to be archived; null when nothing is. */
  readonly archive: { readonly files: number; readonly days: number; readonly waitingMs: number } | null;
  /** The newest events, hashed again; null while the log is empty. */
  readonly log: { readonly position: number; readonly checked: number; readonly fault: string | null } | null;
};

export type Finds = { readonly count: number; readonly examples: readonly string[] };
/** How many games of a day ended in each bin of lib/quality/length-drift. */
export type LengthDay = { readonly day: string; readonly counts: readonly number[] };
export type IntervalDay = { readonly day: string; readonly games: number; readonly departing: number };

/** About a day of the real game. Every run looks at as many of the newest games, however many are stored. */
export const QUALITY_GAMES = 1_500;
