// The compacted form of a finished game's ticks: one row from which every tick comes back as it was, and one of how
// regularly they came. Pure, and the same ticks always give the same rows. Called by plan-batch when a game becomes
// final or its ticks change afterwards, by read-known for games whose tick rows are gone, and by retention.
import type { TickSource } from '@/lib/game/events';
import { percentile } from '@/lib/math/percentile';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import type { GameId } from '@/lib/units/game-id';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { decodeAssessments, encodeAssessments } from '@/server/store/path-codec';
import type { TickRow } from '@/server/store/rows';

export type PathRow = {
  readonly gameId: GameId;
  /** Index = tick, rug price last; null for a tick nobody knows. */
  readonly prices: readonly (number | null)[];
  readonly firstReceivedAt: EpochMs | null;
  readonly arrivalsMs: readonly (number | null)[] | null;
  readonly sources: string;
  readonly assessments: Uint8Array | null;
};

export type IntervalsRow = {
  readonly gameId: GameId;
  readonly intervals: number;
  readonly meanMs: number;
  readonly medianMs: number;
  readonly p5Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly stalls: number;
  readonly bursts: number;
};

/** `intervals` is null when no two neighbours came in their own frames. */
export type CompactedGame = { readonly path: PathRow; readonly intervals: IntervalsRow | null };

/** What an `integer` takes: 24 days. A tick that arrived that long after the first did so by a clock that jumped. */
const ARRIVAL_MS_MAX = 2_147_483_647;
const STALL_MS = 1_000;
const BURST_MS = 50;

/** Ticks after `rugTick` are none of the game's. An arrival that a clock has moved by more than 24 days is not kept. */
export function compactGame({
  gameId,
  rugTick,
  ticks,
}: {
  gameId: GameId;
  rugTick: number;
  ticks: ReadonlyMap<number, TickRow>;
}): CompactedGame {
  const rows = Array.from({ length: rugTick + 1 }, (_, tick) => ticks.get(tick) ?? null);
  const path: PathRow = {
    gameId,
    prices: rows.map((row) => row?.price ?? null),
    ...toArrivals(rows.map((row) => row?.receivedAt ?? null)),
    sources: encodeSources(rows.map((row) => row?.source ?? null)),
    assessments: encodeAssessments(rows.map((row) => row?.assessment ?? null)),
  };
  return { path, intervals: toIntervals(gameId, path.arrivalsMs ?? []) };
}

export function expandPath(path: Omit<PathRow, 'gameId'>): TickRow[] {
  const sources = decodeSources(path.sources, path.prices.length);
  const assessments = path.assessments === null ? null : decodeAssessments(path.assessments);
  return path.prices.flatMap((price, tick): TickRow[] => {
    if (price === null) return [];
    const arrivalMs = path.arrivalsMs?.[tick] ?? null;
    const receivedAt = arrivalMs === null ? null : epochMs(path.firstReceivedAt! + arrivalMs);
    const assessment: CompactAssessment | null = assessments?.[tick] ?? null;
    return [{ tick, price, receivedAt, source: sources[tick]!, assessment }];
  });
}

/** "frame:0-186 history:187-187"; ticks nobody knows are in no stretch. */
export function encodeSources(sources: readonly (TickSource | null)[]): string {
  const stretches: string[] = [];
  for (let from = 0; from < sources.length;) {
    let to = from;
    while (to + 1 < sources.length && sources[to + 1] === sources[from]) to++;
    if (sources[from] !== null) stretches.push(`${sources[from]}:${from}-${to}`);
    from = to + 1;
  }
  return stretches.join(' ');
}

/** Throws RangeError for a text that `encodeSources` did not write. */
export function decodeSources(text: string, length: number): (TickSource | null)[] {
  const sources = new Array<TickSource | null>(length).fill(null);
  for (const stretch of text === '' ? [] : text.split(' ')) {
    const [, source, from, to] = /^(frame|partial|path|history):(\d+)-(\d+)$/.exec(stretch) ?? [];
    if (source === undefined || Number(to) >= length) throw new RangeError(`no stretch of ticks: ${stretch}`);
    sources.fill(source as TickSource, Number(from), Number(to) + 1);
  }
  return sources;
}

/** The first is the earliest, whichever tick it was of. */
function toArrivals(at: readonly (EpochMs | null)[]): Pick<PathRow, 'firstReceivedAt' | 'arrivalsMs'> {
  let first: EpochMs | null = null;
  for (const one of at) if (one !== null && (first === null || one < first)) first = one;
  if (first === null) return { firstReceivedAt: null, arrivalsMs: null };
  const arrivalsMs = at.map((one) => (one === null || one - first > ARRIVAL_MS_MAX ? null : one - first));
  return { firstReceivedAt: first, arrivalsMs };
}

/** Of neighbours that both came in a frame of their own. Frames that overtook one another count as no time at all. */
function toIntervals(gameId: GameId, arrivalsMs: readonly (number | null)[]): IntervalsRow | null {
  const intervals: number[] = [];
  for (let tick = 1; tick < arrivalsMs.length; tick++) {
    const [before, at] = [arrivalsMs[tick - 1]!, arrivalsMs[tick]!];
    if (before !== null && at !== null) intervals.push(Math.max(0, at - before));
  }
  if (intervals.length === 0) return null;
  return {
    gameId,
    intervals: intervals.length,
    meanMs: intervals.reduce((sum, ms) => sum + ms, 0) / intervals.length,
    medianMs: percentile(intervals, 0.5),
    p5Ms: percentile(intervals, 0.05),
    p95Ms: percentile(intervals, 0.95),
    p99Ms: percentile(intervals, 0.99),
    maxMs: percentile(intervals, 1),
    stalls: intervals.filter((ms) => ms > STALL_MS).length,
    bursts: intervals.filter((ms) => ms < BURST_MS).length,
  };
}
