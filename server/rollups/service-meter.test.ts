import { afterEach, describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { createMetricsRepository } from '@/server/history/metrics-repository';
import { queryRaw } from '@/server/rollups/query';
import { rollUpStale } from '@/server/rollups/roll-up';
import { createServiceMeter, MINUTES_MAX } from '@/server/rollups/service-meter';
import { createServiceMinutesJob, saveServiceMinutes } from '@/server/rollups/service-minutes-job';
import { useTestDatabase } from '@/server/test-kit/postgres';

const START = Date.UTC(2026, 0, 1, 12, 0, 30);

function meterAt(start: number) {
  let now = start;
  const meter = createServiceMeter({ clock: () => epochMs(now) });
  return { meter, pass: (ms: number) => (now += ms) };
}

describe('the service meter', () => {
  it('counts by UTC minute, and tells a minute once it is over', () => {
    const { meter, pass } = meterAt(START);
    meter.frame();
    meter.frame();
    meter.tick(0.3);
    meter.tick(0.31);
    meter.tick(7);
    meter.tick(null);
    meter.deadLetter();
    meter.clockSkew(40);
    meter.clockSkew(60);
    meter.clockSkew(1_000);
    pass(29_999);
    meter.disconnect();
    meter.error();
    expect(meter.minutes()).toEqual([]);
    pass(1);
    meter.frame();
    expect(meter.minutes()).toEqual([
      {
        minute: START - 30_000,
        frames: 2,
        ticks: 4,
        deadLetters: 1,
        disconnects: 1,
        errors: 1,
        latencyCounts: [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        clockSkewMs: 60,
      },
    ]);
    expect(meter.minutes({ all: true }).map(({ minute, frames }) => [minute, frames])).toEqual([
      [START - 30_000, 2],
      [START + 30_000, 1],
    ]);
  });

  it('keeps minutes until they are forgotten, and no more than three hours of them', () => {
    const { meter, pass } = meterAt(START);
    for (let i = 0; i < MINUTES_MAX + 5; i++) {
      meter.frame();
      pass(60_000);
    }
    const minutes = meter.minutes();
    expect(minutes).toHaveLength(MINUTES_MAX);
    expect(minutes[0]!.minute).toBe(START - 30_000 + 5 * 60_000);
    meter.forget(minutes.slice(1));
    expect(meter.minutes()).toEqual([minutes[0]]);
  });
});

describe('service minutes on record', () => {
  const database = useTestDatabase();
  afterEach(async () => {
    await database().sql`truncate service_minutes, stale_minutes, metrics_minute, metrics_hourly`;
  });

  it('add up over two runs of the process, and count in the rollups', async () => {
    const { sql } = database();
    const use = { use: <T>(work: (raw: typeof sql) => Promise<T>) => work(sql) };
    const first = meterAt(START);
    first.meter.frame();
    first.meter.tick(0.3);
    first.meter.clockSkew(25);
    expect(await saveServiceMinutes({ meter: first.meter, database: use, source: 'live', all: true })).toBe(1);
    const second = meterAt(START + 10_000);
    second.meter.frame();
    second.meter.tick(0.01);
    second.meter.tick(2_000);
    second.pass(60_000);
    const job = createServiceMinutesJob({ meter: second.meter, database: use, source: 'live' });
    const signal = new AbortController().signal;
    expect(await job.run(signal)).toEqual({ done: 1, more: false });
    expect(await job.run(signal)).toEqual({ done: 0, more: false });
    await rollUpStale(sql);
    const [hour] = await createMetricsRepository(queryRaw(sql)).read({
      resolution: 'hour',
      from: START - 3_600_000,
      to: START + 3_600_000,
      source: 'live',
    });
    expect(hour!.metrics).toMatchObject({ serviceMinutes: 1, frames: 2, games: 0 });
    const counts = hour!.metrics.latencyCounts;
    expect([counts[0], counts[5], counts.at(-1), counts.length]).toEqual([1, 1, 1, 26]);
    expect((await sql`select ticks, clock_skew_ms from service_minutes`)[0]).toEqual({ ticks: 3, clock_skew_ms: 25 });
  });

  it('stay with the meter while the record is away', async () => {
    const { meter, pass } = meterAt(START);
    meter.frame();
    pass(60_000);
    const away = { use: () => Promise.reject(new Error('away')) };
    await expect(saveServiceMinutes({ meter, database: away, source: 'live' })).rejects.toThrow('away');
    expect(meter.minutes()).toHaveLength(1);
  });
});
