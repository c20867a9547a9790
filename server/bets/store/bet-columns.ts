// The tables of bets, column by column: how rows are written and how they are read back.
import type { Bet, BetState, VenueId } from '@/lib/bets/bet';
import type { BetAdvice } from '@/lib/bets/bet-advice';
import type { BetSession } from '@/lib/bets/bet-session';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import type { LedgerAccount } from '@/lib/ledger/ledger';
import { gameId } from '@/lib/units/game-id';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { KeptPreparation } from '@/server/bets/store/bet-store';
import type { BetRow } from '@/server/bets/store/bet-tables';
import { toInstant, type Table } from '@/server/store/insert-rows';

export const BETS: Table<BetRow> = {
  name: 'bets',
  key: ['bet_id'],
  columns: [
    { name: 'bet_id', type: 'text', of: ({ bet }) => bet.betId },
    { name: 'account_id', type: 'text', of: ({ bet }) => bet.accountId },
    { name: 'venue', type: 'text', of: ({ bet }) => bet.venue },
    { name: 'client_key', type: 'text', of: ({ bet }) => bet.clientKey },
    { name: 'session_id', type: 'text', of: ({ bet }) => bet.sessionId },
    { name: 'strategy_id', type: 'text', of: ({ bet }) => bet.strategyId },
    { name: 'state', type: 'text', of: ({ bet }) => bet.state },
    { name: 'stake_lamports', type: 'bigint', of: ({ bet }) => bet.stakeLamports },
    { name: 'payout', type: 'double precision', of: ({ bet }) => bet.payout },
    { name: 'game_id', type: 'text', of: ({ bet }) => bet.gameId },
    { name: 'prepared_tick', type: 'integer', of: ({ bet }) => bet.preparedTick },
    { name: 'start_tick', type: 'integer', of: ({ bet }) => bet.startTick },
    { name: 'end_tick', type: 'integer', of: ({ bet }) => bet.endTick },
    { name: 'rug_tick', type: 'integer', of: ({ bet }) => bet.rugTick },
    { name: 'prepared_at', type: 'timestamptz', of: ({ bet }) => toInstant(bet.preparedAt) },
    { name: 'expires_at', type: 'timestamptz', of: ({ bet }) => toInstant(bet.expiresAt) },
    { name: 'submitted_at', type: 'timestamptz', of: ({ bet }) => toInstant(bet.submittedAt) },
    { name: 'active_at', type: 'timestamptz', of: ({ bet }) => toInstant(bet.activeAt) },
    { name: 'settled_at', type: 'timestamptz', of: ({ bet }) => toInstant(bet.settledAt) },
    { name: 'closed_at', type: 'timestamptz', of: ({ bet }) => toInstant(bet.closedAt) },
    { name: 'stake_final', type: 'boolean', of: ({ bet }) => bet.stakeFinal },
    { name: 'paid_lamports', type: 'bigint', of: ({ bet }) => bet.paidLamports },
    { name: 'reason', type: 'text', of: ({ bet }) => bet.reason },
    { name: 'advice', type: 'json', of: ({ bet }) => bet.advice && JSON.stringify(bet.advice) },
    { name: 'preparation', type: 'json', of: ({ preparation }) => preparation && JSON.stringify(preparation) },
    { name: 'version', type: 'integer', of: ({ bet }) => bet.version },
  ],
};

export const BET_COLUMNS = BETS.columns.map(({ name }) => name).join(', ');

export type BetRecord = {
  readonly bet_id: string;
  readonly account_id: string;
  readonly venue: VenueId;
  readonly client_key: string;
  readonly session_id: string;
  readonly strategy_id: string | null;
  readonly state: BetState;
  readonly stake_lamports: string;
  readonly payout: number;
  readonly game_id: string;
  readonly prepared_tick: number | null;
  readonly start_tick: number | null;
  readonly end_tick: number | null;
  readonly rug_tick: number | null;
  readonly prepared_at: Date;
  readonly expires_at: Date;
  readonly submitted_at: Date | null;
  readonly active_at: Date | null;
  readonly settled_at: Date | null;
  readonly closed_at: Date | null;
  readonly stake_final: boolean;
  readonly paid_lamports: string | null;
  readonly reason: Bet['reason'];
  readonly advice: BetAdvice | null;
  readonly preparation: KeptPreparation | null;
  readonly version: number;
};

export function toBetRow(row: BetRecord): BetRow {
  const bet: Bet = {
    betId: row.bet_id,
    accountId: row.account_id,
    venue: row.venue,
    clientKey: row.client_key,
    sessionId: row.session_id,
    strategyId: row.strategy_id,
    state: row.state,
    stakeLamports: lamports(BigInt(row.stake_lamports)),
    payout: row.payout,
    gameId: gameId(row.game_id),
    preparedTick: row.prepared_tick,
    preparedAt: epochMs(row.prepared_at.getTime()),
    expiresAt: epochMs(row.expires_at.getTime()),
    submittedAt: readInstant(row.submitted_at),
    activeAt: readInstant(row.active_at),
    startTick: row.start_tick,
    endTick: row.end_tick,
    rugTick: row.rug_tick,
    settledAt: readInstant(row.settled_at),
    closedAt: readInstant(row.closed_at),
    stakeFinal: row.stake_final,
    paidLamports: readLamports(row.paid_lamports),
    reason: row.reason,
    advice: row.advice,
    version: row.version,
  };
  return { bet, preparation: row.preparation };
}

export const SESSIONS: Table<BetSession> = {
  name: 'bet_sessions',
  key: ['session_id'],
  columns: [
    { name: 'session_id', type: 'text', of: (row) => row.sessionId },
    { name: 'account_id', type: 'text', of: (row) => row.accountId },
    { name: 'venue', type: 'text', of: (row) => row.venue },
    { name: 'opened_at', type: 'timestamptz', of: (row) => toInstant(row.openedAt) },
    { name: 'last_bet_at', type: 'timestamptz', of: (row) => toInstant(row.lastBetAt) },
    { name: 'closed_at', type: 'timestamptz', of: (row) => toInstant(row.closedAt) },
    { name: 'close_reason', type: 'text', of: (row) => row.closeReason },
  ],
};

export const SESSION_COLUMNS = SESSIONS.columns.map(({ name }) => name).join(', ');

export type SessionRecord = {
  readonly session_id: string;
  readonly account_id: string;
  readonly venue: VenueId;
  readonly opened_at: Date;
  readonly last_bet_at: Date;
  readonly closed_at: Date | null;
  readonly close_reason: BetSession['closeReason'];
};

export function toBetSession(row: SessionRecord): BetSession {
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    venue: row.venue,
    openedAt: epochMs(row.opened_at.getTime()),
    lastBetAt: epochMs(row.last_bet_at.getTime()),
    closedAt: readInstant(row.closed_at),
    closeReason: row.close_reason,
  };
}

export const BET_TRANSACTIONS: Table<BetTransaction> = {
  name: 'bet_transactions',
  key: ['signature'],
  columns: [
    { name: 'signature', type: 'text', of: (row) => row.signature },
    { name: 'bet_id', type: 'text', of: (row) => row.betId },
    { name: 'role', type: 'text', of: (row) => row.role },
    { name: 'attempt', type: 'integer', of: (row) => row.attempt },
    { name: 'status', type: 'text', of: (row) => row.status },
    { name: 'bytes', type: 'bytea', of: (row) => row.bytes && `\\x${Buffer.from(row.bytes).toString('hex')}` },
    { name: 'last_valid_block_height', type: 'bigint', of: (row) => row.lastValidBlockHeight },
    { name: 'slot', type: 'bigint', of: (row) => row.slot },
    { name: 'fee_lamports', type: 'bigint', of: (row) => row.feeLamports },
    { name: 'sent_at', type: 'timestamptz', of: (row) => toInstant(row.sentAt) },
    { name: 'confirmed_at', type: 'timestamptz', of: (row) => toInstant(row.confirmedAt) },
    { name: 'finalized_at', type: 'timestamptz', of: (row) => toInstant(row.finalizedAt) },
  ],
};

export const TRANSACTION_COLUMNS = BET_TRANSACTIONS.columns.map(({ name }) => name).join(', ');

export type TransactionRecord = {
  readonly signature: string;
  readonly bet_id: string;
  readonly role: BetTransaction['role'];
  readonly attempt: number;
  readonly status: BetTransaction['status'];
  readonly bytes: Buffer | null;
  readonly last_valid_block_height: string | null;
  readonly slot: string | null;
  readonly fee_lamports: string | null;
  readonly sent_at: Date;
  readonly confirmed_at: Date | null;
  readonly finalized_at: Date | null;
};

export function toBetTransaction(row: TransactionRecord): BetTransaction {
  return {
    signature: row.signature,
    betId: row.bet_id,
    role: row.role,
    attempt: row.attempt,
    status: row.status,
    bytes: row.bytes && new Uint8Array(row.bytes),
    lastValidBlockHeight: row.last_valid_block_height === null ? null : Number(row.last_valid_block_height),
    slot: row.slot === null ? null : Number(row.slot),
    feeLamports: readLamports(row.fee_lamports),
    sentAt: epochMs(row.sent_at.getTime()),
    confirmedAt: readInstant(row.confirmed_at),
    finalizedAt: readInstant(row.finalized_at),
  };
}

export type BookedLine = {
  readonly posting: string;
  readonly line: number;
  readonly account: LedgerAccount;
  readonly lamports: Lamports;
  readonly betId: string | null;
  readonly signature: string | null;
  readonly at: EpochMs;
};

export const LEDGER_ENTRIES: Table<BookedLine> = {
  name: 'ledger_entries',
  key: ['posting', 'line'],
  columns: [
    { name: 'posting', type: 'text', of: (row) => row.posting },
    { name: 'line', type: 'integer', of: (row) => row.line },
    { name: 'account', type: 'text', of: (row) => row.account },
    { name: 'lamports', type: 'bigint', of: (row) => row.lamports },
    { name: 'bet_id', type: 'text', of: (row) => row.betId },
    { name: 'signature', type: 'text', of: (row) => row.signature },
    { name: 'at', type: 'timestamptz', of: (row) => toInstant(row.at) },
  ],
};

function readInstant(value: Date | null): EpochMs | null {
  return value && epochMs(value.getTime());
}

function readLamports(value: string | null): Lamports | null {
  return value === null ? null : lamports(BigInt(value));
}
