// Projections that are dropped and built again from the log are, row for row, what the writer had made of the facts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectRaw, type RawSql } from '@/db/connect';
import { epochMs } from '@/lib/units/time';
import type { Projection } from '@/server/event-log/projection';
import { PROJECTIONS, rebuildProjection } from '@/server/event-log/projections';
import { recordGames } from '@/server/event-log/test-kit/record-games';
import { verifyLog } from '@/server/event-log/verify-log';
import {
  arbitraryBatches,
  arbitraryDelivery,
  arbitraryDisturbance,
  arbitraryGame,
} from '@/server/store/test-kit/facts';
import { readGames } from '@/server/store/read-known';
import { applyBatch, createTables } from '@/server/store/test-kit/tables';
import { writeBatch } from '@/server/store/write-batch';
import type { StoredFact } from '@/server/store/store-item';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const RECORDED_AT = epochMs(1_800_000_000_000);
const NOTHING_SAID = { predictions: [], recommendations: [], letters: [] };

function rebuild(name: Projection['name'], onProgress: (line: string) => void = () => {}) {
  const projection = PROJECTIONS.find((one) => one.name === name)!;
  return rebuildProjection(database().sql, projection, { recordedAt: RECORDED_AT, onProgress });
}

async function write(sql: RawSql, batches: readonly (readonly StoredFact[])[]) {
  for (const facts of batches) await writeBatch(sql, { facts, ...NOTHING_SAID }, { recordedAt: RECORDED_AT });
}

/** Every column as JSON has it, to a double's last bit; when a game was checked is the job's business. */
async function dump(table: string): Promise<string[]> {
  const rows = await database().sql.unsafe(`
    select (to_jsonb(r) - 'checked_at')::text as row from ${table} r`);
  return rows.map((row) => row.row as string).sort();
}

/** As if the table had been lost: other tables refer to it, and only a superuser can take it from under them. */
async function loseGames() {
  const { sql } = database();
  await sql.unsafe('set session_replication_role = replica');
  await sql.unsafe('delete from games');
  await sql.unsafe('set session_replication_role = default');
}

const games = fc
  .tuple(
    ...[1, 2, 3].map((n) =>
      fc
        .boolean()
        .chain((ended) => arbitraryGame(n, { ended }))
        .chain((game) => fc.tuple(fc.constant(game), arbitraryDisturbance(game))),
    ),
  )
  .chain((told) => arbitraryDelivery(told.flatMap(([game, wrong]) => [...game.facts, ...wrong])))
  .chain(arbitraryBatches);

describe('the projection of games', () => {
  it('is the same table after it was lost, whatever facts came in whatever order', async () => {
    const { sql } = database();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(games, async (batches) => {
        // Another day for every run: events are only ever added.
        const day = `2027${String(1 + Math.floor(run / 28)).padStart(2, '0')}${String(1 + (run++ % 28)).padStart(2, '0')}`;
        const renamed = JSON.parse(
          JSON.stringify(batches, (_key, value: unknown) =>
            typeof value === 'bigint' ? `${value}n` : value,
          ).replaceAll('20260101-', `${day}-`),
          (_key, value: unknown) =>
            typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
        ) as StoredFact[][];
        await write(sql, renamed);
        const before = await dump('games');
        await loseGames();
        await rebuild('games');
        expect(await dump('games')).toEqual(before);
      }),
      { numRuns: 10 },
    );
    expect(await verifyLog(sql, { now: () => 0 })).toMatchObject({ ok: true });
  });

  it('is put right where it differs, and nothing else is touched', async () => {
    const { sql } = database();
    const before = await dump('games');
    await sql`update games set checked_at = ${new Date(RECORDED_AT)}::timestamptz`;
    const [wrong] = await sql`
      update games set peak = 99 where game_id = (select min(game_id) from games where peak is not null) returning game_id`;
    expect(await rebuild('games')).toMatchObject({ rows: before.length, changed: 1 });
    expect(await dump('games')).toEqual(before);
    const unchecked = await sql`select game_id from games where checked_at is null`;
    expect(unchecked.map((row) => row.game_id)).toEqual([wrong!.game_id]);
  });

  it('takes in games that were on record before the log', async () => {
    const { sql } = database();
    await sql`
      insert into games (game_id, phase, announced_at, listed_at, complete, ticks_repaired, ticks_corrected, peak)
      values ('20200101-00000000000000ff', 'active', '2020-01-01', '2020-01-01', false, 3, 0, 1.25)`;
    const before = await dump('games');
    await rebuild('games');
    expect(await dump('games')).toEqual(before);
    const [event] = await sql`select type, version from events where stream = 'game:20200101-00000000000000ff'`;
    expect(event).toEqual({ type: 'adopted', version: 1 });
    await loseGames();
    await rebuild('games');
    expect(await dump('games')).toEqual(before);
  });

  it('is as it was when it is interrupted', async () => {
    const { sql } = database();
    await sql`update games set peak = 98 where game_id = (select min(game_id) from games where peak is not null)`;
    const before = await dump('games');
    const interrupted = rebuild('games', () => {
      throw new Error('stopped');
    });
    await expect(interrupted).rejects.toThrow('stopped');
    expect(await dump('games')).toEqual(before);
    expect(await rebuild('games')).toMatchObject({ changed: 1 });
  });
});

describe('a rebuild of games beside the writer', () => {
  it('loses nothing that is written meanwhile', async () => {
    const { databaseUrl } = database();
    const writer = connectRaw({ databaseUrl, statementLimitMs: 20_000 });
    const told = [0x51, 0x52, 0x53, 0x54].map((n) => fc.sample(arbitraryGame(n), { numRuns: 1, seed: n })[0]!);
    let isWriting = true;
    const writing = write(
      writer.sql,
      told.flatMap((game) => game.facts.map((fact) => [fact])),
    ).finally(() => (isWriting = false));
    let rebuilds = 0;
    for (; isWriting; rebuilds++) expect(await rebuild('games')).toMatchObject({ changed: 0 });
    await writing;
    await writer.destroy();
    expect(rebuilds).toBeGreaterThan(0);
    const expected = createTables();
    for (const game of told) applyBatch(expected, game.facts);
    const ids = told.map((game) => game.gameId);
    expect(await readGames(database().sql, ids)).toEqual(new Map(ids.map((id) => [id, expected.games.get(id)!])));
  });
});

describe('the other projections', () => {
  it('settle outcomes again to what they were', async () => {
    const { sql } = database();
    await recordGames(sql, { seed: 'rebuild', games: 2 });
    const before = [await dump('predictions'), await dump('recommendations')];
    const [settled] = await sql`select count(*)::integer as count from predictions where won is not null`;
    expect(settled!.count).toBeGreaterThan(3);
    await sql`update predictions set rug_tick = null, won = null`;
    await sql`update recommendations set outcome = 'missed', profit_lamports = 7`;
    const report = await rebuild('outcomes');
    expect(report.changed).toBeGreaterThanOrEqual(settled!.count as number);
    expect([await dump('predictions'), await dump('recommendations')]).toEqual(before);
    expect(await rebuild('outcomes')).toMatchObject({ changed: 0 });
  });

  it('make all games due for their checks', async () => {
    const { sql } = database();
    await sql`update games set checked_at = now() where confirmed_at is not null`;
    const report = await rebuild('game_checks');
    const [due] = await sql`
      select count(*)::integer as count from games where confirmed_at is not null and checked_at is null`;
    expect(report.rows).toBe(due!.count);
  });

  it('count the rollups again to what they were', async () => {
    const { sql } = database();
    await rebuild('metrics');
    const before = await dump('metrics_hourly');
    expect(before.length).toBeGreaterThan(0);
    await sql`delete from metrics_hourly`;
    await rebuild('metrics');
    expect(await dump('metrics_hourly')).toEqual(before);
  });

  it.each(['accounts', 'bets'])('fold no %s where there are none', async (name) => {
    expect(await rebuild(name)).toEqual({ read: 0, rows: 0, changed: 0 });
  });

  it('leave an event each, and a whole log', async () => {
    const { sql } = database();
    const events = await sql`select distinct stream from events where type = 'rebuilt' order by stream`;
    expect(events.map((row) => row.stream)).toEqual(PROJECTIONS.map(({ name }) => `projection:${name}`).sort());
    expect(await verifyLog(sql, { now: () => 0 })).toMatchObject({ ok: true });
  });
});
