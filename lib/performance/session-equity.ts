// The running result of a session, bet by bet, and how far it fell below its best. In lamports, not in shares: a session has
// no bankroll of its own, and a share of nothing is no figure. Pure.
import type { SettledBet } from '@/lib/performance/session-bet';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type SessionEquityPoint = {
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
  const points = bets.map(({ betId, settledAt, netLamports }) => {
    net += netLamports;
    if (net > peak) peak = net;
    if (peak - net > drawdown) drawdown = peak - net;
    return { betId, at: settledAt, netLamports: lamports(net) };
  });
  return {
    points,
    netLamports: lamports(net),
    peakLamports: lamports(peak),
    drawdownLamports: lamports(drawdown),
    currentDrawdownLamports: lamports(peak - net),
  };
}
