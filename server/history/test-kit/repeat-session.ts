// Makes a recorded session long: its bets again and again, each time after the last, straight into the table. Thousands of bets
// step by step through the engine's store would take minutes. For tests and benches of long sessions.
import type { RawSql } from '@/db/connect';

/** A session's bets `times` times over, `everyMs` apart. Their ids are base58 as ours; events and transactions are not copied. */
export async function repeatSession(
  sql: RawSql,
  { sessionId, times, everyMs }: { sessionId: string; times: number; everyMs: number },
): Promise<void> {
  await sql`
    insert into bets
    select (jsonb_populate_record(b, jsonb_build_object('bet_id', id, 'client_key', id, 'prepared_at', b.prepared_at + shift,
      'expires_at', b.expires_at + shift, 'submitted_at', b.submitted_at + shift, 'active_at', b.active_at + shift,
      'settled_at', b.settled_at + shift, 'closed_at', b.closed_at + shift))).*
    from generate_series(1, ${times - 1}::integer) g
    cross join lateral (select g * ${everyMs}::integer * interval '1 millisecond' as shift) shifts
    join bets b on b.session_id = ${sessionId}
    cross join lateral (select 'z' || translate(left(md5(b.bet_id || ' ' || g), 20), '0', 'z') as id) ids
    where b.closed_at is not null`;
  await sql`
    update bet_sessions set last_bet_at = (select max(settled_at) from bets where session_id = ${sessionId})
    where session_id = ${sessionId}`;
}
