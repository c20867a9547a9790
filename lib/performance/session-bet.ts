// The bets of a session as their figures are counted: what was decided, what is still open, and what never counted. Pure;
// everything in lib/performance/session-* begins here. A bet that is void, expired or open is in no figure but its count.
import type { Bet } from '@/lib/bets/bet';
import type { Stance } from '@/lib/bets/bet-advice';
import { netOf } from '@/lib/bets/bet-amounts';
import { OUTCOME_OF } from '@/lib/bets/bet-outcome';
import type { Zone } from '@/lib/decision/zone';
import type { Lamports } from '@/lib/units/lamports';
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
  /** The winnings, or minus the stake. Fees are the ledger's. */
  readonly netLamports: Lamports;
};

/** Won and lost ones in the order in which they were settled. */
export function settledBets(bets: readonly SessionBet[]): SettledBet[] {
  return bets.flatMap(toSettled).sort((a, b) => a.settledAt - b.settledAt || (a.betId < b.betId ? -1 : 1));
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

function toSettled(bet: SessionBet): SettledBet[] {
  const netLamports = netOf(bet);
  const { settledAt } = bet;
  if (netLamports === null || settledAt === null) return [];
  return [{ ...bet, settledAt, netLamports, won: OUTCOME_OF[bet.state] === 'won' }];
}
