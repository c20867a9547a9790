// What was seen of the game: games, their ticks and paths, trades and side bets of the crowd, and what could not be
// decoded. Every rule the game guarantees is a check. Migrations are generated from these files (npm run db:generate)
// and then read by a person: Drizzle cannot say PARTITION BY, so the first one adds it to `ticks` by hand. Only
// server/ and db/ import them.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  text,
} from 'drizzle-orm/pg-core';
import { bytea, exactJson, gameIdText, instant, lamports } from '@/db/schema/columns';

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
    /** `live`: the real game, seen or imported. `simulator`: a game that never was. They never share a statistic. */
    source: text('source').notNull().default('live'),
    /** When the integrity checks last ran on this row as it is; null again as soon as anything of the game changes. */
    checkedAt: instant('checked_at'),
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
        and ${table.endedAt} is not null and ${table.verification} is not null
        and (${table.serverSeed} is not null or ${table.verification} = 'unverifiable'))`,
    ),
    check('games_source_check', sql`${table.source} in ('live', 'simulator')`),
    // Ascending: read backwards it is newest first, in the order `order by … desc` asks for. Lists are of one source.
    index('games_source_listed_at_index').on(table.source, table.listedAt, table.gameId),
    // What a list is filtered by: few games are very long or high, and fewer are in doubt.
    index('games_rug_tick_index').on(table.source, table.rugTick),
    index('games_peak_index').on(table.source, table.peak),
    index('games_unverified_index')
      .on(table.source, table.listedAt, table.gameId)
      .where(sql`${table.verification} <> 'verified'`),
    index('games_incomplete_index')
      .on(table.source, table.listedAt, table.gameId)
      .where(sql`not ${table.complete}`),
    index('games_unchecked_index')
      .on(table.listedAt)
      .where(sql`${table.confirmedAt} is not null and ${table.checkedAt} is null`),
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
    /** The assessment players saw at this tick, packed by lib/protocol/compact-assessment; null when none was made. */
    assessment: real('assessment').array(),
    model: text('model'),
  },
  (table) => [
    primaryKey({ name: 'ticks_pkey', columns: [table.gameId, table.tick] }),
    check('ticks_tick_check', sql`${table.tick} >= 0`),
    check('ticks_price_check', sql`${table.price} >= 0 and ${table.price} < 'Infinity'`),
    check('ticks_source_check', sql`${table.source} in ('frame', 'partial', 'path', 'history')`),
    check(
      'ticks_assessment_check',
      sql`(${table.assessment} is null) = (${table.model} is null) and cardinality(${table.assessment}) = 19`,
    ),
  ],
);

/** One row per finished game, from which its ticks can be told again, every column bit for bit. */
export const gamePaths = pgTable(
  'game_paths',
  {
    gameId: gameIdText('game_id')
      .primaryKey()
      .references(() => games.gameId),
    /** Index = tick, rug price last; a null element is a tick nobody knows. */
    prices: doublePrecision('prices').array().notNull(),
    /** When each tick arrived, in ms after `first_received_at`; null elements were learnt later. */
    firstReceivedAt: instant('first_received_at'),
    arrivalsMs: integer('arrivals_ms').array(),
    /** Where each stretch of ticks came from: "frame:0-186 history:187-187". */
    sources: text('sources').notNull(),
    /** Assessments of all ticks, packed and deflated by server/store/path-codec; null when none was made. */
    assessments: bytea('assessments'),
    compactedAt: instant('compacted_at').notNull(),
  },
  (table) => [
    check('game_paths_prices_check', sql`cardinality(${table.prices}) > 0`),
    check(
      'game_paths_arrivals_check',
      sql`(${table.arrivalsMs} is null) = (${table.firstReceivedAt} is null)
        and cardinality(${table.arrivalsMs}) = cardinality(${table.prices})`,
    ),
  ],
);

/** How regularly a game's ticks came, from the arrival times of its frames. */
export const tickIntervals = pgTable(
  'tick_intervals',
  {
    gameId: gameIdText('game_id')
      .primaryKey()
      .references(() => games.gameId),
    /** Intervals between neighbouring ticks that both came in their own frame. */
    intervals: integer('intervals').notNull(),
    meanMs: doublePrecision('mean_ms').notNull(),
    medianMs: doublePrecision('median_ms').notNull(),
    p5Ms: doublePrecision('p5_ms').notNull(),
    p95Ms: doublePrecision('p95_ms').notNull(),
    p99Ms: doublePrecision('p99_ms').notNull(),
    maxMs: doublePrecision('max_ms').notNull(),
    /** Intervals above a second, and intervals under 50 ms: what follows a stall. */
    stalls: integer('stalls').notNull(),
    bursts: integer('bursts').notNull(),
  },
  (table) => [
    check('tick_intervals_intervals_check', sql`${table.intervals} > 0`),
    check(
      'tick_intervals_order_check',
      sql`0 <= ${table.p5Ms} and ${table.p5Ms} <= ${table.medianMs} and ${table.medianMs} <= ${table.p95Ms}
        and ${table.p95Ms} <= ${table.p99Ms} and ${table.p99Ms} <= ${table.maxMs}`,
    ),
    check('tick_intervals_stalls_check', sql`${table.stalls} between 0 and ${table.intervals}`),
    check('tick_intervals_bursts_check', sql`${table.bursts} between 0 and ${table.intervals}`),
  ],
);

/** What the integrity checks of lib/integrity found in a game; one row per game, replaced when it is checked again. */
export const gameChecks = pgTable(
  'game_checks',
  {
    gameId: gameIdText('game_id')
      .primaryKey()
      .references(() => games.gameId),
    checkedAt: instant('checked_at').notNull(),
    status: text('status').notNull(),
    /** [{check, status, detail}], one for every check, in the order of lib/integrity. */
    checks: exactJson('checks').notNull(),
  },
  (table) => [
    check('game_checks_status_check', sql`${table.status} in ('passed', 'failed', 'unverifiable')`),
    index('game_checks_failed_index')
      .on(table.gameId)
      .where(sql`${table.status} = 'failed'`),
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
    index('trades_game_index').on(table.gameId, table.tick),
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
    check('side_bets_end_tick_check', sql`${table.endTick} = ${table.startTick} + 40`),
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
