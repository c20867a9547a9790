// The measurements on a real PostgreSQL: what is wrong with the record is found, and what is not is not.
import { beforeEach, describe, expect, it } from 'vitest';
import { transact } from '@/db/connect';
import { evaluateQuality } from '@/lib/quality/evaluate-quality';
import { GOOD } from '@/lib/quality/test-kit/measured';
import { epochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import { createRecordMeter, type RecordScope } from '@/server/quality/measure-record';
import { END, insertGames } from '@/server/quality/test-kit/games';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const NOW = epochMs(END + 30_000);
const LIVE: RecordScope = { source: 'live', feed: 'live', speed: 1, startedAt: epochMs(END - 3_600_000) };

function meterOf(scope: RecordScope = LIVE) {
  const { sql } = database();
  return createRecordMeter({ database: { use: (work) => work(sql) }, scope });
}
const measure = (scope?: RecordScope) => meterOf(scope).measure(NOW);
const run = (text: string) => database().sql.unsafe(text);
const gameId = async (index: number) =>
  (await run(`select game_id from games order by listed_at desc offset ${index} limit 1`))[0]!.game_id as string;

beforeEach(async () => {
  await run(`truncate games, ticks, game_paths, tick_intervals, game_checks, trades, side_bets, stale_minutes,
    archive_ledger, metrics_daily, retention_policies`);
  await run(
    'alter table events disable trigger events_append_only; truncate events; alter table events enable trigger events_append_only',
  );
});

describe('a whole record', () => {
  it('gives nothing to complain of', async () => {
    await insertGames(database().sql, { games: 1_234 });
    const record = await measure();
    expect(record).toMatchObject({
      games: 1_234,
      newestGameAgeMs: 30_000,
      incomplete: { count: 0, examples: [] },
      failed: { count: 0 },
      holes: { holes: 0, missedMs: 0 },
      clock: { skewMs: -800, games: 50 },
      unchecked: { games: 0, atLeast: false, waitingMs: 0 },
      rollup: { minutes: 0, waitingMs: 0 },
      retention: null,
      archive: null,
      log: null,
    });
    expect([...record.implausible, ...record.twins].filter(({ rows }) => rows > 0)).toEqual([]);
    expect(record.holes!.spanMs).toBeGreaterThan(23 * 3_600_000);
    expect(record.lengths.map(({ day }) => day)).toEqual(['2026-01-15', '2026-01-14']);
    expect(record.lengths.flatMap(({ counts }) => counts).reduce((a, b) => a + b, 0)).toBe(1_234);
    const report = evaluateQuality({ ...GOOD, record });
    expect(report.checks.filter(({ status }) => status === 'bad' || status === 'warning')).toEqual([]);
  });

  it('looks at the newest 1,500 games, of one source, however many there are', async () => {
    await insertGames(database().sql, { games: 1_700 });
    await insertGames(database().sql, { games: 40, source: 'simulator', hex: 'b' });
    expect((await measure()).games).toBe(1_500);
    expect((await measure({ ...LIVE, source: 'simulator', feed: 'simulator' })).games).toBe(40);
  });

  it('knows nothing of an empty one', async () => {
    expect(await measure()).toMatchObject({ games: 0, newestGameAgeMs: null, holes: null, clock: null, lengths: [] });
  });
});

describe('what is wrong', () => {
  beforeEach(() => insertGames(database().sql, { games: 60 }));

  it('with ticks: games that lack some, or that nobody confirmed in time', async () => {
    const [lacking, left, fresh] = [await gameId(5), await gameId(50), await gameId(0)];
    await run(`update games set complete = false where game_id = '${lacking}'`);
    await run(`update games set complete = false, confirmed_at = null where game_id in ('${left}', '${fresh}')`);
    const { incomplete } = await measure();
    expect(incomplete.count).toBe(2);
    expect(new Set(incomplete.examples)).toEqual(new Set([lacking, left]));
    // What an earlier run of the simulator left unfinished is no loss, and neither is the end of a recording.
    await run(`update games set source = 'simulator'`);
    const simulator = { ...LIVE, source: 'simulator' as const, feed: 'simulator' as const };
    const startedAt = epochMs(NOW - 40 * 60_000);
    expect((await measure({ ...simulator, startedAt })).incomplete.examples).toEqual([lacking]);
    expect((await measure({ ...simulator, feed: 'replay' })).incomplete.examples).toEqual([lacking]);
  });

  it('with games: time in which others were played', async () => {
    await run(
      `delete from games where game_id in ('${await gameId(10)}', '${await gameId(11)}', '${await gameId(12)}')`,
    );
    const { holes } = await measure();
    expect(holes).toMatchObject({ holes: 1, missedMs: 3 * 70_000 + 20_000 });
    expect((await measure({ ...LIVE, feed: 'replay' })).holes).toBeNull();
  });

  it('with verification: games that failed by the seed or by a check, and games that wait', async () => {
    const [bySeed, byCheck] = [await gameId(3), await gameId(4)];
    await run(`update games set verification = 'failed' where game_id = '${bySeed}'`);
    await run(`insert into game_checks values ('${byCheck}', now(), 'failed', '[]')`);
    const waiting = await gameId(20);
    await run(`update games set checked_at = null where game_id = '${waiting}'`);
    const meter = meterOf();
    const { failed, unchecked } = await meter.measure(NOW);
    expect(failed.count).toBe(2);
    expect(new Set(failed.examples)).toEqual(new Set([bySeed, byCheck]));
    expect(unchecked).toEqual({ games: 1, atLeast: false, waitingMs: 0 });
    expect((await meter.measure(epochMs(NOW + 60_000))).unchecked.waitingMs).toBe(60_000);
  });

  it('with values: lengths, times, peaks, amounts, seeds and bets', async () => {
    const id = await gameId(2);
    await run(`update games set rug_tick = 5001, peak = 0.5 where game_id = '${id}'`);
    await run(`update games set started_at = ended_at + interval '1 s', server_seed = 'twice'
      where game_id in ('${await gameId(7)}', '${await gameId(8)}')`);
    await run(`insert into trades (trade_id, game_id, player_id, kind, amount_lamports, quantity, price, tick, received_at)
      values ('t', '${id}', 'p', 'buy', 20000000000000, 1, 1, 3, now())`);
    await run(`insert into side_bets (game_id, player_id, start_tick, end_tick, stake_lamports, payout_multiple, coin_address,
        confirmed) values ('${id}', 'p', 0, 40, 1000, 5, 'c', true), ('${id}', 'p', 39, 79, 1000, 5, 'c', true),
        ('${id}', 'p', 80, 120, 1000, 5, 'c', true), ('${id}', 'p', 90, 130, 900000000000, 500, 'other', true)`);
    const { implausible, twins } = await measure();
    expect(Object.fromEntries([...implausible, ...twins].map(({ what, rows }) => [what, rows]))).toEqual({
      'games longer than 5000 ticks': 1,
      'games that ended before they began': 2,
      'games that end in the future': 0,
      'peaks below the starting price': 1,
      'trades of impossible amounts': 1,
      'side bets of impossible stakes or payouts': 1,
      'games with the seed of another': 1,
      'side bets of a player that overlap': 1,
    });
  });

  it('with rhythm: games whose ticks came otherwise, where there are enough of them', async () => {
    await run(`insert into tick_intervals
      select game_id, case when i = 0 then 39 else 180 end, 260, case when i < 5 then 300 else 251 end, 237,
        301, case when i = 9 then 600 else 400 end, 700, 0, 0
      from (select game_id, row_number() over (order by listed_at) - 1 as i from games) game`);
    await run('update tick_intervals set p95_ms = 540 where p99_ms = 600');
    const { intervals } = await measure();
    expect(intervals).toEqual([{ day: '2026-01-15', games: 59, departing: 5 }]);
  });

  it('with the jobs: minutes that keep waiting, days overdue for dropping and for the archive', async () => {
    const meter = meterOf();
    await run(`insert into stale_minutes values ('2026-01-15 11:00Z', 'live', 1), ('2026-01-15 11:01Z', 'live', 1)`);
    expect((await meter.measure(NOW)).rollup).toEqual({ minutes: 2, waitingMs: 0 });
    await run(`delete from stale_minutes where bucket < '2026-01-15 11:01Z'`);
    expect((await meter.measure(epochMs(NOW + 90_000))).rollup).toEqual({ minutes: 1, waitingMs: 90_000 });

    expect(await meter.measure(NOW)).toMatchObject({ retention: null, archive: null });
    await run(`insert into retention_policies values ('trades', 7, 30, 60), ('dead_letters', 7, null, null)`);
    await run(`insert into trades (trade_id, game_id, player_id, kind, amount_lamports, quantity, price, tick, received_at)
      select 't' || day, day || '-00000000000000aa', 'p', 'buy', 1, 1, 1, 3, now() from unnest('{20251101,20251210,20260110}'::text[]) day`);
    await run(`insert into archive_ledger (kind, day, location, rows, bytes, sha256, archived_at)
      values ('trades', '2025-11-01', 'x', 1, 1, sha256('x'), now())`);
    // Looked at again when retention itself would, ten minutes later.
    expect(await meter.measure(epochMs(NOW + 599_999))).toMatchObject({ retention: null, archive: null });
    expect(await meter.measure(epochMs(NOW + 600_000))).toMatchObject({
      retention: { days: 1, waitingMs: 0 },
      archive: { files: 1, days: 1, waitingMs: 0 },
    });
    const later = await meter.measure(epochMs(NOW + 600_000 + 7 * 3_600_000));
    expect(later).toMatchObject({ retention: { waitingMs: 7 * 3_600_000 }, archive: { waitingMs: 7 * 3_600_000 } });
  });
});

describe('the event log', () => {
  const append = (events: number) =>
    transact(database().sql, () =>
      appendEvents(
        database().sql,
        Array.from({ length: events }, (_, i) => ({
          stream: `quality`,
          expectedVersion: 'any' as const,
          type: 'noted',
          payload: { i },
          occurredAt: NOW,
        })),
        { recordedAt: NOW },
      ),
    );
  const tamper = (change: string) =>
    run(
      `alter table events disable trigger events_append_only; ${change}; alter table events enable trigger events_append_only`,
    );

  it('is hashed again at its end', async () => {
    const meter = meterOf();
    await append(5);
    expect((await meter.measure(NOW)).log).toEqual({ position: 5, checked: 5, fault: null });
    await append(400);
    expect((await meter.measure(NOW)).log).toEqual({ position: 405, checked: 300, fault: null });
  });

  it('is called broken when an event was changed, and when the log was cut or written anew', async () => {
    const meter = meterOf();
    await append(20);
    await meter.measure(NOW);
    await tamper(`update events set payload = '{"i":99}' where position = 12`);
    expect((await meter.measure(NOW)).log).toMatchObject({ fault: expect.stringMatching(/position 12/) });
    await tamper('truncate events');
    expect((await meter.measure(NOW)).log).toMatchObject({ fault: expect.stringMatching(/empty.*position 20/) });
    await append(15);
    expect((await meter.measure(NOW)).log).toMatchObject({ fault: expect.stringMatching(/position 16.*position 20/) });
    await append(500);
    expect((await meter.measure(NOW)).log).toMatchObject({ fault: expect.stringMatching(/Position 20 is not/) });
  });
});
