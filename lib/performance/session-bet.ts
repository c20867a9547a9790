// The bets of a session as their figures are counted: what was decided, what is still open, and what never counted. Pure;
// everything in lib/performance/session-* begins here. A bet that is void, expired or open is in no figure but its count.
import type { Bet } from '@/lib/bets/bet';
import type { Stance } from '@/lib/bets/bet-advice';
import { payoutOf } from '@/lib/bets/bet-amounts';
import { OUTCOME_OF } from '@/lib/bets/bet-outcome';
import type { Zone } from '@/lib/decision/zone';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type SessionBet = Pick<
  Bet,
  'betId' | 'state' | 'stakeLamports' | 'payout' | 'gameId' | 'strategyId' | 'preparedTick' | 'startTick' | 'settledAt'
> & {
  /** As it was said at placement; null where nothing was said. */
  readonly winProbability: number | null;
  readonly zone: Zone | null;
  readonly stance: Stance | null;
  /** 0 where the advice was not to bet. */
  readonly advisedLamports: Lamports;
};

export type SettledBet = SessionBet & {
  readonly settledAt: EpochMs;
  readonly won: boolean;
  /** What a win pays, stake included; worked out once, since a long session's figures ask for it again and again. */
  readonly payoutLamports: Lamports;
  /** The winnings, or minus the stake. Fees are the ledger's. */
  readonly netLamports: Lamports;
};

/** Won and lost ones in the order in which they were settled. */
export function settledBets(bets: readonly SessionBet[]): SettledBet[] {
  const settled: SettledBet[] = [];
  for (const bet of bets) {
    const one = toSettled(bet);
    if (one) settled.push(one);
  }
  return settled.sort((a, b) => a.settledAt - b.settledAt || (a.betId < b.betId ? -1 : 1));
}

export type OutcomeCounts = {
  readonly bets: number;
  readonly open: number;
  readonly won: number;
  readonly lost: number;
  readonly void: number;
  readonly expired: number;
};

export function countOutcomes(bets: readonly Pick<SessionBet, 'state'>[]): OutcomeCounts {
  const counts = { bets: bets.length, open: 0, won: 0, lost: 0, void: 0, expired: 0 };
  for (const { state } of bets) counts[OUTCOME_OF[state]]++;
  return counts;
}

function toSettled(bet: SessionBet): SettledBet | null {
  const { settledAt, stakeLamports } = bet;
  const outcome = OUTCOME_OF[bet.state];
  if (settledAt === null || (outcome !== 'won' && outcome !== 'lost')) return null;
  const won = outcome === 'won';
  const payoutLamports = payoutOf(bet);
  const netLamports = lamports(won ? payoutLamports - stakeLamports : -stakeLamports);
  return { ...bet, settledAt, won, payoutLamports, netLamports };
}
