// The answer of /api/data-quality, from a real database and without one, held against its schema.
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateQuality } from '@/lib/quality/evaluate-quality';
import { GOOD, GOOD_RECORD } from '@/lib/quality/test-kit/measured';
import { dataQualitySchema } from '@/lib/protocol/data-quality';
import { epochMs } from '@/lib/units/time';
import { createReader } from '@/server/store/reader';
import { createAlertDesk } from '@/server/quality/alert-desk';
import { getDataQuality, type QualityView } from '@/server/quality/get-data-quality';
import { createQualityHistory } from '@/server/quality/quality-history';
import { storeReport } from '@/server/quality/report-store';
import { END, insertGames } from '@/server/quality/test-kit/games';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const MINUTE_MS = 60_000;
let nowMs = END + 30_000;
const clock = () => epochMs(nowMs);

function viewOf(changes: Partial<QualityView> = {}): QualityView {
  const desk = createAlertDesk({ webhook: null, clock, log: { warn: () => {} } });
  desk.load([]);
  desk.raise({ alertId: 'frame-age', severity: 'critical', title: 'The feed is silent', detail: 'For long.' });
  const reader = createReader({ databaseUrl: database().databaseUrl });
  readers.push(reader);
  return {
    source: 'live',
    now: clock,
    latest: () => evaluateQuality(GOOD),
    measured: () => GOOD_RECORD,
    store: () => GOOD.store,
    alerts: desk.alerts,
    webhook: () => null,
    history: createQualityHistory({ read: reader.read, clock }),
    ...changes,
  };
}
const readers: { end(): Promise<void> }[] = [];
const ask = async (query = '', quality = viewOf()) => {
  const answer = await getDataQuality({ quality, query: new URLSearchParams(query) });
  for (const reader of readers.splice(0)) await reader.end();
  return answer.ok ? { ok: true as const, value: dataQualitySchema.parse(answer.value) } : answer;
};

beforeAll(async () => {
  const { sql } = database();
  await insertGames(sql, { games: 2_000 });
  await insertGames(sql, { games: 5, source: 'simulator', hex: 'b' });
  await sql.unsafe(
    `update games set ticks_repaired = 3, complete = false where game_id like '20260114%' and rug_tick < 50`,
  );
  await sql.unsafe(
    `update games set verification = 'failed' where game_id = (select max(game_id) from games where source = 'live')`,
  );
  await sql.unsafe(`insert into game_checks select min(game_id), now(), 'failed', '[]' from games`);
  const report = evaluateQuality(GOOD);
  for (let minute = 0; minute <= 120; minute += 10) {
    const at = epochMs(END - minute * MINUTE_MS);
    await storeReport(sql, { ...report, at, score: minute === 40 ? 50 : 100 });
  }
});

describe('/api/data-quality', () => {
  it('tells report, alerts and backlog', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({
      ok: true,
      value: {
        serverTime: nowMs,
        source: 'live',
        report: { score: 100, best: 100, status: 'good' },
        alerts: [{ id: 'frame-age', state: 'raised', severity: 'critical' }],
        backlog: { unchecked: 0, staleMinutes: 1, queued: 3, spooled: 0, dropped: 0 },
        webhook: null,
      },
    });
    expect(answer.ok && answer.value.report!.checks.length).toBeGreaterThan(15);
  });

  it('tells the score of the hours asked for, the lowest of each span', async () => {
    const hour = await ask('hours=1');
    expect(hour.ok && hour.value.stored!.scores.map(({ score }) => score)).toEqual([100, 50, 100, 100, 100, 100]);
    const year = await ask('hours=8760');
    const spans = year.ok ? year.value.stored!.scores : [];
    expect(spans.length).toBeLessThanOrEqual(2);
    expect(Math.min(...spans.map(({ score }) => score))).toBe(50);
    expect(spans.at(-1)!.at).toBe(END);
  });

  it('tells the coverage of each day, of one source, newest first', async () => {
    const answer = await ask();
    const coverage = answer.ok ? answer.value.stored!.coverage : [];
    expect(coverage.map(({ day }) => day)).toEqual(['2026-01-15', '2026-01-14', '2026-01-13']);
    expect(coverage.reduce((sum, { games }) => sum + games, 0)).toBe(2_000);
    const [today, yesterday, first] = coverage;
    expect(today).toMatchObject({ failed: 1, ticksRepaired: 0, complete: today!.games, verified: today!.games - 1 });
    expect(first).toMatchObject({ failed: 1, verified: first!.games - 1 });
    const short = yesterday!.games - yesterday!.complete;
    expect(short).toBeGreaterThan(100);
    expect(yesterday!.ticksRepaired).toBe(3 * short);
    const simulated = await ask('source=simulator&days=1');
    expect(simulated.ok && simulated.value.stored!.coverage).toMatchObject([{ games: 5 }]);
    const days = await ask('days=2');
    expect(days.ok && days.value.stored!.coverage).toHaveLength(2);
  });

  it('reads past days again only after a while, today soon', async () => {
    const quality = viewOf();
    const games = async () => {
      const answer = await getDataQuality({ quality, query: new URLSearchParams() });
      return answer.ok ? answer.value.stored!.coverage.map((day) => day.games) : [];
    };
    const before = await games();
    const more = { games: 3, hex: 'c' };
    await insertGames(database().sql, more);
    await insertGames(database().sql, { ...more, endMs: END - 2 * 86_400_000, hex: 'd' });
    expect(await games()).toEqual(before);
    nowMs += 20_000;
    expect(await games()).toEqual([before[0]! + 3, ...before.slice(1)]);
    nowMs += 5 * MINUTE_MS;
    // Whoever asks gets what is known and does not wait; the job, which does, sees to the rest.
    await quality.history.keepWarm('live');
    expect(await games()).toEqual([before[0]! + 3, before[1], before[2]! + 3]);
    await readers.splice(0)[0]!.end();
    await database().sql.unsafe(`delete from games where game_id like '%-c%' or game_id like '%-d%'`);
  });

  it('tells what the record holds, table by table', async () => {
    const answer = await ask();
    const holds = answer.ok ? answer.value.stored!.holds : [];
    expect(holds.find(({ kind }) => kind === 'games')!.bytes).toBeGreaterThan(100_000);
    expect(holds.filter(({ kind }) => kind.startsWith('ticks'))).toHaveLength(1);
  });

  it('still tells report and alerts when the database is away', async () => {
    const refused = () => Promise.reject(new Error('connection refused'));
    const away = { read: refused, keepWarm: refused };
    const answer = await ask('', viewOf({ history: away, measured: () => null }));
    expect(answer).toMatchObject({
      ok: true,
      value: { stored: null, report: { score: 100 }, alerts: [{ id: 'frame-age' }], backlog: { unchecked: null } },
    });
  });

  it.each(['hours=0', 'hours=-1', 'hours=8761', 'hours=NaN', 'days=0', 'days=367', 'days=1e9', 'source=both', 'day=1'])(
    'refuses %s by name',
    async (query) => {
      const answer = await getDataQuality({ quality: viewOf(), query: new URLSearchParams(query) });
      expect(answer).toMatchObject({ ok: false, error: { status: 400 } });
      expect(!answer.ok && answer.error.detail).toMatch(new RegExp(`^${query.split('=')[0]} is `));
    },
  );
});
