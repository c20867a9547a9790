import { beforeAll, describe, expect, it } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import type { CheckResult } from '@/lib/integrity/check-result';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { createIngest } from '@/server/ingest/ingest';
import { checkAll } from '@/server/integrity/check-all';
import type { IntegrityAlert } from '@/server/integrity/check-batch';
import { createIntegrityJob } from '@/server/integrity/integrity-job';
import { playRun } from '@/server/simulator/test-kit/play-run';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';
import { toStoredFact } from '@/server/store/store-item';
import { openTestStore } from '@/server/store/test-kit/store';
import { writeBatch } from '@/server/store/write-batch';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const GAMES = 4;

/** What a feed of simulated games leads to, in order; games of the opening history are among them. */
function playFacts(seed: string): GameFact[] {
  const facts: GameFact[] = [];
  const ingest = createIngest({
    onFact: (fact) => void facts.push(fact),
    onDeadLetter: (letter) => {
      throw new Error(`dead letter: ${letter.reason}`);
    },
  });
  playRun({ seed, games: GAMES, onFrame: (frame) => void ingest.take(frame) });
  return facts;
}

function createJob(record: RecordDatabase, batchGames?: number) {
  const alerts: IntegrityAlert[] = [];
  const resolved: string[] = [];
  const job = createIntegrityJob({
    database: record,
    clock: () => epochMs(1_800_000_000_000),
    raise: (alert) => void alerts.push(alert),
    resolve: (alertId) => void resolved.push(alertId),
    ...(batchGames === undefined ? {} : { batchGames }),
  });
  const run = async () => {
    let done = 0;
    for (;;) {
      const report = await job.run(new AbortController().signal);
      done += report.done;
      if (!report.more) return done;
    }
  };
  return { run, job, alerts, resolved };
}

describe('the integrity job', () => {
  let finished: string[] = [];
  let record: RecordDatabase;

  beforeAll(async () => {
    const { databaseUrl, sql } = database();
    const facts = playFacts('integrity').map((fact) => toStoredFact(fact, { assessment: null, source: 'simulator' }));
    await writeBatch(sql, { facts, predictions: [], recommendations: [], letters: [] }, { recordedAt: epochMs(0) });
    await sql`delete from stale_minutes`;
    const rows = await sql`select game_id from games where confirmed_at is not null order by game_id`;
    finished = rows.map((row) => row.game_id as string);
    record = createRecordDatabase({ databaseUrl });
    return () => record.end();
  });

  async function checkedEvents() {
    const rows = await database().sql`select stream, payload from events where type = 'checked' order by position`;
    return rows.map((row) => ({ id: (row.stream as string).slice('game:'.length), payload: row.payload }));
  }

  async function checksOf(id: string) {
    const [row] = await database().sql`select status, checks from game_checks where game_id = ${id}`;
    return { status: row!.status as string, checks: row!.checks as CheckResult[] };
  }

  it('checks every finished game, in batches, and then has nothing left to do', async () => {
    const { run, alerts } = createJob(record, 3);
    expect(finished.length).toBeGreaterThanOrEqual(10 + GAMES - 1);
    expect(await run()).toBe(finished.length);
    expect(await run()).toBe(0);
    expect(alerts).toEqual([]);
    const events = await checkedEvents();
    expect(events.map(({ id }) => id).sort()).toEqual(finished);
    expect(events.every(({ payload }) => payload.status === 'passed')).toBe(true);
    const { checks } = await checksOf(events.at(-1)!.id);
    expect(checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(checks.find(({ check }) => check === 'side-bets')!.detail).toMatch(/side bets? settled by the rule/);
    const [left] = await database().sql`
      select count(*)::int as games from games where confirmed_at is not null and checked_at is null`;
    expect(left!.games).toBe(0);
    const stale = await database().sql`select 1 from stale_minutes`;
    expect(stale.length).toBeGreaterThan(0);
  });

  it('finds what was changed in the tables, raises an alert that names it, and takes it back once it is mended', async () => {
    const { sql } = database();
    const { run, alerts, resolved } = createJob(record);
    const id = finished.at(-1)!;
    const [path] = await sql`select game_id from game_paths where game_id = ${id}`;
    const damage = (difference: number) =>
      path
        ? sql`update game_paths set prices[3] = prices[3] + ${difference} where game_id = ${id}`
        : sql`update ticks set price = price + ${difference} where game_id = ${id} and tick = 2`;
    const due = () => sql`update games set checked_at = null where game_id = ${id}`;
    const [before] = path
      ? await sql`select prices[3] as price from game_paths where game_id = ${id}`
      : await sql`select price from ticks where game_id = ${id} and tick = 2`;
    await damage(0.25);
    await due();
    await run();
    expect(await checksOf(id)).toMatchObject({ status: 'failed' });
    expect(alerts.map((alert) => [alert.alertId, alert.detail.slice(0, 10)])).toEqual([
      [`integrity:${id}`, 'At tick 2 '],
    ]);
    const told = (await checkedEvents()).at(-1)!;
    expect(told).toMatchObject({
      id,
      payload: { status: 'failed', failing: expect.arrayContaining(['provably-fair']) },
    });
    await (path
      ? sql`update game_paths set prices[3] = ${before!.price} where game_id = ${id}`
      : sql`update ticks set price = ${before!.price} where game_id = ${id} and tick = 2`);
    await due();
    await run();
    expect(await checksOf(id)).toMatchObject({ status: 'passed' });
    expect(resolved).toEqual([`integrity:${id}`]);
  });

  it('finds a side bet that is settled against the rule', async () => {
    const { sql } = database();
    const { run, alerts } = createJob(record);
    const [bet] = await sql`select game_id, player_id, start_tick from side_bets where outcome = 'lost' limit 1`;
    await sql`
      update side_bets set outcome = 'won', payout_lamports = 1
      where game_id = ${bet!.game_id} and player_id = ${bet!.player_id} and start_tick = ${bet!.start_tick}`;
    await sql`update games set checked_at = null where game_id = ${bet!.game_id}`;
    await run();
    expect(alerts.map(({ detail }) => detail)).toEqual([expect.stringContaining('it lost')]);
  });

  it('checks a game again that changed while it was being checked', async () => {
    const { databaseUrl, sql } = database();
    const id = finished[0]!;
    const store = await openTestStore({ databaseUrl, source: 'simulator' });
    await sql`update games set checked_at = null where game_id = ${id}`;
    let works = 0;
    const { job, run } = createJob({
      ...record,
      async use(work) {
        // Between reading and writing a trade comes in; the game's own columns stay as they are.
        if (works++ === 1) {
          store.write(lateTrade(id));
          await store.flush();
        }
        return record.use(work);
      },
    });
    expect(await job.run(new AbortController().signal)).toEqual({ done: 0, more: true });
    expect(await run()).toBe(1);
    const { checks } = await checksOf(id);
    expect(checks.find(({ check }) => check === 'trades')).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('after the rug'),
    });
  });

  it('finds a row of a tick that says otherwise than the path, when every game is checked again', async () => {
    const { sql } = database();
    const id = finished[2]!;
    await sql`update ticks set price = price * 2 where game_id = ${id} and tick = 1`;
    const alerts: IntegrityAlert[] = [];
    const parts = { database: record, clock: () => epochMs(1_800_000_000_000), resolve: () => {} };
    const options = { which: 'all', signal: new AbortController().signal } as const;
    const checked = await checkAll({ ...parts, raise: (alert) => void alerts.push(alert) }, options);
    expect(checked).toBe(finished.length);
    const found = alerts.find(({ alertId }) => alertId === `integrity:${id}`);
    expect(found!.detail).toContain('At tick 1 the compacted path has the price');
    await sql`update ticks set price = price / 2 where game_id = ${id} and tick = 1`;
  });

  it('reads a compacted game and one that is tick by tick as the same game', async () => {
    const { sql } = database();
    const { run } = createJob(record);
    const id = finished[1]!;
    const before = await checksOf(id);
    const rows = await sql`select price from ticks where game_id = ${id} order by tick`;
    await sql`delete from game_paths where game_id = ${id}`;
    await sql`update games set checked_at = null where game_id = ${id}`;
    await run();
    expect(await checksOf(id)).toEqual(before);
    await sql`
      insert into game_paths (game_id, prices, sources, compacted_at)
      select ${id}, array_agg(price order by tick), ${`history:0-${rows.length - 1}`}, now()
      from ticks where game_id = ${id}`;
    await sql`delete from ticks where game_id = ${id}`;
    await sql`update games set checked_at = null where game_id = ${id}`;
    await run();
    expect(await checksOf(id)).toEqual(before);
  });
});

function lateTrade(id: string): GameFact {
  const trade = {
    id: 'a trade that comes late',
    gameId: gameId(id),
    playerId: 'player',
    username: null,
    type: 'buy' as const,
    amount: 1n as never,
    qty: 1,
    price: 1,
    tickIndex: 5_999,
  };
  return { type: 'trade', trade, at: epochMs(1_800_000_000_000) };
}
