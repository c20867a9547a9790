// The state of one stream: the newest snapshot that can be trusted, and the events since. A snapshot is a shortcut and no
// source: one of another shape, of another history or damaged is as good as none, and the table may be emptied any time.
import type { RawSql } from '@/db/connect';
import type { StoredEvent } from '@/lib/event-log/event';
import type { EpochMs } from '@/lib/units/time';
import { nativeSha256 } from '@/server/event-log/native-sha256';
import { readStream } from '@/server/event-log/read-events';
import { toInstant } from '@/server/store/insert-rows';

export type Aggregate<State> = {
  /** To be raised whenever the shape of the state, or what events make of it, changes. */
  readonly schemaVersion: number;
  readonly initial: State;
  apply(state: State, event: StoredEvent): State;
  /** Plain JSON and back; null for what is no state. */
  encode(state: State): unknown;
  decode(encoded: unknown): State | null;
};

export type Loaded<State> = {
  readonly state: State;
  /** For `expectedVersion` of what is appended next. */
  readonly version: number;
  /** Events that were folded; the others were in the snapshot. */
  readonly folded: number;
};

/** Events folded before a snapshot is worth its row. */
export const SNAPSHOT_EVERY = 200;

/** `takenAt`: when to say that a snapshot was taken; null to take none, as on a connection that only reads. */
export async function loadAggregate<State>(
  sql: RawSql,
  {
    stream,
    aggregate,
    takenAt,
    snapshotEvery = SNAPSHOT_EVERY,
  }: { stream: string; aggregate: Aggregate<State>; takenAt: EpochMs | null; snapshotEvery?: number },
): Promise<Loaded<State>> {
  const snapshot = await readSnapshot(sql, { stream, aggregate });
  let state = snapshot?.state ?? aggregate.initial;
  let last: StoredEvent | null = null;
  let folded = 0;
  for (;;) {
    const afterVersion: number = last?.version ?? snapshot?.version ?? 0;
    const events = await readStream(sql, { stream, afterVersion });
    if (events.length === 0) break;
    state = events.reduce((before, event) => aggregate.apply(before, event), state);
    folded += events.length;
    last = events.at(-1)!;
  }
  if (last && takenAt !== null && folded >= snapshotEvery) {
    await writeSnapshot(sql, {
      event: last,
      schemaVersion: aggregate.schemaVersion,
      state: aggregate.encode(state),
      takenAt,
    });
  }
  return { state, version: last?.version ?? snapshot?.version ?? 0, folded };
}

type Kept = { readonly eventHash: string; readonly digest: string; readonly state: unknown };

async function readSnapshot<State>(
  sql: RawSql,
  { stream, aggregate }: { stream: string; aggregate: Aggregate<State> },
): Promise<{ state: State; version: number } | null> {
  const [row] = await sql<{ version: number; state: string; event_hash: string }[]>`
    select s.version, s.state::text as state, encode(e.hash, 'hex') as event_hash
    from snapshots s join events e on e.stream = s.stream and e.version = s.version
    where s.stream = ${stream} and s.schema_version = ${aggregate.schemaVersion}
    order by s.version desc limit 1`;
  if (!row) return null;
  const kept = JSON.parse(row.state) as Partial<Kept> | null;
  if (kept?.eventHash !== row.event_hash || kept.digest !== digestOf(kept.state)) return null;
  const state = aggregate.decode(kept.state);
  return state === null ? null : { state, version: row.version };
}

/** Only the newest is of use. */
async function writeSnapshot(
  sql: RawSql,
  {
    event: { stream, version, hash },
    schemaVersion,
    state,
    takenAt,
  }: { event: StoredEvent; schemaVersion: number; state: unknown; takenAt: EpochMs },
): Promise<void> {
  const kept: Kept = { eventHash: hash, digest: digestOf(state), state };
  await sql`
    insert into snapshots (stream, version, schema_version, state, taken_at)
    values (${stream}, ${version}, ${schemaVersion}, ${JSON.stringify(kept)}::text::json, ${toInstant(takenAt)}::timestamptz)
    on conflict (stream, version) do update
      set schema_version = excluded.schema_version, state = excluded.state, taken_at = excluded.taken_at`;
  await sql`delete from snapshots where stream = ${stream} and version < ${version}`;
}

function digestOf(state: unknown): string {
  return nativeSha256(JSON.stringify(state) ?? '');
}
