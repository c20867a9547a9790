// Everything a session's page says of its bets, from the bets alone and the advice they did not answer. Pure; called by
// server/history/session-detail.
import { countOutcomes, settledBets, type OutcomeCounts, type SessionBet } from '@/lib/performance/session-bet';
import { computeSessionEquity, type SessionEquity } from '@/lib/performance/session-equity';
import { groupSessionBets, type SessionGroup } from '@/lib/performance/session-groups';
import { computeSessionLedger, findSkipped, type AdvisedBet, type LedgerRow } from '@/lib/performance/session-ledger';
import { computeSessionLuck, type SessionLuck } from '@/lib/performance/session-luck';
import {
  computeSessionRoi,
  computeSessionSharpe,
  type SessionRoi,
  type SessionSharpe,
} from '@/lib/performance/session-returns';
import { computeSessionStreak, type SessionStreak } from '@/lib/performance/session-streak';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type SessionReport = {
  readonly counts: OutcomeCounts;
  readonly stakedLamports: Lamports;
  readonly equity: SessionEquity;
  readonly luck: SessionLuck | null;
  readonly roi: SessionRoi | null;
  readonly sharpe: SessionSharpe | null;
  readonly streak: SessionStreak;
  readonly byStrategy: readonly SessionGroup[];
  readonly byZone: readonly SessionGroup[];
  readonly ledger: readonly LedgerRow[];
  readonly skipped: readonly AdvisedBet[];
};

export function computeSessionReport(bets: readonly SessionBet[], advised: readonly AdvisedBet[]): SessionReport {
  const settled = settledBets(bets);
  const skipped = findSkipped(advised, bets);
  return {
    counts: countOutcomes(bets),
    stakedLamports: lamports(settled.reduce((sum, bet) => sum + bet.stakeLamports, 0n)),
    equity: computeSessionEquity(settled),
    luck: computeSessionLuck(settled),
    roi: computeSessionRoi(settled),
    sharpe: computeSessionSharpe(settled),
    streak: computeSessionStreak(settled),
    byStrategy: groupSessionBets(settled, (bet) => bet.strategyId),
    byZone: groupSessionBets(settled, (bet) => bet.zone),
    ledger: computeSessionLedger({ bets, settled, skipped }),
    skipped,
  };
}
