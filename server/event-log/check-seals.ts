// Compares what events have sealed with what is on record: each game's newest path digest with its path, and the newest
// digest of its decisions with its predictions and recommendations. PostgreSQL works out the digests, page by page. Rows
// that retention has moved to the archive are counted, not missed. Called by verify-log.
import type { RawSql } from '@/db/connect';
import { DECISIONS_OF_GAME } from '@/server/event-log/decisions-digest';

export type SealCount = {
  readonly checked: number;
  /** Sealed games whose rows are no longer here. */
  readonly absent: number;
  readonly mismatches: number;
  /** The first that differs from its seal, and the event that sealed it. */
  readonly first: { readonly gameId: string; readonly position: number } | null;
};

export type SealReport = { readonly paths: SealCount; readonly decisions: SealCount };

const PAGE_GAMES = 500;

export async function checkSeals(sql: RawSql): Promise<SealReport> {
  return {
    paths: await checkAll(sql, { seal: PATH_SEAL, kept: PATH_NOW }),
    decisions: await checkAll(sql, { seal: DECISIONS_SEAL, kept: DECISIONS_NOW }),
  };
}

/** The digest an event seals, or null for events that seal none. */
const PATH_SEAL = `case when type in ('finished', 'stretch-repaired') then payload->>'path' end`;
const DECISIONS_SEAL = `case type when 'finished' then (payload->'decisions')::text
  when 'decisions-sealed' then payload::text end`;

/** Of the ticks where the game has no path row; `asked` is a row of sealed games. */
const PATH_NOW = `
  select case when kept.digest is null then null else kept.digest = asked.seal end as holds
  from (select coalesce(
    (select encode(sha256(string_agg(${toBytes('price')}, ''::bytea order by tick)), 'hex')
      from game_paths p, unnest(p.prices) with ordinality as path (price, tick) where p.game_id = asked.game_id),
    (select encode(sha256(string_agg(${toBytes('t.price')}, ''::bytea order by n)), 'hex')
      from games g cross join generate_series(0, g.rug_tick) n left join ticks t on t.game_id = g.game_id and t.tick = n
      where g.game_id = asked.game_id having count(t.tick) > 0)) as digest) kept`;

const DECISIONS_NOW = `
  select case
    when said.predictions = 0 and (seal->>'predictions')::integer > 0
      or said.recommendations = 0 and (seal->>'recommendations')::integer > 0 then null
    else said.sha256 = seal->>'sha256' end as holds
  from (select asked.seal::json as seal) sealed, (${DECISIONS_OF_GAME}) said`;

function toBytes(price: string): string {
  return `coalesce(float8send(${price}), '\\xffffffffffffffff'::bytea)`;
}

type Row = {
  readonly stream: string;
  readonly game_id: string;
  readonly position: string;
  readonly holds: boolean | null;
};

/** Streams are read backwards, since then the newest event of each comes first. */
async function checkAll(sql: RawSql, { seal, kept }: { seal: string; kept: string }): Promise<SealCount> {
  const statement = `
    select asked.stream, asked.game_id, asked.position, now.holds
    from (
      select distinct on (stream) stream, substr(stream, 6) as game_id, position, ${seal} as seal from events
      where stream >= 'game:' and stream < $1 and ${seal} is not null
      order by stream desc, version desc limit ${PAGE_GAMES}
    ) asked cross join lateral (${kept}) now
    order by asked.stream desc`;
  let count: SealCount = { checked: 0, absent: 0, mismatches: 0, first: null };
  for (let before = 'game;'; ;) {
    const rows = await sql.unsafe<Row[]>(statement, [before], { prepare: true });
    count = rows.reduce(addRow, count);
    if (rows.length < PAGE_GAMES) return count;
    before = rows.at(-1)!.stream;
  }
}

/** `first` is the earliest in the log. */
function addRow({ checked, absent, mismatches, first }: SealCount, row: Row): SealCount {
  if (row.holds === null) return { checked, absent: absent + 1, mismatches, first };
  if (row.holds) return { checked: checked + 1, absent, mismatches, first };
  const found = { gameId: row.game_id, position: Number(row.position) };
  const isEarlier = first === null || found.position < first.position;
  return { checked: checked + 1, absent, mismatches: mismatches + 1, first: isEarlier ? found : first };
}
