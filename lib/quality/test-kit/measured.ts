// A run in which all is well, for tests to spoil.
import type { FeedMeasurements, Measurements, RecordMeasurements } from '@/lib/quality/measurements';
import { LENGTH_BIN_SHARES } from '@/lib/quality/length-drift';
import { epochMs } from '@/lib/units/time';

export const AT = epochMs(Date.UTC(2026, 0, 15, 12));

export const GOOD_RECORD: RecordMeasurements = {
  games: 1_200,
  newestGameAgeMs: 40_000,
  incomplete: { count: 0, examples: [] },
  holes: { spanMs: 86_400_000, missedMs: 0, holes: 0 },
  implausible: [{ what: 'games longer than 5,000 ticks', rows: 0 }],
  twins: [{ what: 'games with the seed of another', rows: 0 }],
  clock: { skewMs: -800, games: 50 },
  unchecked: { games: 0, atLeast: false, waitingMs: 0 },
  failed: { count: 0, examples: [] },
  lengths: [{ day: '2026-01-15', counts: LENGTH_BIN_SHARES.map((share) => Math.round(share * 600)) }],
  intervals: [{ day: '2026-01-15', games: 600, departing: 6 }],
  rollup: { minutes: 1, waitingMs: 20_000 },
  retention: { days: 0, waitingMs: 0 },
  archive: { files: 30, days: 0, waitingMs: 0 },
  log: { position: 9_000, checked: 100, fault: null },
};

export const GOOD: Measurements = {
  at: AT,
  uptimeMs: 86_400_000,
  feed: {
    source: 'live',
    speed: 1,
    connected: true,
    frameAgeMs: 120,
    frames: 14_000,
    deadLetters: 0,
    repeated: 0,
  },
  store: { status: 'ok', queued: 3, spooled: 0, dropped: 0 },
  record: GOOD_RECORD,
  recordTrouble: null,
};

export function withRecord(changes: Partial<RecordMeasurements>): Measurements {
  return { ...GOOD, record: { ...GOOD_RECORD, ...changes } };
}

export function withFeed(changes: Partial<FeedMeasurements>): Measurements {
  return { ...GOOD, feed: { ...GOOD.feed, ...changes } };
}
