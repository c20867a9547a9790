// Reads of the log: one stream, or the whole log page by page in order of position. Every read is bounded; a page begins
// after the last position of the one before, however much was appended meanwhile.
import type { RawSql } from '@/db/connect';
import type { LogHead, StoredEvent } from '@/lib/event-log/event';
import type { EpochMs } from '@/lib/units/time';
import { EVENT_COLUMNS, toStoredEvent, type EventRow } from '@/server/event-log/event-table';
import { toInstant } from '@/server/store/insert-rows';

/** A few megabytes of events at most. */
export const PAGE_EVENTS = 2_000;
/** A stream longer than this is read from a snapshot on. */
export const STREAM_EVENTS_MAX = 10_000;

export async function readStream(
  sql: RawSql,
  {
    stream,
    afterVersion = 0,
    recordedBy = null,
    limit = STREAM_EVENTS_MAX,
  }: {
    stream: string;
    afterVersion?: number;
    /** Only what the record knew at this instant. */
    recordedBy?: EpochMs | null;
    limit?: number;
  },
): Promise<StoredEvent[]> {
  const rows = await sql<EventRow[]>`
    select ${sql.unsafe(EVENT_COLUMNS)} from events
    where stream = ${stream} and version > ${afterVersion}
      and (${toInstant(recordedBy)}::timestamptz is null or recorded_at <= ${toInstant(recordedBy)}::timestamptz)
    order by version limit ${limit}`;
  return rows.map(toStoredEvent);
}

/** The log from after a position on, a page at a time, until its end as it is then. */
export function readLog(
  sql: RawSql,
  { after = 0, pageEvents = PAGE_EVENTS }: { after?: number; pageEvents?: number } = {},
): AsyncGenerator<StoredEvent[]> {
  const from = (last: number) =>
    sql<EventRow[]>`
      select ${sql.unsafe(EVENT_COLUMNS)} from events where position > ${last} order by position limit ${pageEvents}`;
  return readPages({ first: from(after), after: ({ position }) => from(position), pageEvents });
}

/** The streams of all games, one after the other, each in order of version. */
export function readGameEvents(
  sql: RawSql,
  { pageEvents = PAGE_EVENTS }: { pageEvents?: number } = {},
): AsyncGenerator<StoredEvent[]> {
  const from = ({ stream, version }: Pick<StoredEvent, 'stream' | 'version'>) =>
    sql<EventRow[]>`
      select ${sql.unsafe(EVENT_COLUMNS)} from events
      where (stream, version) > (${stream}, ${version}) and stream < 'game;'
      order by stream, version limit ${pageEvents}`;
  return readPages({ first: from({ stream: 'game:', version: 0 }), after: from, pageEvents });
}

type PageQuery = PromiseLike<readonly EventRow[]> & { execute(): unknown };

/** The next page is on its way while one is looked at: the database and this process work at the same time. */
async function* readPages({
  first,
  after,
  pageEvents,
}: {
  first: PageQuery;
  after: (last: StoredEvent) => PageQuery;
  pageEvents: number;
}): AsyncGenerator<StoredEvent[]> {
  for (let query: PageQuery | null = first; query;) {
    const page: StoredEvent[] = (await query).map(toStoredEvent);
    if (page.length === 0) return;
    query = page.length < pageEvents ? null : after(page.at(-1)!);
    query?.execute();
    // Whoever stops here does not want to hear what became of it.
    query?.then(undefined, () => {});
    yield page;
  }
}

/** Null for an empty log. */
export async function readHead(sql: RawSql): Promise<LogHead | null> {
  const [row] = await sql`select position, hash from events order by position desc limit 1`;
  return row ? { position: Number(row.position), hash: row.hash.toString('hex') } : null;
}
