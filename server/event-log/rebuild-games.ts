// Builds the table `games` again from the events of the games' streams, beside the running writer: the log is folded into a
// table of its own first; then, under the writer's lock and in one transaction, the streams that went on meanwhile are
// folded again and every row that differs is replaced. Interrupted, it leaves `games` as it was.
import { transact, type RawSql } from '@/db/connect';
import type { StoredEvent } from '@/lib/event-log/event';
import { toNewEvent } from '@/lib/event-log/game-event';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import { WRITER_LOCK } from '@/db/locks';
import { appendEvents } from '@/server/event-log/append-events';
import { foldGame } from '@/server/event-log/fold-game';
import type { RebuildOptions, RebuildReport } from '@/server/event-log/projection';
import { readGameEvents, readHead, readStream } from '@/server/event-log/read-events';
import { readGames } from '@/server/store/read-known';
import type { GameRow } from '@/server/store/rows';
import { markChanged } from '@/server/store/settle-decisions';
import { insertRows } from '@/server/store/insert-rows';
import { GAMES } from '@/server/store/table-columns';
import { toAdopted } from '@/server/store/write-events';

const REBUILT = { ...GAMES, name: 'games_rebuilt' };
const PAGE_GAMES = 1_000;

export async function rebuildGames(sql: RawSql, { recordedAt, onProgress }: RebuildOptions): Promise<RebuildReport> {
  const adopted = await adoptUnlogged(sql, recordedAt);
  if (adopted > 0) onProgress(`${adopted} games from before the log were taken into it`);
  await sql.unsafe('drop table if exists pg_temp.games_rebuilt');
  await sql.unsafe('create temp table games_rebuilt (like games including defaults)');
  await sql.unsafe('alter table games_rebuilt add primary key (game_id)');
  try {
    const position = (await readHead(sql))?.position ?? 0;
    const events = await foldAll(sql, onProgress);
    const changed = await transact(sql, async () => {
      await sql.unsafe('set local statement_timeout = 0');
      await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
      await foldAgain(sql, position);
      const ids = await replaceDiffering(sql);
      for (const page of toPages(ids)) await markChanged(sql, page);
      return ids.length;
    });
    const [rows] = await sql`select count(*)::integer as count from games_rebuilt`;
    return { read: events, rows: rows!.count, changed };
  } finally {
    await sql.unsafe('drop table if exists pg_temp.games_rebuilt').catch(() => {});
  }
}

/** A game that an earlier version recorded has a row and no events: its row is what the log begins with. */
async function adoptUnlogged(sql: RawSql, recordedAt: EpochMs): Promise<number> {
  for (let adopted = 0; ;) {
    const count = await transact(sql, async () => {
      await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
      const rows = await sql<{ game_id: GameId }[]>`
        select game_id from games g
        where not exists (select from events where stream = 'game:' || g.game_id and version = 1)
        order by game_id limit ${PAGE_GAMES}`;
      const ids = rows.map((row) => row.game_id);
      const games = await readGames(sql, ids);
      const events = ids.map((id) => toNewEvent(id, toAdopted(games.get(id)!, recordedAt)));
      await appendEvents(sql, events, { recordedAt });
      return ids.length;
    });
    adopted += count;
    if (count < PAGE_GAMES) return adopted;
  }
}

/** Stream by stream, so that no more than one game and one page of rows is held. Returns how many events were read. */
async function foldAll(sql: RawSql, onProgress: (line: string) => void): Promise<number> {
  let read = 0;
  let stream = '';
  let row: GameRow | null = null;
  let rows: GameRow[] = [];
  const flush = async () => {
    await insertRows(sql, { table: REBUILT, rows, onConflict: 'replace' });
    rows = [];
  };
  for await (const page of readGameEvents(sql)) {
    for (const event of page) {
      if (event.stream !== stream && row) rows.push(row);
      row = foldGame([event], event.stream === stream ? row : null);
      stream = event.stream;
    }
    read += page.length;
    if (rows.length >= PAGE_GAMES) {
      await flush();
      onProgress(`${read} events folded`);
    }
  }
  if (row) rows.push(row);
  await flush();
  onProgress(`${read} events folded; putting the rows in place`);
  return read;
}

async function foldAgain(sql: RawSql, afterPosition: number): Promise<void> {
  const streams = await sql<{ stream: string }[]>`
    select distinct stream from events
    where position > ${afterPosition} and stream >= 'game:' and stream < 'game;'`;
  for (const { stream } of streams) {
    const row = foldGame(await readWhole(sql, stream));
    await insertRows(sql, { table: REBUILT, rows: row ? [row] : [], onConflict: 'replace' });
  }
}

async function readWhole(sql: RawSql, stream: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await readStream(sql, { stream, afterVersion: events.length });
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** A row that changes has to be checked again. */
async function replaceDiffering(sql: RawSql): Promise<GameId[]> {
  const names = GAMES.columns.map(({ name }) => name);
  const list = (table: string) => names.map((name) => `${table}.${name}`).join(', ');
  const rows = await sql.unsafe<{ game_id: GameId }[]>(`
    insert into games (${names.join(', ')}) select ${names.join(', ')} from games_rebuilt
    on conflict (game_id) do update
      set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}, checked_at = null
      where (${list('games')}) is distinct from (${list('excluded')})
    returning game_id`);
  return rows.map((row) => row.game_id);
}

function* toPages(ids: readonly GameId[]): Generator<readonly GameId[]> {
  for (let i = 0; i < ids.length; i += PAGE_GAMES) yield ids.slice(i, i + PAGE_GAMES);
}
