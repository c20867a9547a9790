// What finished games show, counted: windows won by start tick, and rugs among the ticks seen, in all and by bucket.
// Pure bookkeeping, O(ticks of the game) per game and bounded by the longest game; called by the edge evidence.
import type { GameSpan } from '@/lib/edge/affected-ranges';
import type { Counts } from '@/lib/edge/bernoulli-mixture';
import { GAME_TICKS_MAX, WINDOW_TICKS } from '@/lib/game/rules';

/** Buckets of ticks reported one by one; the first tick of each, the last has no end. */
export const EVIDENCE_BUCKET_STARTS = [1, 10, 40, 100, 200, 400] as const;

export type WindowRecordState = {
  readonly games: number;
  /** Games seen from tick 0: [last tick, how many]. */
  readonly rugged: readonly (readonly [number, number])[];
  readonly unfinished: readonly (readonly [number, number])[];
  readonly bucketRugs: readonly number[];
  readonly bucketTicks: readonly number[];
};

export type WindowRecord = {
  observe(span: GameSpan): void;
  games(): number;
  /** Games alive at `tick` whose next 40 ticks were seen or ended in a rug; `asWins` counts those cut short as wins. */
  windows(tick: number, asWins: boolean): Counts;
  ticks(): Counts;
  bucket(index: number): Counts;
  serialize(): WindowRecordState;
};

export function createWindowRecord(saved?: WindowRecordState): WindowRecord {
  const alive = new Float64Array(GAME_TICKS_MAX);
  const won = new Float64Array(GAME_TICKS_MAX);
  const cutShort = new Float64Array(GAME_TICKS_MAX);
  const rugged = new Map<number, number>(saved?.rugged);
  const unfinished = new Map<number, number>(saved?.unfinished);
  const bucketRugs = saved ? [...saved.bucketRugs] : EVIDENCE_BUCKET_STARTS.map(() => 0);
  const bucketTicks = saved ? [...saved.bucketTicks] : EVIDENCE_BUCKET_STARTS.map(() => 0);
  let games = saved?.games ?? 0;

  const countWindows = (last: number, inWindow: Float64Array, times: number) => {
    for (let tick = 0; tick < last; tick++) alive[tick]! += times;
    for (let tick = Math.max(0, last - WINDOW_TICKS); tick < last; tick++) inWindow[tick]! += times;
  };
  for (const [last, times] of rugged) countWindows(last, won, times);
  for (const [last, times] of unfinished) countWindows(last + 1, cutShort, times);

  return {
    observe(span) {
      games++;
      EVIDENCE_BUCKET_STARTS.forEach((start, b) => {
        const end = (EVIDENCE_BUCKET_STARTS[b + 1] ?? Infinity) - 1;
        bucketTicks[b]! += Math.max(0, Math.min(end, span.last) - Math.max(start, span.first) + 1);
        if (span.rugged && span.last >= start && span.last <= end) bucketRugs[b]!++;
      });
      if (span.first > 1) return; // A game joined late was chosen for being alive then: it tells of ticks, not of windows.
      const ends = span.rugged ? rugged : unfinished;
      ends.set(span.last, (ends.get(span.last) ?? 0) + 1);
      if (span.rugged) countWindows(span.last, won, 1);
      else countWindows(span.last + 1, cutShort, 1);
    },
    games: () => games,
    windows(tick, asWins) {
      if (tick >= GAME_TICKS_MAX) return { successes: 0, trials: 0 };
      return { successes: won[tick]! + (asWins ? cutShort[tick]! : 0), trials: alive[tick]! };
    },
    ticks: () => ({ successes: sum(bucketRugs), trials: sum(bucketTicks) }),
    bucket: (index) => ({ successes: bucketRugs[index]!, trials: bucketTicks[index]! }),
    serialize: () => ({
      games,
      rugged: [...rugged],
      unfinished: [...unfinished],
      bucketRugs: [...bucketRugs],
      bucketTicks: [...bucketTicks],
    }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
