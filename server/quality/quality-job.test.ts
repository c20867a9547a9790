// The job on a real PostgreSQL: what it keeps, whom it tells, and what it does when the database is away.
import { beforeEach, describe, expect, it } from 'vitest';
import { GOOD, GOOD_RECORD } from '@/lib/quality/test-kit/measured';
import type { RecordMeasurements } from '@/lib/quality/measurements';
import { epochMs } from '@/lib/units/time';
import { createAlertDesk } from '@/server/quality/alert-desk';
import { createQualityJob } from '@/server/quality/quality-job';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const START = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;

beforeEach(async () => {
  await database().sql.unsafe(`truncate quality_reports, alerts;
    alter table events disable trigger events_append_only; truncate events; alter table events enable trigger events_append_only`);
});

function open({ startMs = START }: { startMs?: number } = {}) {
  let nowMs = startMs;
  let record: RecordMeasurements | Error = GOOD_RECORD;
  let feed = GOOD.feed;
  let isAway = false;
  const sent: string[] = [];
  const logged: string[] = [];
  const clock = () => epochMs(nowMs);
  const log = { warn: (_details: object, message: string) => void logged.push(message) };
  const desk = createAlertDesk({
    webhook: {
      send(message, onDelivered) {
        sent.push(message.text);
        onDelivered?.();
      },
    },
    clock,
    log,
  });
  const job = createQualityJob({
    database: {
      use: (work) => (isAway ? Promise.reject(new Error('the connection was lost')) : work(database().sql)),
    },
    recordMeter: { measure: async () => (record instanceof Error ? Promise.reject(record) : record) },
    measureFeed: () => feed,
    storeHealth: () => GOOD.store,
    desk,
    clock,
    startedAt: epochMs(START - 86_400_000),
    log,
  });
  return {
    job,
    desk,
    sent,
    logged,
    silent: (is: boolean) => (feed = { ...GOOD.feed, frameAgeMs: is ? 120_000 : 100 }),
    away(is: boolean) {
      isAway = is;
      record = is ? new Error('the connection was lost') : GOOD_RECORD;
    },
    async minutes(count: number) {
      for (let i = 0; i < count; i++) {
        await job.run(new AbortController().signal);
        nowMs += MINUTE_MS;
      }
    },
  };
}

const reports = () => database().sql`select at, score, checks from quality_reports order by report_id`;
const alerts = () => database().sql`select alert_id, state, notified_at from alerts order by alert_id`;
const events = () => database().sql`select stream, version, type from events order by position`;

describe('reports', () => {
  it('are kept when something changes, and otherwise every ten minutes', async () => {
    const { minutes, silent, job } = open();
    await minutes(25);
    const atMinutes = (rows: readonly Record<string, unknown>[]) =>
      rows.map((row) => ((row.at as Date).getTime() - START) / MINUTE_MS);
    expect(atMinutes(await reports())).toEqual([0, 10, 20]);
    silent(true);
    await minutes(2);
    silent(false);
    await minutes(2);
    const rows = await reports();
    expect(atMinutes(rows)).toEqual([0, 10, 20, 25, 27]);
    expect(rows.map((row) => row.score)).toEqual([100, 100, 100, 50, 100]);
    const checks = JSON.parse(rows[3]!.checks as string) as { check: string; status: string; value: number }[];
    expect(checks.find(({ check }) => check === 'frame-age')).toMatchObject({ status: 'bad', value: 120_000 });
    expect(job.latest()).toMatchObject({ score: 100, status: 'good' });
  });
});

describe('alerts', () => {
  it('are raised after three bad minutes, resolved after five good ones, told once each, with rows and events', async () => {
    const { minutes, silent, sent } = open();
    silent(true);
    await minutes(2);
    expect([sent, await alerts()]).toEqual([[], []]);
    await minutes(4);
    expect(sent).toEqual(['Critical: The feed is silent: The newest frame came 2 min ago.']);
    silent(false);
    await minutes(4);
    expect(await alerts()).toMatchObject([{ alert_id: 'frame-age', state: 'raised' }]);
    await minutes(2);
    expect(sent).toHaveLength(2);
    expect(await alerts()).toMatchObject([{ state: 'resolved', notified_at: expect.any(Date) }]);
    expect(await events()).toEqual([
      { stream: 'alert:frame-age', version: 1, type: 'raised' },
      { stream: 'alert:frame-age', version: 2, type: 'resolved' },
    ]);
  });

  it('outlive a restart: raised stays raised, and is resolved when the time has come', async () => {
    const first = open();
    first.silent(true);
    await first.minutes(4);
    const second = open({ startMs: START + 10 * MINUTE_MS });
    second.silent(true);
    await second.minutes(5);
    expect(second.sent).toEqual([]);
    second.silent(false);
    await second.minutes(6);
    expect(second.sent).toEqual(['Resolved: The feed is silent: The newest frame came 2 min ago.']);
    expect(await alerts()).toMatchObject([{ state: 'resolved' }]);
  });

  it('of other jobs are written with the next run', async () => {
    const { minutes, desk } = open();
    desk.raise({ alertId: 'integrity:1', severity: 'critical', title: 'A game fails', detail: 'Its path.' });
    await minutes(1);
    expect(await alerts()).toMatchObject([{ alert_id: 'integrity:1', state: 'raised' }]);
  });
});

describe('a database that is away', () => {
  it('is told of by webhook, and what happened meanwhile is on record once it is back', async () => {
    const { minutes, away, sent, job, logged } = open();
    await minutes(1);
    away(true);
    await minutes(3);
    expect(sent).toEqual([
      'Critical: The database does not answer: It did not answer this time: the connection was lost.',
    ]);
    expect(job.latest()).toMatchObject({ status: 'bad', score: expect.any(Number) });
    expect(job.latest()!.best).toBeLessThanOrEqual(50);
    expect(logged).toEqual(new Array(3).fill('the record could not be measured'));
    away(false);
    await minutes(3);
    expect(await events()).toMatchObject([{ type: 'raised' }, { type: 'resolved' }]);
    expect(await alerts()).toMatchObject([{ alert_id: 'record-answers', state: 'resolved' }]);
    expect((await reports()).map((row) => (row.score as number) <= 50)).toEqual([false, true, false]);
  });

  it('from the start holds the alerts until it is known what was raised', async () => {
    const { minutes, away, sent, desk } = open();
    away(true);
    await minutes(3);
    expect(sent).toEqual([]);
    away(false);
    await minutes(1);
    expect(sent).toHaveLength(1);
    expect(desk.find('record-answers')).toMatchObject({ state: 'raised' });
    await minutes(3);
    expect(await alerts()).toMatchObject([{ alert_id: 'record-answers', state: 'resolved' }]);
  });
});
