// The running result of a session, bet by bet, and how far it fell below its best. In lamports, not in shares: a session has
// no bankroll of its own, and a share of nothing is no figure. Pure.
import type { SettledBet } from '@/lib/performance/session-bet';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type SessionEquityPoint = {
  /** How many bets were settled by then. */
  readonly n: number;
  readonly betId: string;
  readonly at: EpochMs;
  /** Sum of all results up to and with this bet. */
  readonly netLamports: Lamports;
};

export type SessionEquity = {
  readonly points: readonly SessionEquityPoint[];
  readonly netLamports: Lamports;
  /** Best the session stood; 0 when it never stood above its beginning. */
  readonly peakLamports: Lamports;
  /** Largest fall from a best, max over s < t of equity(s) − equity(t), the beginning counting as a best; never negative. */
  readonly drawdownLamports: Lamports;
  /** Fall from the best so far to where it stands now. */
  readonly currentDrawdownLamports: Lamports;
};

/** `bets` in order of settlement, as settledBets gives them. */
export function computeSessionEquity(bets: readonly SettledBet[]): SessionEquity {
  let net = 0n;
  let peak = 0n;
  let drawdown = 0n;
  const points = bets.map(({ betId, settledAt, netLamports }, index) => {
    net += netLamports;
    if (net > peak) peak = net;
    if (peak - net > drawdown) drawdown = peak - net;
    return { n: index + 1, betId, at: settledAt, netLamports: lamports(net) };
  });
  return {
    points,
    netLamports: lamports(net),
    peakLamports: lamports(peak),
    drawdownLamports: lamports(drawdown),
    currentDrawdownLamports: lamports(peak - net),
  };
}

/**
 * As many points as can be told apart when drawn: of each stretch of bets the highest and the lowest, in their order, so that
 * no peak and no trough is lost; first and last stay. All of them where they are few.
 */
export function thinCurve(points: readonly SessionEquityPoint[], pointsMax: number): readonly SessionEquityPoint[] {
  if (points.length <= pointsMax) return points;
  // Two of each stretch, and the two ends.
  const stretches = Math.floor((pointsMax - 2) / 2);
  const inner = points.slice(1, -1);
  const kept = Array.from({ length: stretches }, (_, index) => {
    const [from, to] = [index, index + 1].map((edge) => Math.floor((edge * inner.length) / stretches));
    return extremesOf(inner.slice(from, to));
  });
  return [points[0]!, ...kept.flat(), points.at(-1)!];
}

function extremesOf(points: readonly SessionEquityPoint[]): readonly SessionEquityPoint[] {
  const [first] = points;
  if (!first) return [];
  let [low, high] = [first, first];
  for (const point of points) {
    if (point.netLamports < low.netLamports) low = point;
    if (point.netLamports > high.netLamports) high = point;
  }
  if (low === high) return [low];
  return low.n < high.n ? [low, high] : [high, low];
}
