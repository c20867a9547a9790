// One bet's row with its transactions as JSON, and back as the values the core counts with. As JSON, so that no driver's idea
// of dates or bigints comes between. Used by server/history only; writing is server/bets/store's.
import { sql, type SQL } from 'drizzle-orm';
import type { Bet } from '@/lib/bets/bet';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import { ZONES } from '@/lib/decision/zone';
import type { SessionBet } from '@/lib/performance/session-bet';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { msOf } from '@/server/history/stored-game';

/** Of a row `b` of bets. */
export const STORED_BET_JSON: SQL = sql.raw(`json_build_object(
  'betId', b.bet_id, 'accountId', b.account_id, 'venue', b.venue, 'clientKey', b.client_key, 'sessionId', b.session_id,
  'strategyId', b.strategy_id, 'state', b.state, 'stakeLamports', b.stake_lamports::text, 'payout', b.payout,
  'gameId', b.game_id, 'preparedTick', b.prepared_tick, 'startTick', b.start_tick, 'endTick', b.end_tick,
  'rugTick', b.rug_tick, 'preparedAt', ${msOf('b.prepared_at')}, 'expiresAt', ${msOf('b.expires_at')},
  'submittedAt', ${msOf('b.submitted_at')}, 'activeAt', ${msOf('b.active_at')}, 'settledAt', ${msOf('b.settled_at')},
  'closedAt', ${msOf('b.closed_at')}, 'stakeFinal', b.stake_final, 'paidLamports', b.paid_lamports::text,
  'reason', b.reason, 'advice', b.advice, 'version', b.version)`);

/** Of the row `b`'s transactions, oldest first: few, whatever happens (TRANSACTIONS_MAX). */
export const BET_TRANSACTIONS_JSON: SQL = sql.raw(`(
  select json_agg(json_build_object('signature', t.signature, 'role', t.role, 'attempt', t.attempt, 'status', t.status,
    'slot', t.slot, 'feeLamports', t.fee_lamports::text, 'sentAt', ${msOf('t.sent_at')},
    'confirmedAt', ${msOf('t.confirmed_at')}, 'finalizedAt', ${msOf('t.finalized_at')}) order by t.sent_at)
  from (
    select * from bet_transactions where bet_id = b.bet_id order by sent_at desc limit 20
  ) t)`);

type Money = 'stakeLamports' | 'paidLamports';
export type StoredBetJson = Omit<Bet, Money> & { readonly stakeLamports: string; readonly paidLamports: string | null };
export type BetTransactionJson = Omit<BetTransaction, 'betId' | 'bytes' | 'lastValidBlockHeight' | 'feeLamports'> & {
  readonly feeLamports: string | null;
};

export function toBet(stored: StoredBetJson): Bet {
  return {
    ...stored,
    stakeLamports: lamports(BigInt(stored.stakeLamports)),
    paidLamports: toLamports(stored.paidLamports),
  };
}

export function toTransactions(stored: readonly BetTransactionJson[] | null, betId: string): BetTransaction[] {
  return (stored ?? []).map((one) => ({
    ...one,
    betId,
    bytes: null,
    lastValidBlockHeight: null,
    feeLamports: toLamports(one.feeLamports),
  }));
}

/** Where the zone stands among a packed assessment's figures. */
const ZONE_FIGURE = 5;

export function toSessionBet({ advice, ...bet }: Bet): SessionBet {
  return {
    ...bet,
    winProbability: advice?.winProbability ?? null,
    zone: ZONES[advice?.assessment?.a[ZONE_FIGURE] ?? -1] ?? null,
    stance: advice?.stance ?? null,
    advisedLamports: lamports(BigInt(advice?.advisedLamports ?? '0')),
  };
}

function toLamports(text: string | null): Lamports | null {
  return text === null ? null : lamports(BigInt(text));
}
