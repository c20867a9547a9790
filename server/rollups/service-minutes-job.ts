// Hands the meter's finished minutes to the record, where the rollups count them. What the record refuses stays with the
// meter and is tried again. A minute that two runs of the process shared is added up.
import type { Job } from '@/server/jobs/job';
import { isoOf, queryRaw } from '@/server/rollups/query';
import type { ServiceMeter, ServiceMinute } from '@/server/rollups/service-meter';
import type { RecordDatabase } from '@/server/store/record-database';
import type { GameSource } from '@/lib/game/game-source';

/** A minute is on record a quarter of one after it is over, at most. */
const EVERY_MS = 15_000;

type Options = { meter: ServiceMeter; database: Pick<RecordDatabase, 'use'>; source: GameSource };

export function createServiceMinutesJob(options: Options): Job {
  return {
    name: 'service-minutes',
    everyMs: EVERY_MS,
    run: async () => ({ done: await saveServiceMinutes(options), more: false }),
  };
}

/** `all`: also the minute that is running, when the process ends. How many minutes were saved. */
export async function saveServiceMinutes({
  meter,
  database,
  source,
  all = false,
}: Options & { all?: boolean }): Promise<number> {
  const minutes = meter.minutes({ all });
  if (minutes.length === 0) return 0;
  await database.use((sql) => queryRaw(sql)(SAVE, [JSON.stringify(minutes.map((minute) => toRecord(minute, source)))]));
  meter.forget(minutes);
  return minutes.length;
}

/** One statement: a minute that is on record is also marked for the rollups. */
const SAVE = `
  with saved as (
    insert into service_minutes as old
    select * from json_populate_recordset(null::service_minutes, $1::text::json)
    on conflict (minute, source) do update set
      frames = old.frames + excluded.frames, ticks = old.ticks + excluded.ticks,
      dead_letters = old.dead_letters + excluded.dead_letters, disconnects = old.disconnects + excluded.disconnects,
      errors = old.errors + excluded.errors, clock_skew_ms = coalesce(excluded.clock_skew_ms, old.clock_skew_ms),
      latency_counts = array(
        select coalesce(a, 0) + coalesce(b, 0)
        from unnest(old.latency_counts, excluded.latency_counts) with ordinality bins(a, b, i) order by i)
    returning minute, source
  )
  insert into stale_minutes (bucket, source) select minute, source from saved order by 1, 2
  on conflict (bucket, source) do update set changes = stale_minutes.changes + 1`;

function toRecord(minute: ServiceMinute, source: GameSource) {
  return {
    minute: isoOf(minute.minute),
    source,
    frames: minute.frames,
    ticks: minute.ticks,
    dead_letters: minute.deadLetters,
    disconnects: minute.disconnects,
    errors: minute.errors,
    latency_counts: minute.latencyCounts,
    clock_skew_ms: minute.clockSkewMs,
  };
}
