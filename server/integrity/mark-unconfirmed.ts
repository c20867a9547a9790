// Games that were seen and that the feed's history never named: they were running when the process or the feed went away,
// and by the time it was back more games had been played than a history holds. What is known of them stays, and is said to
// be all that ever will be. Should the history, or an import, name one after all, it is finished and checked like any other.
import { transact, type RawSql } from '@/db/connect';
import { unverifiable } from '@/lib/integrity/check-result';
import type { EpochMs } from '@/lib/units/time';
import { gameId } from '@/lib/units/game-id';
import { appendChecked } from '@/server/event-log/append-checked';
import { WRITER_LOCK } from '@/db/locks';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';

/** Games that the feed's history names. A game that is not among so many later ones will not come any more. */
const HISTORY_GAMES = 10;
const MARKED_MAX = 500;

const RESULT = unverifiable(
  'confirmation',
  'The game was seen in part, and the feed’s history never named it: how it ended, and with which seed, is not known.',
);

/** Returns how many were marked. */
export async function markUnconfirmed(sql: RawSql, at: EpochMs): Promise<number> {
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    const rows = await sql`
      update games set checked_at = ${toInstant(at)}::timestamptz
      where game_id in (
        select game_id from games missed
        where confirmed_at is null and checked_at is null and (
          select count(*) from (
            select from games later
            where later.source = missed.source and later.confirmed_at is not null
              and later.listed_at > missed.listed_at
            limit ${HISTORY_GAMES}
          ) some_later
        ) >= ${HISTORY_GAMES}
        order by listed_at limit ${MARKED_MAX}
      ) returning game_id`;
    const ids = rows.map((row) => gameId(row.game_id as string));
    if (ids.length === 0) return 0;
    await sql`
      insert into game_checks (game_id, checked_at, status, checks)
      select game_id, ${toInstant(at)}::timestamptz, ${RESULT.status}, ${JSON.stringify([RESULT])}::text::json
      from unnest(${toArrayLiteral(ids)}::text[]) as marked (game_id)
      on conflict (game_id) do update
      set checked_at = excluded.checked_at, status = excluded.status, checks = excluded.checks`;
    await appendChecked(
      sql,
      ids.map((id) => ({ gameId: id, status: RESULT.status, failed: [] })),
      at,
    );
    return ids.length;
  });
}
