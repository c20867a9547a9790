// The tables of the record. Prices are double precision (they must replay bit for bit), money is bigint lamports, times
// are timestamptz; names are snake_case and every rule the game guarantees is a check. Migrations are generated from
// here (npm run db:generate) and then read by a person: Drizzle cannot say PARTITION BY, so the first one adds it to
// `ticks` by hand. Only server/store and db/ import this file.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

/**
 * Game ids compare as bytes on every server, whatever its locale: they begin with the UTC date, so that a range of ids is
 * a range of days. `ticks` is partitioned on it, which keeps (game, tick) its key; a column for the day is not needed.
 */
const gameIdText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
const lamports = (name: string) => bigint(name, { mode: 'bigint' });

export const games = pgTable(
  'games',
  {
    gameId: gameIdText('game_id').primaryKey(),
    phase: text('phase').notNull(),
    /** When the newest phase was seen; an older one that arrives late does not win. */
    phaseAt: instant('phase_at'),
    serverSeedHash: text('server_seed_hash'),
    serverSeed: text('server_seed'),
    version: text('version'),
    announcedAt: instant('announced_at'),
    startedAt: instant('started_at'),
    /** When the rug was seen; `ended_at` is the feed's own time, known once the history publishes the game. */
    ruggedAt: instant('rugged_at'),
    endedAt: instant('ended_at'),
    /** When the history confirmed the game: from then on its path, seed and rug are final. */
    confirmedAt: instant('confirmed_at'),
    /** What lists are ordered by: the end, else the latest thing known to have happened before it. */
    listedAt: instant('listed_at').notNull(),
    rugTick: integer('rug_tick'),
    peak: doublePrecision('peak'),
    verification: text('verification'),
    commitmentKept: boolean('commitment_kept'),
    complete: boolean('complete').notNull(),
    ticksRepaired: integer('ticks_repaired').notNull(),
    ticksCorrected: integer('ticks_corrected').notNull(),
  },
  (table) => [
    check('games_phase_check', sql`${table.phase} in ('cooldown', 'presale', 'active', 'rugged')`),
    check('games_verification_check', sql`${table.verification} in ('verified', 'failed', 'unverifiable')`),
    check('games_rug_tick_check', sql`${table.rugTick} >= 0`),
    check('games_peak_check', sql`${table.peak} >= 0 and ${table.peak} < 'Infinity'`),
    check('games_ticks_repaired_check', sql`${table.ticksRepaired} >= 0`),
    check('games_ticks_corrected_check', sql`${table.ticksCorrected} >= 0`),
    check(
      'games_confirmed_check',
      sql`${table.confirmedAt} is null or (${table.phase} = 'rugged' and ${table.rugTick} is not null
        and ${table.endedAt} is not null and ${table.verification} is not null and ${table.serverSeed} is not null)`,
    ),
    // Ascending: read backwards it is newest first, in the order `order by … desc` asks for.
    index('games_listed_at_index').on(table.listedAt, table.gameId),
  ],
);

export const ticks = pgTable(
  'ticks',
  {
    gameId: gameIdText('game_id').notNull(),
    tick: integer('tick').notNull(),
    price: doublePrecision('price').notNull(),
    /** When its own frame arrived; null for a tick learnt later. */
    receivedAt: instant('received_at'),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'ticks_pkey', columns: [table.gameId, table.tick] }),
    check('ticks_tick_check', sql`${table.tick} >= 0`),
    check('ticks_price_check', sql`${table.price} >= 0 and ${table.price} < 'Infinity'`),
    check('ticks_source_check', sql`${table.source} in ('frame', 'partial', 'path', 'history')`),
  ],
);

export const trades = pgTable(
  'trades',
  {
    tradeId: text('trade_id').primaryKey(),
    gameId: gameIdText('game_id').notNull(),
    playerId: text('player_id').notNull(),
    username: text('username'),
    kind: text('kind').notNull(),
    amountLamports: lamports('amount_lamports').notNull(),
    quantity: doublePrecision('quantity').notNull(),
    price: doublePrecision('price').notNull(),
    tick: integer('tick').notNull(),
    coinAddress: text('coin_address'),
    leverage: doublePrecision('leverage'),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    check('trades_kind_check', sql`${table.kind} in ('buy', 'sell', 'short_open', 'short_close')`),
    check('trades_amount_check', sql`${table.amountLamports} > 0`),
    check('trades_quantity_check', sql`${table.quantity} >= 0 and ${table.quantity} < 'Infinity'`),
    check('trades_price_check', sql`${table.price} >= 0 and ${table.price} < 'Infinity'`),
    check('trades_tick_check', sql`${table.tick} >= 0`),
  ],
);

export const sideBets = pgTable(
  'side_bets',
  {
    gameId: gameIdText('game_id').notNull(),
    playerId: text('player_id').notNull(),
    startTick: integer('start_tick').notNull(),
    endTick: integer('end_tick').notNull(),
    username: text('username'),
    stakeLamports: lamports('stake_lamports').notNull(),
    payoutMultiple: doublePrecision('payout_multiple').notNull(),
    coinAddress: text('coin_address').notNull(),
    /** The feed's own time of the bet; `seen_at` is ours, null for a bet learnt from the history. */
    placedAt: instant('placed_at'),
    seenAt: instant('seen_at'),
    /** True once the history has named the bet: then its terms are final. */
    confirmed: boolean('confirmed').notNull(),
    outcome: text('outcome'),
    payoutLamports: lamports('payout_lamports'),
  },
  (table) => [
    primaryKey({ name: 'side_bets_pkey', columns: [table.gameId, table.playerId, table.startTick] }),
    check('side_bets_start_tick_check', sql`${table.startTick} >= 0`),
    check('side_bets_end_tick_check', sql`${table.endTick} > ${table.startTick}`),
    check('side_bets_stake_check', sql`${table.stakeLamports} > 0`),
    check(
      'side_bets_payout_multiple_check',
      sql`${table.payoutMultiple} >= 1 and ${table.payoutMultiple} < 'Infinity'`,
    ),
    check('side_bets_outcome_check', sql`${table.outcome} in ('won', 'lost')`),
    check(
      'side_bets_payout_check',
      sql`(${table.outcome} is null) = (${table.payoutLamports} is null) and ${table.payoutLamports} >= 0`,
    ),
  ],
);

export const deadLetters = pgTable('dead_letters', {
  letterId: bigint('letter_id', { mode: 'bigint' }).generatedAlwaysAsIdentity().primaryKey(),
  /** Digest of the rest of the row, so that a batch written again adds nothing. */
  digest: text('digest').notNull().unique('dead_letters_digest_key'),
  at: instant('at').notNull(),
  event: text('event').notNull(),
  reason: text('reason').notNull(),
  /** JSON text, cut to a bounded size: text, because a cut is no JSON and jsonb refuses NUL. */
  part: text('part').notNull(),
  partCut: boolean('part_cut').notNull(),
});
