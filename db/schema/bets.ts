// The player's own bets: each a row folded from its stream "bet:<id>" in the same transaction, the chain's transactions of
// it, sessions, and the double-entry ledger. Only server/ and db/ import this file.
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { accounts } from '@/db/schema/accounts';
import { bytea, bytewiseText, exactJson, gameIdText, instant, lamports } from '@/db/schema/columns';

const VENUES = sql.raw(`('practice', 'paper', 'assisted')`);

/** From the first bet until 30 idle minutes, or until the player ends it; one running per player and venue. */
export const betSessions = pgTable(
  'bet_sessions',
  {
    sessionId: bytewiseText('session_id').primaryKey(),
    accountId: bytewiseText('account_id')
      .notNull()
      .references(() => accounts.accountId),
    venue: text('venue').notNull(),
    openedAt: instant('opened_at').notNull(),
    /** The newest bet placed or settled: idle since. */
    lastBetAt: instant('last_bet_at').notNull(),
    closedAt: instant('closed_at'),
    closeReason: text('close_reason'),
  },
  (table) => [
    check('bet_sessions_venue_check', sql`${table.venue} in ${VENUES}`),
    check(
      'bet_sessions_closed_check',
      sql`(${table.closedAt} is null) = (${table.closeReason} is null) and ${table.closeReason} in ('idle', 'player')`,
    ),
    check('bet_sessions_order_check', sql`${table.openedAt} <= ${table.lastBetAt}`),
    uniqueIndex('bet_sessions_open_key')
      .on(table.accountId, table.venue)
      .where(sql`${table.closedAt} is null`),
    index('bet_sessions_account_index').on(table.accountId, table.openedAt),
  ],
);

export const bets = pgTable(
  'bets',
  {
    /** 128 random bits in base58: it stands in the transaction's memo, and nobody can guess it. */
    betId: bytewiseText('bet_id').primaryKey(),
    accountId: bytewiseText('account_id')
      .notNull()
      .references(() => accounts.accountId),
    venue: text('venue').notNull(),
    /** The caller's own name for the command: the same again is the same bet. */
    clientKey: text('client_key').notNull(),
    sessionId: bytewiseText('session_id')
      .notNull()
      .references(() => betSessions.sessionId),
    strategyId: text('strategy_id'),
    state: text('state').notNull(),
    stakeLamports: lamports('stake_lamports').notNull(),
    payout: doublePrecision('payout').notNull(),
    /** The game it was prepared for; a bet confirmed in another is void. */
    gameId: gameIdText('game_id').notNull(),
    /** Tick at preparation; null in presale. */
    preparedTick: integer('prepared_tick'),
    startTick: integer('start_tick'),
    endTick: integer('end_tick'),
    rugTick: integer('rug_tick'),
    preparedAt: instant('prepared_at').notNull(),
    /** A bet that is not submitted, and one that is not confirmed, by then does not count any more. */
    expiresAt: instant('expires_at').notNull(),
    submittedAt: instant('submitted_at'),
    activeAt: instant('active_at'),
    settledAt: instant('settled_at'),
    closedAt: instant('closed_at'),
    /** Nothing can undo the stake's transaction any more. */
    stakeFinal: boolean('stake_final').notNull(),
    /** What came back to the player, once it has: the payout of a won bet, the stake of a void one. */
    paidLamports: lamports('paid_lamports'),
    /** Why it expired or is void. */
    reason: text('reason'),
    /** What was said at placement: assessment, verdict, the advice for this player, and whether the bet follows it. */
    advice: exactJson('advice'),
    /** What the venue needs to check and relay the stake; venue-specific. */
    preparation: exactJson('preparation'),
    version: integer('version').notNull(),
  },
  (table) => [
    check('bets_venue_check', sql`${table.venue} in ${VENUES}`),
    check(
      'bets_state_check',
      sql`${table.state} in ('prepared', 'submitted', 'active', 'won', 'lost', 'void', 'paid', 'refunded', 'expired')`,
    ),
    check('bets_stake_check', sql`${table.stakeLamports} > 0`),
    check('bets_payout_check', sql`${table.payout} > 1 and ${table.payout} < 'Infinity'`),
    check('bets_ticks_check', sql`${table.startTick} >= 0 and ${table.endTick} = ${table.startTick} + 40`),
    check(
      'bets_rule_check',
      sql`${table.state} not in ('won', 'paid')
        or (${table.rugTick} > ${table.startTick} and ${table.rugTick} <= ${table.endTick})`,
    ),
    check(
      'bets_lost_check',
      sql`${table.state} <> 'lost' or ${table.rugTick} is null
        or ${table.rugTick} <= ${table.startTick} or ${table.rugTick} > ${table.endTick}`,
    ),
    check(
      'bets_active_check',
      sql`${table.state} not in ('active', 'won', 'lost', 'paid') or ${table.startTick} is not null`,
    ),
    check('bets_paid_check', sql`(${table.state} in ('paid', 'refunded')) = (${table.paidLamports} is not null)`),
    check('bets_version_check', sql`${table.version} >= 1`),
    uniqueIndex('bets_client_key_key').on(table.accountId, table.clientKey),
    // The game's own site may hold a bet of the player beside one of ours.
    uniqueIndex('bets_one_open_key')
      .on(table.accountId)
      .where(sql`${table.state} in ('prepared', 'submitted', 'active') and ${table.venue} <> 'assisted'`),
    index('bets_account_index').on(table.accountId, table.preparedAt, table.betId),
    index('bets_session_index').on(table.sessionId, table.preparedAt),
    index('bets_unclosed_index')
      .on(table.preparedAt)
      .where(sql`${table.closedAt} is null`),
  ],
);

/** Written before it is sent, so that a transaction whose sender died can be told from one that never was. */
export const betTransactions = pgTable(
  'bet_transactions',
  {
    signature: bytewiseText('signature').primaryKey(),
    betId: bytewiseText('bet_id')
      .notNull()
      .references(() => bets.betId),
    role: text('role').notNull(),
    /** A payout whose transaction can never land any more is tried again. */
    attempt: smallint('attempt').notNull(),
    /** `dead`: its blockhash is too old and the finalized chain does not have it; it can never land. */
    status: text('status').notNull(),
    /** Signed bytes, for sending again; null for one the wallet sent by itself. */
    bytes: bytea('bytes'),
    lastValidBlockHeight: bigint('last_valid_block_height', { mode: 'number' }),
    slot: bigint('slot', { mode: 'number' }),
    feeLamports: lamports('fee_lamports'),
    sentAt: instant('sent_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    finalizedAt: instant('finalized_at'),
  },
  (table) => [
    check('bet_transactions_role_check', sql`${table.role} in ('stake', 'payout', 'refund')`),
    check(
      'bet_transactions_status_check',
      sql`${table.status} in ('sent', 'confirmed', 'finalized', 'failed', 'dead')`,
    ),
    uniqueIndex('bet_transactions_attempt_key').on(table.betId, table.role, table.attempt),
    // Exactly once: of the transactions that pay a bet back, at most one may ever be able to land.
    uniqueIndex('bet_transactions_one_alive_key')
      .on(table.betId)
      .where(sql`${table.role} <> 'stake' and ${table.status} in ('sent', 'confirmed', 'finalized')`),
    index('bet_transactions_unfinal_index')
      .on(table.sentAt)
      .where(sql`${table.status} in ('sent', 'confirmed')`),
  ],
);

/** How far the chain has been read, by address. */
export const chainCursors = pgTable('chain_cursors', {
  address: bytewiseText('address').primaryKey(),
  signature: bytewiseText('signature').notNull(),
  slot: bigint('slot', { mode: 'number' }).notNull(),
  readAt: instant('read_at').notNull(),
});

/** A posting is two or more lines whose sum is zero; a trigger of the migration refuses any other at commit. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    entryId: bigserial('entry_id', { mode: 'number' }).primaryKey(),
    /** What it books, once and for ever: "stake:<signature>", "payout:<bet id>". */
    posting: bytewiseText('posting').notNull(),
    line: smallint('line').notNull(),
    /** "escrow", "house", "fees", "wallet:<account id>" …: lib/ledger names them. */
    account: bytewiseText('account').notNull(),
    lamports: lamports('lamports').notNull(),
    betId: bytewiseText('bet_id'),
    signature: bytewiseText('signature'),
    at: instant('at').notNull(),
  },
  (table) => [
    uniqueIndex('ledger_entries_posting_key').on(table.posting, table.line),
    check('ledger_entries_lamports_check', sql`${table.lamports} <> 0`),
    index('ledger_entries_account_index').on(table.account, table.entryId),
    index('ledger_entries_bet_index').on(table.betId),
  ],
);

export const ledgerBalances = pgTable(
  'ledger_balances',
  {
    account: bytewiseText('account').notNull(),
    lamports: lamports('lamports').notNull(),
    entries: integer('entries').notNull(),
  },
  (table) => [primaryKey({ name: 'ledger_balances_pkey', columns: [table.account] })],
);
