// A session's settled bets apart by strategy or by zone: the same figures for each part. Pure.
import type { SettledBet } from '@/lib/performance/session-bet';
import { computeSessionLuck, type SessionLuck } from '@/lib/performance/session-luck';
import { computeSessionRoi, type SessionRoi } from '@/lib/performance/session-returns';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type SessionGroup = {
  /** Null: bets without one. */
  readonly key: string | null;
  readonly bets: number;
  readonly won: number;
  readonly stakedLamports: Lamports;
  readonly netLamports: Lamports;
  readonly roi: SessionRoi | null;
  readonly luck: SessionLuck | null;
};

/** Most bets first. */
export function groupSessionBets(
  bets: readonly SettledBet[],
  keyOf: (bet: SettledBet) => string | null,
): SessionGroup[] {
  const groups = new Map<string | null, SettledBet[]>();
  for (const bet of bets) {
    const key = keyOf(bet);
    const group = groups.get(key);
    if (group) group.push(bet);
    else groups.set(key, [bet]);
  }
  return [...groups]
    .map(([key, group]) => ({
      key,
      bets: group.length,
      won: group.filter((bet) => bet.won).length,
      stakedLamports: lamports(group.reduce((sum, bet) => sum + bet.stakeLamports, 0n)),
      netLamports: lamports(group.reduce((sum, bet) => sum + bet.netLamports, 0n)),
      roi: computeSessionRoi(group),
      luck: computeSessionLuck(group),
    }))
    .sort((a, b) => b.bets - a.bets || String(a.key).localeCompare(String(b.key)));
}
