// One bet's row with its transactions as JSON, and back as the values the core counts with. As JSON, so that no driver's idea
// of dates or bigints comes between. Used by server/history only; writing is server/bets/store's.
import { sql, type SQL } from 'drizzle-orm';
import type { Bet } from '@/lib/bets/bet';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import { ZONES } from '@/lib/decision/zone';
import type { SessionBet } from '@/lib/performance/session-bet';
import { lamports, type Lamports } from '@/lib/units/lamports';

/** Whole milliseconds, as columns keep them. In double precision, which is exact for them and quicker than numeric. */
function msOf(expression: string): string {
  return `(date_part('epoch', ${expression}) * 1000)::bigint`;
}

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

/** In place: nobody else holds what was just read. */
export function toBet(stored: StoredBetJson): Bet {
  return Object.assign(stored, {
    stakeLamports: lamports(BigInt(stored.stakeLamports)),
    paidLamports: toLamports(stored.paidLamports),
  });
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

/** What the figures of a session need of a row `b`, in the order of SessionBetJson: names would be half of the text. */
export const SESSION_BET_JSON: SQL = sql.raw(`json_build_array(b.bet_id, b.state, b.stake_lamports::text, b.payout,
  b.game_id, b.strategy_id, b.prepared_tick, b.start_tick, ${msOf('b.settled_at')}, b.advice,
  ${msOf('b.prepared_at')})`);

export type SessionBetJson = readonly [
  betId: string,
  state: Bet['state'],
  stakeLamports: string,
  payout: number,
  gameId: Bet['gameId'],
  strategyId: string | null,
  preparedTick: number | null,
  startTick: number | null,
  settledAt: Bet['settledAt'],
  advice: Bet['advice'],
  preparedAt: Bet['preparedAt'],
];

export function toSessionBet(row: SessionBetJson): SessionBet {
  const [betId, state, stake, payout, gameId, strategyId, preparedTick, startTick, settledAt, advice] = row;
  return {
    betId,
    state,
    stakeLamports: lamports(BigInt(stake)),
    payout,
    gameId,
    strategyId,
    preparedTick,
    startTick,
    settledAt,
    winProbability: advice?.winProbability ?? null,
    zone: ZONES[advice?.assessment?.a[ZONE_FIGURE] ?? -1] ?? null,
    stance: advice?.stance ?? null,
    advisedLamports: lamports(BigInt(advice?.advisedLamports ?? '0')),
  };
}

function toLamports(text: string | null): Lamports | null {
  return text === null ? null : lamports(BigInt(text));
}
