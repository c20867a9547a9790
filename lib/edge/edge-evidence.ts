// Edge evidence: is there a tick at which the side bet wins more often than break-even, which, and how sure is that?
// Everything may be read after every game without inflating errors. Pure and bounded; takes each game once, after its end
// (no look-ahead), and answers per tick in O(1); the assessment, the backtester and the worlds bench call it.
// The mathematics, what is guaranteed and what was measured: docs/decision-core/edge-evidence.md.
import type { AffectedRange, GameSpan } from '@/lib/edge/affected-ranges';
import { NO_END } from '@/lib/edge/affected-ranges';
import { logEvidenceAbove, lowerBound, upperBound, type Counts } from '@/lib/edge/bernoulli-mixture';
import { breakEvenOf, windowAtHazard, type BreakEven } from '@/lib/edge/break-even';
import { createEdgeAlarm } from '@/lib/edge/edge-alarm';
import { createEdgePlace, type EdgePlaceState } from '@/lib/edge/edge-place';
import { createHazardDrift, type DriftDirection } from '@/lib/edge/hazard-drift';
import type { StartMixtureState } from '@/lib/edge/start-mixture';
import { createWindowRecord, EVIDENCE_BUCKET_STARTS, type WindowRecordState } from '@/lib/edge/window-record';
import { GAME_TICKS_MAX } from '@/lib/game/rules';

/** A finished game. Seen only in part, it still counts for the ticks that were seen. */
export type FinishedGame = {
  /** Where it ended; null when the end was not seen, and then `aliveAt` says how far it was. */
  readonly rugTick: number | null;
  readonly aliveAt?: number;
  /** Tick at which watching began; 0 when absent. */
  readonly observedFrom?: number;
};

export type Bounds = { readonly lower: number; readonly upper: number; readonly level: number };

export type TickEvidence = {
  /** Evidence for an edge of the window after this tick; the zone is positive from 1/α on. */
  readonly eValue: number;
  readonly positive: boolean;
  /** `lower` is above break-even exactly when `positive`. */
  readonly winProbability: Bounds;
  /** Games seen alive at this tick. */
  readonly games: number;
  /** The affected ticks the claim rests on; null without a claim. `lastTick` null: to the end of the game. */
  readonly scope: EvidenceScope | null;
};

export type EvidenceScope = { readonly firstTick: number; readonly lastTick: number | null };

/** Win probabilities here are of 40 ticks at the average hazard of the ticks in question. */
export type RangeEvidence = EvidenceScope & {
  readonly eValue: number;
  readonly winProbability: Bounds & { readonly value: number | null };
  readonly rugs: number;
  readonly ticks: number;
};

export type EvidenceSummary = {
  readonly games: number;
  /** 1/α: what an e-value must reach. */
  readonly neededEValue: number;
  readonly breakEven: number;
  /** Is there an edge anywhere, of any kind looked for? No zone is positive below `neededEValue`. */
  readonly anywhere: { readonly eValue: number; readonly scope: EvidenceScope };
  readonly overall: RangeEvidence;
  readonly buckets: readonly RangeEvidence[];
  readonly drift: { readonly eValue: number; readonly direction: DriftDirection };
  /** An edge that began after the first game seen, and the game after which it most likely did. */
  readonly change: { readonly eValue: number; readonly sinceGame: number };
};

export type EdgeEvidenceState = {
  readonly version: number;
  readonly payout: number;
  readonly alarm: StartMixtureState;
  readonly drift: StartMixtureState;
  readonly place: EdgePlaceState;
  readonly record: WindowRecordState;
};

export type EdgeEvidence = {
  observeGame(game: FinishedGame): void;
  /** Whether any zone may be positive now; false costs nothing to know. */
  hasAlarm(): boolean;
  /** The zone decision alone, without an allocation. */
  isPositive(tick: number): boolean;
  evidenceAt(tick: number): TickEvidence;
  summary(): EvidenceSummary;
  /** Plain data, safe to store as JSON; the same engine continues from it, bit for bit. */
  serialize(): EdgeEvidenceState;
};

/** The total error of all positive zones, over all ticks and all time, while no tick has an edge. */
export const EDGE_ERROR = 0.01;
/** To be raised with every change of ranges, effects or weights: a bet cannot change its terms while it runs. */
const STATE_VERSION = 2;
/** Odds beyond this say no more; it keeps the e-value finite. */
const ODDS_MAX = 1e12;

/** `saved` counts only when it was made for the same payout and version: evidence about another bet is none here. */
export function createEdgeEvidence(
  { payout, alpha = EDGE_ERROR }: { payout: number; alpha?: number },
  saved?: EdgeEvidenceState,
): EdgeEvidence {
  const breakEven = breakEvenOf(payout);
  const state = saved?.version === STATE_VERSION && saved.payout === payout ? saved : undefined;
  const alarm = createEdgeAlarm(breakEven, state?.alarm);
  const drift = createHazardDrift(state?.drift);
  const place = createEdgePlace(breakEven, state?.place);
  const record = createWindowRecord(state?.record);
  const neededEValue = 1 / alpha;
  /** The probability whose odds are 1/α. */
  const level = 1 / (1 + alpha);

  const hasAlarm = () => alarm.eValue() >= neededEValue;
  const isPositive = (tick: number) => hasAlarm() && place.probability(tick) >= level;
  return {
    observeGame(game) {
      const span = spanOf(game);
      if (span.last < span.first) return;
      alarm.observe(span);
      drift.observe(span);
      place.observe(span);
      record.observe(span);
    },
    hasAlarm,
    isPositive,
    evidenceAt(tick) {
      const positive = isPositive(tick);
      const probability = place.probability(tick);
      const bounds = windowBounds({ record, tick, alpha });
      const lower = positive
        ? Math.max(bounds.lower, place.lowerWinProbability(tick, level))
        : Math.min(bounds.lower, breakEven.winProbability);
      return {
        eValue: Math.min(alarm.eValue(), ODDS_MAX, probability / (1 - probability)),
        positive,
        winProbability: { lower, upper: Math.max(lower, bounds.upper), level: 1 - alpha },
        games: record.windows(tick, false).trials,
        scope: positive ? scopeOf(place.leading(tick)!) : null,
      };
    },
    summary: () => ({
      games: record.games(),
      neededEValue,
      breakEven: breakEven.winProbability,
      anywhere: { eValue: alarm.eValue(), scope: scopeOf(alarm.leading()) },
      overall: rangeEvidence({ scope: { firstTick: 1, lastTick: null }, counts: record.ticks(), alpha, breakEven }),
      buckets: EVIDENCE_BUCKET_STARTS.map((firstTick, b) => {
        const next = EVIDENCE_BUCKET_STARTS[b + 1];
        const scope = { firstTick, lastTick: next === undefined ? null : next - 1 };
        const share = alpha / EVIDENCE_BUCKET_STARTS.length;
        return rangeEvidence({ scope, counts: record.bucket(b), alpha: share, breakEven });
      }),
      drift: { eValue: drift.eValue(), direction: drift.direction() },
      change: { eValue: alarm.laterEValue(), sinceGame: alarm.laterSinceGame() },
    }),
    serialize: () => ({
      version: STATE_VERSION,
      payout,
      alarm: alarm.serialize(),
      drift: drift.serialize(),
      place: place.serialize(),
      record: record.serialize(),
    }),
  };
}

/** The cut-off at the last tick is no rug: the generator makes no draw there. */
function spanOf({ rugTick, aliveAt = 0, observedFrom = 0 }: FinishedGame): GameSpan {
  const rugged = rugTick !== null && rugTick < GAME_TICKS_MAX;
  const last = rugged ? rugTick : Math.min(rugTick ?? aliveAt, GAME_TICKS_MAX - 1);
  return { first: observedFrom + 1, last, rugged };
}

/** The window's own record: windows cut short count as lost below and as won above, so both ends hold either way. */
function windowBounds({
  record,
  tick,
  alpha,
}: {
  record: ReturnType<typeof createWindowRecord>;
  tick: number;
  alpha: number;
}): { lower: number; upper: number } {
  const logThreshold = Math.log(2 / alpha);
  return {
    lower: lowerBound(record.windows(tick, false), logThreshold),
    upper: upperBound(record.windows(tick, true), logThreshold),
  };
}

function rangeEvidence({
  scope,
  counts,
  alpha,
  breakEven,
}: {
  scope: EvidenceScope;
  counts: Counts;
  alpha: number;
  breakEven: BreakEven;
}): RangeEvidence {
  const logThreshold = Math.log(2 / alpha);
  return {
    ...scope,
    eValue: Math.exp(Math.min(logEvidenceAbove(breakEven.hazard, counts), Math.log(Number.MAX_VALUE))),
    winProbability: {
      value: counts.trials === 0 ? null : windowAtHazard(counts.successes / counts.trials),
      lower: windowAtHazard(lowerBound(counts, logThreshold)),
      upper: windowAtHazard(upperBound(counts, logThreshold)),
      level: 1 - alpha,
    },
    rugs: counts.successes,
    ticks: counts.trials,
  };
}

function scopeOf(range: AffectedRange): EvidenceScope {
  return { firstTick: range.firstTick, lastTick: range.endTick === NO_END ? null : range.endTick - 1 };
}
