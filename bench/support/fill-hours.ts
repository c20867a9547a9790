// Fills the record with finished games and all that hangs on them, inside the database: what the rollups count. Lengths
// follow the published rule, and every game has a prediction at each window, two strategies' advice, and a crowd of
// about 40 side bets and 100 trades, as recorded games have.
import type { RawSql } from '@/db/connect';
import { PRACTICE_COIN_ADDRESS, SOL_COIN_ADDRESS } from '@/lib/game/rules';

const SIDE_BETS = 40;
const TRADES = 100;
/** The crowd of older games is thinner here: rollups count a game once, and filling takes long enough. */
const CROWDED_MS = 3 * 86_400_000;
const THIN = 0.1;

export async function fillHours(
  sql: RawSql,
  { from, to, gameMs }: { from: number; to: number; gameMs: number },
): Promise<void> {
  await sql.unsafe(
    `create temporary table new_games as
    select to_char(ended_at at time zone 'UTC', 'YYYYMMDD-') || lpad(to_hex(n), 16, '0') as game_id, ended_at,
      least(5000, 1 + floor(ln(1 - random()) / ln(0.995)))::integer as rug_tick,
      case when ended_at > $1::timestamptz then 1 else ${THIN} end as crowd
    from (
      select floor(extract(epoch from ended_at))::bigint as n, ended_at
      from generate_series($2::timestamptz, $3::timestamptz, $4::float8 * interval '1 ms') ended_at
      where ended_at < $3::timestamptz
    ) games`,
    [iso(to - CROWDED_MS), iso(from), iso(to), gameMs],
  );
  await sql.unsafe(FILL.games);
  await sql.unsafe(FILL.predictions);
  await sql.unsafe(FILL.recommendations);
  await sql.unsafe(FILL.sideBets);
  await sql.unsafe(FILL.trades);
  await sql`drop table new_games`;
}

const iso = (at: number) => new Date(at).toISOString();

const FILL = {
  games: `insert into games (game_id, phase, server_seed, ended_at, confirmed_at, listed_at, rug_tick, peak, verification,
      complete, ticks_repaired, ticks_corrected, source)
    select game_id, 'rugged', 'seed', ended_at, ended_at + interval '12 s', ended_at, rug_tick, 1 / (1 - random()),
      'verified', true, 0, 0, 'live' from new_games`,
  predictions: `insert into predictions
    select game_id, tick, ended_at, case when random() < 0.5 then 'live' else 'replay' end, 'published@1',
      0.16 + 0.04 * random(), 0, 1, 5, 'negative', tick + 139, tick + 58, tick + 277, tick + 11, tick + 598, 0.2, rug_tick,
      rug_tick > tick and rug_tick <= tick + 40
    from new_games, generate_series(0, rug_tick - 1, 40) tick`,
  recommendations: `insert into recommendations
    select game_id, tick, strategy, ended_at, 'live', priority, 'Skip', case when priority = 1 then 'bet' else 'wait' end,
      case when priority = 1 then 100000000 else 0 end, 5, -0.0916, 0.4, '{"a losing bet on average"}',
      array_fill(0.1::real, array[19]), 'published@1', tick + 1,
      case when rug_tick <= tick + 1 then 'missed' when rug_tick <= tick + 41 then 'won' else 'lost' end,
      case when priority > 1 or rug_tick <= tick + 1 then 0 when rug_tick <= tick + 41 then 400000000 else -100000000 end
    from new_games, generate_series(0, rug_tick - 1, 40) tick,
      (values ('flat-stake', 1), ('do-not-bet', 2)) strategies(strategy, priority)`,
  sideBets: `insert into side_bets
    select game_id, 'player ' || player, start_tick, start_tick + 40, null, stake, 5,
      case when random() < 0.3 then '${PRACTICE_COIN_ADDRESS}' else '${SOL_COIN_ADDRESS}' end, ended_at, ended_at, true,
      case when won then 'won' else 'lost' end, case when won then 5 * stake else 0 end
    from (
      select *, start_tick < rug_tick and rug_tick <= start_tick + 40 as won from (
        select game_id, ended_at, rug_tick, player, floor(random() * rug_tick)::integer as start_tick,
          (1000000 + random() * 500000000)::bigint as stake
        from new_games, generate_series(1, greatest(1, (${SIDE_BETS} * crowd)::integer)) player
      ) placed
    ) bets`,
  trades: `insert into trades
    select game_id || '-' || trade, game_id, 'player ' || trade, null, 'buy', (1000000 + random() * 1000000000)::bigint, 1, 1,
      floor(random() * rug_tick)::integer, '${SOL_COIN_ADDRESS}', null, ended_at
    from new_games, generate_series(1, greatest(1, (${TRADES} * crowd)::integer)) trade`,
};
