// What /api/data-quality reads from the database, from the pool of pages. Every query is bounded; the coverage of days
// long past, which seldom changes, is counted again every few minutes, by the quality job, so that nobody waits for it.
import { sql } from 'drizzle-orm';
import type { CoverageDay, StoredQuality } from '@/lib/protocol/data-quality';
import type { Clock, EpochMs } from '@/lib/units/time';
import { readCoverage } from '@/server/quality/read-coverage';
import type { Reader } from '@/server/store/reader';
import type { GameSource } from '@/lib/game/game-source';

export type QualityQuery = { readonly source: GameSource; readonly hours: number; readonly days: number };

export type QualityHistory = {
  /** Throws when the database is away. */
  read(query: QualityQuery): Promise<StoredQuality>;
  /** Counts what takes a while before anybody asks. Throws when the database is away. */
  keepWarm(source: GameSource): Promise<void>;
};

const POINTS_MAX = 500;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Today and yesterday change with every game; what an import adds to older days shows within these minutes. */
const RECENT_FRESH_MS = 15_000;
const OLD_FRESH_MS = 5 * 60_000;
const DAYS_MAX = 366;

type Cached = { readonly at: EpochMs; readonly today: string; readonly days: readonly CoverageDay[] };

export function createQualityHistory({ read, clock }: Pick<Reader, 'read'> & { clock: Clock }): QualityHistory {
  const recent = new Map<GameSource, Cached>();
  const old = new Map<GameSource, Cached>();
  const refreshing = new Map<GameSource, Promise<void>>();

  /** Today and yesterday; a clock that is ahead elsewhere may have named a game of tomorrow. */
  async function refreshRecent(source: GameSource, now: EpochMs): Promise<void> {
    const range = { source, from: dayOf(now - DAY_MS), before: dayOf(now + 2 * DAY_MS) };
    recent.set(source, { at: now, today: dayOf(now), days: await read((db) => readCoverage(db, range)) });
  }

  /** A year of games takes a while to count: one count at a time, whoever asks. */
  function refreshOld(source: GameSource, now: EpochMs): Promise<void> {
    const range = { source, from: dayOf(now - DAYS_MAX * DAY_MS), before: dayOf(now - DAY_MS) };
    const under = refreshing.get(source);
    if (under) return under;
    const started = read((db) => readCoverage(db, range))
      .then((days) => void old.set(source, { at: now, today: dayOf(now), days }))
      .finally(() => refreshing.delete(source));
    refreshing.set(source, started);
    return started;
  }

  async function keepWarm(source: GameSource): Promise<void> {
    const now = clock();
    if (!isFresh(old.get(source), OLD_FRESH_MS, now)) await refreshOld(source, now);
  }

  async function coverage(source: GameSource, days: number): Promise<CoverageDay[]> {
    const now = clock();
    const known = old.get(source);
    // Counted a while ago on this same day: good enough for now, and better for the next who asks.
    if (known?.today !== dayOf(now)) await refreshOld(source, now);
    else if (!isFresh(known, OLD_FRESH_MS, now)) refreshOld(source, now).catch(() => {});
    if (!isFresh(recent.get(source), RECENT_FRESH_MS, now)) await refreshRecent(source, now);
    const first = dayOf(now - (days - 1) * DAY_MS);
    const all = [...recent.get(source)!.days, ...old.get(source)!.days];
    return all.filter(({ day }) => day >= first).slice(0, days);
  }

  return {
    keepWarm,
    async read({ source, hours, days }) {
      const now = clock();
      const [scores, covered, holds, policies, archive] = await Promise.all([
        read((db) => db.execute(scoresSince(now, hours))),
        coverage(source, days),
        read((db) => db.execute(HOLDS)),
        read((db) => db.execute(POLICIES)),
        read((db) => db.execute(ARCHIVE)),
      ]);
      return {
        scores: scores.map((row) => ({ at: Number(row.at), score: Number(row.score) })).reverse(),
        coverage: covered,
        holds: holds.map((row) => ({ kind: String(row.kind), rows: Number(row.rows), bytes: Number(row.bytes) })),
        retention: policies.map((row) => ({
          kind: String(row.kind),
          hotDays: Number(row.hot_days),
          archiveAfterDays: orNull(row.archive_after_days),
          deleteAfterDays: orNull(row.delete_after_days),
        })),
        archive: {
          files: Number(archive[0]!.files),
          bytes: Number(archive[0]!.bytes),
          newestDay: (archive[0]!.newest as string | null) ?? null,
        },
      };
    },
  };
}

function isFresh(cached: Cached | undefined, limitMs: number, now: EpochMs): boolean {
  return cached !== undefined && cached.today === dayOf(now) && now - cached.at < limitMs;
}

/** The lowest score of each span, so that a bad minute of a long range still shows. */
function scoresSince(now: EpochMs, hours: number) {
  const spanS = Math.max(1, Math.ceil((hours * HOUR_MS) / 1_000 / POINTS_MAX));
  const from = new Date(now - hours * HOUR_MS).toISOString();
  return sql`
    select extract(epoch from max(at)) * 1000 as at, min(score) as score from quality_reports
    where at >= ${from}::timestamptz and at <= ${new Date(now).toISOString()}::timestamptz
    group by floor(extract(epoch from at) / ${spanS}::float8) order by 1 desc limit ${POINTS_MAX}`;
}

/** Partitions count with their table; rows as the planner estimates them, none before it has looked. */
const HOLDS = sql`
  select relation.relname as kind, sum(greatest(part.reltuples, 0))::bigint as rows,
    sum(pg_total_relation_size(part.oid))::bigint as bytes
  from pg_class relation
  join lateral (
    select oid, reltuples from pg_class where oid = relation.oid
    union all
    select child.oid, child.reltuples from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = relation.oid
  ) part on true
  where relation.relnamespace = current_schema()::regnamespace and relation.relkind in ('r', 'p')
    and not relation.relispartition
  group by relation.relname order by bytes desc limit 100`;

const POLICIES = sql`
  select kind, hot_days, archive_after_days, delete_after_days from retention_policies order by kind limit 100`;

const ARCHIVE = sql`
  select count(*) as files, coalesce(sum(bytes), 0) as bytes, to_char(max(day), 'YYYY-MM-DD') as newest
  from archive_ledger`;

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function orNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}
