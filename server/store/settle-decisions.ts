// What a batch means for games the history has confirmed: predictions and recommendations get their outcome, the
// integrity checks have to look again, and the minute of the game's end has to be rolled up again. All of it follows from
// the tables alone, so that it may be done any number of times. Called by write-batch, inside its transaction.
import type { RawSql } from '@/db/connect';
import type { GameId } from '@/lib/units/game-id';
import { toArrayLiteral } from '@/server/store/insert-rows';

/** The settlement rule is lib/game/rules': a window from s wins if and only if s < rugTick ≤ s + 40. */
export async function settleDecisions(sql: RawSql, gameIds: readonly GameId[]): Promise<void> {
  if (gameIds.length === 0) return;
  const ids = toArrayLiteral(gameIds);
  await sql`
    update predictions p set rug_tick = g.rug_tick, won = g.rug_tick > p.tick and g.rug_tick <= p.tick + 40
    from games g
    where g.game_id = any(${ids}::text[]) and g.confirmed_at is not null
      and p.game_id = g.game_id and p.rug_tick is distinct from g.rug_tick`;
  await sql`
    update recommendations r set outcome = settled.outcome,
      profit_lamports = case
        when r.action <> 'bet' or settled.outcome = 'missed' then 0
        when settled.outcome = 'won' then trunc(r.stake_lamports * r.payout::numeric) - r.stake_lamports
        else -r.stake_lamports end
    from (
      select d.game_id, d.tick, d.strategy_id, case
        when g.rug_tick <= d.start_tick then 'missed'
        when g.rug_tick <= d.start_tick + 40 then 'won'
        else 'lost' end as outcome
      from games g join recommendations d using (game_id)
      where g.game_id = any(${ids}::text[]) and g.confirmed_at is not null
    ) settled
    where r.game_id = settled.game_id and r.tick = settled.tick and r.strategy_id = settled.strategy_id
      and r.outcome is distinct from settled.outcome`;
}

export async function markChanged(sql: RawSql, gameIds: readonly GameId[]): Promise<void> {
  if (gameIds.length === 0) return;
  const ids = toArrayLiteral(gameIds);
  // Also where it is null already: whoever checks the game at this moment sees by the row's xmin that it has changed. A row
  // that this transaction wrote is another one as it is.
  await sql`
    update games set checked_at = null
    where game_id = any(${ids}::text[]) and confirmed_at is not null
      and (checked_at is not null or xmin <> pg_current_xact_id()::xid)`;
  await sql`
    insert into stale_minutes (bucket, source)
    select distinct date_trunc('minute', ended_at, 'UTC'), source from games
    where game_id = any(${ids}::text[]) and confirmed_at is not null
    order by 1, 2
    on conflict (bucket, source) do update set changes = stale_minutes.changes + 1`;
}
