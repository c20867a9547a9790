// What the running service measures of itself, minute by minute: frames, ticks, dead letters, disconnects, errors, and how
// long a frame took to become a sent assessment. In memory and bounded; the live path only counts here, and never waits.
// The service-minutes job hands finished minutes to the record. Minutes are UTC, and a minute without anything has no row.
import { bucketStart } from '@/lib/metrics/buckets';
import { LATENCY_EDGES } from '@/lib/metrics/edges';
import { addToBin, binOf } from '@/lib/metrics/histogram';
import { percentile } from '@/lib/math/percentile';
import type { Clock } from '@/lib/units/time';

export type ServiceMinute = {
  /** Start, ms since the epoch. */
  readonly minute: number;
  readonly frames: number;
  readonly ticks: number;
  readonly deadLetters: number;
  readonly disconnects: number;
  readonly errors: number;
  readonly latencyCounts: readonly number[];
  readonly clockSkewMs: number | null;
};

export type ServiceMeter = {
  frame(): void;
  /** A tick came, and its assessment went out so long after its frame; null when none was made. */
  tick(latencyMs: number | null): void;
  deadLetter(): void;
  disconnect(): void;
  error(): void;
  /** Our clock minus the feed's, as a frame tells it. */
  clockSkew(skewMs: number): void;
  /** Minutes that are over; `all`: the running one too, for the end of the process. They stay until forgotten. */
  minutes(options?: { all: boolean }): readonly ServiceMinute[];
  /** After the record has them. */
  forget(minutes: readonly ServiceMinute[]): void;
};

/** Three hours in which the record is away. Beyond that the oldest minutes go: the record's own gap tells of the outage. */
export const MINUTES_MAX = 180;
/** A minute's median needs no more, and a feed may tell its time with every frame. */
const SKEWS_MAX = 256;

type Counting = { -readonly [key in keyof Omit<ServiceMinute, 'latencyCounts' | 'clockSkewMs'>]: number } & {
  readonly latencies: number[];
  readonly skews: number[];
};

export function createServiceMeter({ clock }: { clock: Clock }): ServiceMeter {
  const finished: ServiceMinute[] = [];
  let current: Counting | null = null;

  function closeIfOver(minute: number): void {
    if (current === null || current.minute === minute) return;
    finished.push(toMinute(current));
    if (finished.length > MINUTES_MAX) finished.shift();
    current = null;
  }

  function now(): Counting {
    const minute = bucketStart(clock(), 'minute');
    closeIfOver(minute);
    return (current ??= emptyMinute(minute));
  }

  return {
    frame: () => void now().frames++,
    tick(latencyMs) {
      const counting = now();
      counting.ticks++;
      if (latencyMs !== null) addToBin(counting.latencies, binOf(LATENCY_EDGES, latencyMs));
    },
    deadLetter: () => void now().deadLetters++,
    disconnect: () => void now().disconnects++,
    error: () => void now().errors++,
    clockSkew(skewMs) {
      const { skews } = now();
      if (skews.length < SKEWS_MAX && Number.isFinite(skewMs)) skews.push(skewMs);
    },
    minutes({ all } = { all: false }) {
      closeIfOver(all ? NaN : bucketStart(clock(), 'minute'));
      return [...finished];
    },
    forget(minutes) {
      for (const minute of minutes) {
        const index = finished.indexOf(minute);
        if (index >= 0) finished.splice(index, 1);
      }
    },
  };
}

function emptyMinute(minute: number): Counting {
  return { minute, frames: 0, ticks: 0, deadLetters: 0, disconnects: 0, errors: 0, latencies: [], skews: [] };
}

function toMinute({ latencies, skews, ...counts }: Counting): ServiceMinute {
  return { ...counts, latencyCounts: latencies, clockSkewMs: skews.length === 0 ? null : percentile(skews, 0.5) };
}
