// The ticks of one game as the API tells them, whether they come from its compacted path or from the ticks themselves.
// Pure; called for the game page, the path and the export.
import { fromAssessmentRow } from '@/lib/protocol/assessment-row';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import type { GameDetail } from '@/lib/protocol/games-api';
import type { TickSource } from '@/lib/game/events';
import { decodeAssessments } from '@/server/store/path-codec';

export type TickPath = Pick<GameDetail, 'prices' | 'arrivals' | 'stretches' | 'assessments'>;

/** The columns of PATH_COLUMNS. */
export type TickPathRow = {
  readonly path: {
    readonly prices: (number | null)[];
    readonly firstReceivedAt: number | null;
    readonly arrivalsMs: (number | null)[] | null;
    readonly sources: string;
  } | null;
  readonly packedAssessments: Buffer | null;
  readonly ticks: TickTuple[] | null;
};

/** PostgreSQL writes NaN into JSON as text. */
type TickTuple = [
  tick: number,
  price: number,
  receivedAt: number | null,
  source: TickSource,
  assessment: (number | string)[] | null,
  model: string | null,
];

/** Ticks after a rug that the record knows are of no game; `rugTick` is null while there is none. */
export function toTickPath({ path, packedAssessments, ticks }: TickPathRow, rugTick: number | null): TickPath {
  const told = path ? fromPath(path, packedAssessments) : fromTicks(ticks ?? [], rugTick);
  return { ...told, assessments: told.assessments.map((made) => (made && isFinite(made) ? made : null)) };
}

/** JSON has no infinity: an assessment that holds one is worth nothing to anybody, and is told as none. */
function isFinite({ x, a, e, d, s }: CompactAssessment): boolean {
  return [x, ...a, ...(e ?? []), ...(d ?? []), s].every(Number.isFinite);
}

function fromPath(path: NonNullable<TickPathRow['path']>, packed: Buffer | null): TickPath {
  const { prices, firstReceivedAt, arrivalsMs, sources } = path;
  return {
    prices,
    arrivals: prices.map((_, tick) => {
      const afterMs = arrivalsMs?.[tick] ?? null;
      return firstReceivedAt === null || afterMs === null ? null : firstReceivedAt + afterMs;
    }),
    stretches: parseStretches(sources),
    assessments: packed ? decodeAssessments(packed) : prices.map(() => null),
  };
}

/** "frame:0-186 history:187-187". */
function parseStretches(text: string): TickPath['stretches'] {
  return [...text.matchAll(/(\w+):(\d+)-(\d+)/g)].map(([, source, from, to]) => ({
    from: Number(from),
    to: Number(to),
    source: source as TickSource,
  }));
}

function fromTicks(ticks: readonly TickTuple[], rugTick: number | null): TickPath {
  const length = (rugTick ?? ticks.at(-1)?.[0] ?? -1) + 1;
  const known = ticks.filter(([tick]) => tick < length);
  const prices = new Array<number | null>(length).fill(null);
  const arrivals = new Array<number | null>(length).fill(null);
  const assessments = new Array<CompactAssessment | null>(length).fill(null);
  for (const [tick, price, receivedAt, , row, model] of known) {
    prices[tick] = price;
    arrivals[tick] = receivedAt;
    if (row && model !== null) assessments[tick] = fromAssessmentRow(row.map(Number), model);
  }
  return { prices, arrivals, stretches: joinStretches(known), assessments };
}

function joinStretches(ticks: readonly TickTuple[]): TickPath['stretches'] {
  const stretches: TickPath['stretches'] = [];
  for (const [tick, , , source] of ticks) {
    const last = stretches.at(-1);
    if (last?.source === source && last.to === tick - 1) last.to = tick;
    else stretches.push({ from: tick, to: tick, source });
  }
  return stretches;
}
