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
  const steps = reportInSteps(bets, advised);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, for a process that has ticks to pass on while it counts a session of many thousand bets. */
export function* reportInSteps(
  bets: readonly SessionBet[],
  advised: readonly AdvisedBet[],
): Generator<undefined, SessionReport, undefined> {
  const settled = settledBets(bets);
  yield;
  const skipped = findSkipped(advised, bets);
  yield;
  const equity = computeSessionEquity(settled);
  yield;
  const luck = computeSessionLuck(settled);
  yield;
  const roi = computeSessionRoi(settled);
  const sharpe = computeSessionSharpe(settled);
  yield;
  const streak = computeSessionStreak(settled);
  yield;
  const byStrategy = groupSessionBets(settled, (bet) => bet.strategyId);
  yield;
  const byZone = groupSessionBets(settled, (bet) => bet.zone);
  yield;
  const ledger = computeSessionLedger({ bets, settled, skipped });
  const stakedLamports = lamports(settled.reduce((sum, bet) => sum + bet.stakeLamports, 0n));
  const counts = countOutcomes(bets);
  return { counts, stakedLamports, equity, luck, roi, sharpe, streak, byStrategy, byZone, ledger, skipped };
}
