// Trades and side bets of the very newest games, for the quality report: amounts that no player has, and bets that a
// player cannot have had at the same time. Few games, because a game has hundreds of trades.
import type { RawSql } from '@/db/connect';
import { WINDOW_TICKS } from '@/lib/game/rules';
import type { RecordMeasurements } from '@/lib/quality/measurements';
import type { GameSource } from '@/lib/game/game-source';

const GAMES = 20;
/** Side bets of 0.001 to 5 SOL were seen. A hundred times as much is a unit mistaken for another. */
const STAKE_LAMPORTS_MOST = 500_000_000_000n;
/** No trade above some hundred SOL was seen. */
const TRADE_LAMPORTS_MOST = 10_000_000_000_000n;
/** Every one of 3,402 recorded bets pays 5. */
const PAYOUT_MOST = 100;

export async function measureMarket(
  sql: RawSql,
  source: GameSource,
): Promise<{ implausible: RecordMeasurements['implausible']; betTwins: number }> {
  const [row] = await sql.unsafe(
    QUERY,
    [source, GAMES, String(TRADE_LAMPORTS_MOST), String(STAKE_LAMPORTS_MOST), PAYOUT_MOST, WINDOW_TICKS],
    { prepare: true },
  );
  return {
    implausible: [
      { what: 'trades of impossible amounts', rows: Number(row!.trades) },
      { what: 'side bets of impossible stakes or payouts', rows: Number(row!.bets) },
    ],
    betTwins: Number(row!.overlapping),
  };
}

/** `offset 0` keeps the planner from looking through every trade for those few games. */
const QUERY = `
with newest as materialized (
  select game_id from games where source = $1 order by listed_at desc, game_id desc limit $2
),
bets as materialized (
  select bet.* from newest cross join lateral (
    select stake_lamports, payout_multiple,
      start_tick - lag(start_tick) over (partition by player_id, coin_address order by start_tick) as apart
    from side_bets where side_bets.game_id = newest.game_id offset 0
  ) bet
)
select
  (select coalesce(sum(trade.rows), 0) from newest cross join lateral (
    select count(*) as rows from trades
    where trades.game_id = newest.game_id and amount_lamports > $3::bigint offset 0
  ) trade) as trades,
  (select count(*) from bets where stake_lamports > $4::bigint or payout_multiple > $5::float8) as bets,
  (select count(*) from bets where apart < $6::int) as overlapping`;
