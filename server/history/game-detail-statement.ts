// Everything about one game in one statement: a page about a game costs one round trip, and its parts are of one moment.
// Each collection comes as one JSON value, read through the index that begins with the game. Called by game-detail only.
import { sql, type SQL } from 'drizzle-orm';
import { PRACTICE_COIN_ADDRESS } from '@/lib/game/rules';
import { GAME_ROWS_MAX } from '@/lib/protocol/games-api';
import type { GameId } from '@/lib/units/game-id';
import { msOf, STORED_GAME_JSON } from '@/server/history/stored-game';

/** One row, or none when the game is not on record. */
export function gameDetailStatement(gameId: GameId): SQL {
  return sql`
    select ${STORED_GAME_JSON} as game, ${sql.raw(TIMES)} as times, ${PATH_COLUMNS},
      case when c.game_id is not null then ${sql.raw(CHECKS)} end as checks,
      case when i.game_id is not null then ${sql.raw(INTERVALS)} end as intervals,
      ${sql.raw(listOf(TRADES))} as trades, ${sql.raw(listOf(SIDE_BETS))} as "sideBets",
      ${sql.raw(listOf(PREDICTIONS))} as predictions, ${sql.raw(listOf(RECOMMENDATIONS))} as recommendations,
      ${sql.raw(listOf(EVENTS))} as events, ${sql.raw(COUNTS)} as counts,
      ${neighbour('<', 'desc')} as previous, ${neighbour('>', 'asc')} as next
    from games g
    left join game_checks c on c.game_id = g.game_id
    left join tick_intervals i on i.game_id = g.game_id
    left join game_paths p on p.game_id = g.game_id
    where g.game_id = ${gameId}`;
}

export function gamePathStatement(gameId: GameId): SQL {
  return sql`
    select ${STORED_GAME_JSON} as game, ${PATH_COLUMNS}
    from games g
    left join game_checks c on c.game_id = g.game_id
    left join game_paths p on p.game_id = g.game_id
    where g.game_id = ${gameId}`;
}

/** The compacted path `p` when there is one, else the ticks themselves; with `g` for the game. Read by toTickPath. */
const PATH_COLUMNS: SQL = sql.raw(`
  case when p.game_id is not null then json_build_object(
    'prices', p.prices, 'firstReceivedAt', ${msOf('p.first_received_at')}, 'arrivalsMs', p.arrivals_ms,
    'sources', p.sources) end as path,
  p.assessments as "packedAssessments",
  case when p.game_id is null then (
    select json_agg(json_build_array(tick, price, ${msOf('received_at')}, source, assessment, model) order by tick)
    from ticks t where t.game_id = g.game_id) end as ticks`);

const TIMES = `json_build_object('announcedAt', ${msOf('g.announced_at')}, 'ruggedAt', ${msOf('g.rugged_at')},
  'confirmedAt', ${msOf('g.confirmed_at')})`;

const CHECKS = `json_build_object('checkedAt', ${msOf('c.checked_at')}, 'status', c.status, 'checks', c.checks)`;

const INTERVALS = `json_build_object('intervals', i.intervals, 'meanMs', i.mean_ms, 'medianMs', i.median_ms,
  'p5Ms', i.p5_ms, 'p95Ms', i.p95_ms, 'p99Ms', i.p99_ms, 'maxMs', i.max_ms, 'stalls', i.stalls, 'bursts', i.bursts)`;

type List = {
  readonly from: string;
  readonly order: string;
  readonly max: number;
  /** JSON of a row `r`. */
  readonly json: string;
};

const OF_GAME = 'where game_id = g.game_id';
const isPractice = (coin: string) => `${coin} is not distinct from '${PRACTICE_COIN_ADDRESS}'`;

const TRADES: List = {
  from: `trades ${OF_GAME}`,
  order: 'tick, received_at, trade_id',
  max: GAME_ROWS_MAX.trades,
  json: `json_build_object('id', r.trade_id, 'tick', r.tick, 'kind', r.kind, 'player', coalesce(r.username, r.player_id),
    'amountLamports', r.amount_lamports::text, 'price', r.price, 'practice', ${isPractice('r.coin_address')},
    'receivedAt', ${msOf('r.received_at')})`,
};

const SIDE_BETS: List = {
  from: `side_bets ${OF_GAME}`,
  order: 'start_tick, player_id',
  max: GAME_ROWS_MAX.sideBets,
  json: `json_build_object('startTick', r.start_tick, 'endTick', r.end_tick, 'playerId', r.player_id,
    'player', coalesce(r.username, r.player_id), 'stakeLamports', r.stake_lamports::text, 'payout', r.payout_multiple,
    'practice', ${isPractice('r.coin_address')}, 'seenAt', ${msOf('r.seen_at')}, 'outcome', r.outcome,
    'payoutLamports', r.payout_lamports::text)`,
};

const PREDICTIONS: List = {
  from: `predictions ${OF_GAME}`,
  order: 'tick',
  max: GAME_ROWS_MAX.predictions,
  json: `json_build_object('tick', r.tick, 'madeAt', ${msOf('r.made_at')}, 'origin', r.origin, 'model', r.model,
    'winProbability', r.win_probability, 'lower', r.lower, 'upper', r.upper, 'payout', r.payout, 'zone', r.zone,
    'medianTick', r.median_tick, 'lower50', r.lower50, 'upper50', r.upper50, 'lower90', r.lower90, 'upper90', r.upper90,
    'confidence', r.confidence, 'rugTick', r.rug_tick, 'won', r.won)`,
};

const RECOMMENDATIONS: List = {
  from: `recommendations ${OF_GAME}`,
  order: 'tick, priority, strategy_id',
  max: GAME_ROWS_MAX.recommendations,
  json: `json_build_object('tick', r.tick, 'strategyId', r.strategy_id, 'madeAt', ${msOf('r.made_at')}, 'origin', r.origin,
    'priority', r.priority, 'word', r.word, 'action', r.action, 'stakeLamports', r.stake_lamports::text,
    'payout', r.payout, 'expectedValue', r.expected_value, 'score', r.score, 'reasons', r.reasons,
    'startTick', r.start_tick, 'outcome', r.outcome, 'profitLamports', r.profit_lamports::text)`,
};

const EVENTS_OF_GAME = `events where stream = 'game:' || g.game_id`;
const EVENTS: List = {
  from: EVENTS_OF_GAME,
  order: 'version',
  max: GAME_ROWS_MAX.events,
  json: `json_build_object('position', r.position, 'version', r.version, 'type', r.type,
    'occurredAt', ${msOf('r.occurred_at')}, 'recordedAt', ${msOf('r.recorded_at')}, 'hash', encode(r.hash, 'hex'),
    'previousHash', encode(r.previous_hash, 'hex'), 'payload', r.payload)`,
};

function listOf({ from, order, max, json }: List): string {
  return `(select coalesce(json_agg(${json} order by ${order}), '[]')
    from (select * from ${from} order by ${order} limit ${max}) r)`;
}

const COUNTS = `json_build_object(
  'trades', (select count(*) from trades ${OF_GAME}), 'sideBets', (select count(*) from side_bets ${OF_GAME}),
  'predictions', (select count(*) from predictions ${OF_GAME}),
  'recommendations', (select count(*) from recommendations ${OF_GAME}), 'events', (select count(*) from ${EVENTS_OF_GAME}))`;

function neighbour(compare: '<' | '>', direction: 'asc' | 'desc'): SQL {
  return sql.raw(`(
    select n.game_id from games n
    where n.source = g.source and (n.listed_at, n.game_id) ${compare} (g.listed_at, g.game_id)
    order by n.listed_at ${direction}, n.game_id ${direction} limit 1)`);
}
