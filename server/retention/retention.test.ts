// Retention on a real PostgreSQL: what is due goes, what may not go stays and says why, and a kill at any step loses
// nothing, doubles nothing, and is made good by the next run.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import seedrandom from 'seedrandom';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { NATIVE_PARTITIONS } from '@/db/partitions';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { Archive } from '@/server/archive/archive';
import { readFile } from '@/server/archive/archive-file';
import { createLocalArchive } from '@/server/archive/local-archive';
import { findSteps } from '@/server/retention/find-steps';
import { findObstacle } from '@/server/retention/inspect-step';
import { findKind } from '@/server/retention/kinds';
import { readLedger } from '@/server/retention/ledger';
import { previewRetention, type Preview, type PreviewedStep } from '@/server/retention/preview-retention';
import { createRetentionJob, type RetentionDone } from '@/server/retention/retention-job';
import { NothingArchivedError, restoreDay } from '@/server/retention/restore-day';
import { gameFacts, idOfDay, rowsOfDay, writeDay } from '@/server/retention/test-kit/day-of-games';
import { createMortal } from '@/server/retention/test-kit/mortal-database';
import { openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const SILENT = { info: () => {}, warn: () => {} };
const DAY_MS = 86_400_000;

/** Short lives, so that the clock of the machine makes the days of these tests old. */
beforeAll(async () => {
  await database().sql`delete from retention_policies`;
  await database().sql`
    insert into retention_policies (kind, hot_days, archive_after_days, delete_after_days) values
      ('ticks', 1, 1, 2), ('trades', 1, 1, 2), ('predictions', 1, 1, null), ('metrics_minute', 1, null, 2),
      ('games', 1, 1, 1), ('events', 1, 1, 1)`;
});

async function openArchive() {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-retention-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { folder, archive: createLocalArchive({ folder }) };
}

async function runAll(archive: Archive, now: EpochMs = epochMs(Date.now())): Promise<RetentionDone[]> {
  const all: RetentionDone[] = [];
  const { sql } = database();
  const job = createRetentionJob({
    database: { use: (work) => work(sql) },
    archive,
    clock: () => now,
    log: SILENT,
    onDone: (done) => all.push(done),
  });
  while ((await job.run(new AbortController().signal)).more);
  return all;
}

function toKinds(done: readonly RetentionDone[], day: string): string[] {
  return done.flatMap((one) => ('day' in one && one.day === day ? [`${one.action} ${one.kind} ${one.rows}`] : []));
}

async function archivedRows(archive: Archive, kind: string, day: string): Promise<string[]> {
  const rows: string[] = [];
  for (const { location } of await readLedger(database().sql, { kind, day })) {
    for await (const piece of readFile(archive, location)) rows.push(...piece);
  }
  return rows.sort();
}

async function obstacleTo(archive: Archive, action: 'archive' | 'delete', kind: string, day: string) {
  const steps = await findSteps(database().sql, epochMs(Date.now()));
  const step = steps.find((one) => one.action === action && one.kind.name === kind && one.day === day);
  return step ? findObstacle(database().sql, { step, archive }) : 'no such step';
}

async function restore(archive: Archive, kind: string, day: string): Promise<number> {
  const now = epochMs(Date.now());
  return restoreDay(database().sql, { kind: findKind(kind)!, day, archive, now });
}

/** As an operator would wait: the hold of a restored day is over. */
async function forgetRestored(): Promise<void> {
  const { sql } = database();
  await sql`alter table events disable trigger events_append_only`;
  await sql`update events set type = 'restored-before' where type = 'restored'`;
  await sql`alter table events enable trigger events_append_only`;
}

describe('a day that is due', () => {
  it('is archived, deleted, and comes back from the archive row for row', async () => {
    const day = '2025-03-01';
    const { archive } = await openArchive();
    const store = await openTestStore(database());
    await database().sql`set timezone = 'UTC'`;
    await writeDay(store, day, 5);
    const before = {
      ticks: await rowsOfDay(database().sql, 'ticks', day),
      trades: await rowsOfDay(database().sql, 'trades', day),
    };
    const paths = await rowsOfDay(database().sql, 'game_paths', day);
    expect(toKinds(await runAll(archive), day)).toEqual([
      'archive ticks 30',
      'delete ticks 30',
      'archive trades 10',
      'delete trades 10',
    ]);
    for (const kind of ['ticks', 'trades'] as const) {
      expect(await rowsOfDay(database().sql, kind, day)).toEqual([]);
      expect(await archivedRows(archive, kind, day)).toEqual(before[kind].toSorted());
    }
    expect(await rowsOfDay(database().sql, 'game_paths', day)).toEqual(paths);
    expect(await rowsOfDay(database().sql, 'games', day)).toHaveLength(5);

    expect(await restore(archive, 'ticks', day)).toBe(30);
    expect(await restore(archive, 'trades', day)).toBe(10);
    expect(await restore(archive, 'trades', day)).toBe(0);
    for (const kind of ['ticks', 'trades'] as const) {
      expect(await rowsOfDay(database().sql, kind, day)).toEqual(before[kind]);
    }
    expect(await obstacleTo(archive, 'delete', 'trades', day)).toMatch(/^restored on .*, kept for 7 days/);
    expect(toKinds(await runAll(archive), day)).toEqual([]);
    await forgetRestored();
    expect(toKinds(await runAll(archive), day)).toEqual(['delete ticks 30', 'delete trades 10']);
  });

  it('goes with its partition where it has one', async () => {
    const day = '2025-03-02';
    const { archive } = await openArchive();
    await NATIVE_PARTITIONS.ensure(database().sql, [day]);
    await writeDay(await openTestStore(database()), day, 2);
    await runAll(archive);
    const days = (await NATIVE_PARTITIONS.list(database().sql)).map((partition) => partition.day);
    expect(days).not.toContain(day);
    expect(await archivedRows(archive, 'ticks', day)).toHaveLength(12);
    expect(await restore(archive, 'ticks', day)).toBe(12);
    await forgetRestored();
    await runAll(archive);
  });

  it('without an archive in its policy is deleted at once, a day at a time', async () => {
    const { archive } = await openArchive();
    await database().sql`
      insert into metrics_minute (bucket, source)
      select minute, 'live' from generate_series('2025-03-03 00:00Z'::timestamptz, '2025-03-04 23:59Z', '1 hour') minute`;
    const done = await runAll(archive);
    expect(toKinds(done, '2025-03-03')).toEqual(['delete metrics_minute 24']);
    expect(toKinds(done, '2025-03-04')).toEqual(['delete metrics_minute 24']);
    expect(await database().sql`select from metrics_minute`).toHaveLength(0);
  });
});

describe('a preview', () => {
  it('tells rows, bytes and obstacles of every step, and changes nothing', async () => {
    const day = '2025-03-20';
    const { archive } = await openArchive();
    const { sql } = database();
    const store = await openTestStore(database());
    await writeDay(store, day, 2);
    const preview = () => previewRetention(sql, { archive, now: epochMs(Date.now()) });
    const first = await preview();
    const shape = ({ action, kind, rows, obstacle }: PreviewedStep) => [action, kind, rows, obstacle];
    const ofDay = (found: Preview) => found.steps.filter((step) => step.day === day);
    expect(ofDay(first).map(shape)).toEqual([
      ['archive', 'ticks', 12, null],
      ['delete', 'ticks', 12, null],
      ['archive', 'trades', 4, null],
      ['delete', 'trades', 4, null],
    ]);
    expect(ofDay(first).every(({ bytes }) => bytes > 0)).toBe(true);
    expect(first.unknownPolicies).toEqual(['events', 'games']);
    expect(await preview()).toEqual(first);

    for (const fact of gameFacts(day, 9, { finished: false })) store.write(fact);
    await store.flush();
    const why = '1 of 3 games are not confirmed by the history';
    expect(ofDay(await preview()).map(shape)).toEqual([
      ['archive', 'ticks', 18, why],
      ['delete', 'ticks', 18, why],
      ['archive', 'trades', 6, null],
      ['delete', 'trades', 6, null],
    ]);
    store.write(gameFacts(day, 9).at(-1)!);
    await store.flush();
    await runAll(archive);
    expect(ofDay(await preview())).toEqual([]);
  });
});

describe('what stays', () => {
  it('is young: to the last day that has not ended so many days ago, by the earlier of two clocks', async () => {
    const { archive } = await openArchive();
    const store = await openTestStore(database());
    const dayAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
    await writeDay(store, dayAgo(2), 1);
    await writeDay(store, dayAgo(1), 1);
    const done = await runAll(archive, epochMs(Date.now() + 1_000 * DAY_MS));
    expect(toKinds(done, dayAgo(2))).toEqual(['archive ticks 6', 'archive trades 2']);
    expect(toKinds(done, dayAgo(1))).toEqual([]);
    const created = done.flatMap((one) => (one.action === 'partitions' ? one.days : []));
    expect(created.every((day) => day <= dayAgo(-3))).toBe(true);
  });

  it('is a day with a game that is not confirmed', async () => {
    const day = '2025-03-05';
    const { archive } = await openArchive();
    const store = await openTestStore(database());
    await writeDay(store, day, 3);
    for (const fact of gameFacts(day, 9, { finished: false })) store.write(fact);
    await store.flush();
    expect(toKinds(await runAll(archive), day)).toEqual(['archive trades 8', 'delete trades 8']);
    expect(await obstacleTo(archive, 'delete', 'ticks', day)).toBe('1 of 4 games are not confirmed by the history');
    expect(await rowsOfDay(database().sql, 'ticks', day)).toHaveLength(24);

    store.write(gameFacts(day, 9).at(-1)!);
    await store.flush();
    expect(toKinds(await runAll(archive), day)).toEqual(['archive ticks 24', 'delete ticks 24']);
  });

  it('is a day whose games have no path, until they have one', async () => {
    const day = '2025-03-06';
    const { archive } = await openArchive();
    await writeDay(await openTestStore(database()), day, 3);
    const paths = await rowsOfDay(database().sql, 'game_paths', day);
    const from = day.replaceAll('-', '');
    await database().sql`delete from game_paths where game_id > ${from} and game_id < ${`${from}.`}`;
    expect(await obstacleTo(archive, 'delete', 'ticks', day)).toBe('3 of 3 games have no path yet');
    const done = await runAll(archive);
    expect(done).toContainEqual({ action: 'compact', games: 3 });
    expect(toKinds(done, day).slice(0, 2)).toEqual(['archive ticks 18', 'delete ticks 18']);
    const withoutTime = (rows: readonly string[]) => rows.map((row) => ({ ...JSON.parse(row), compacted_at: null }));
    expect(withoutTime(await rowsOfDay(database().sql, 'game_paths', day))).toEqual(withoutTime(paths));
  });

  it('is a row that has changed since it was archived: it is archived again, and then goes', async () => {
    const day = '2025-03-07';
    const { archive } = await openArchive();
    const { sql } = database();
    await writeDay(await openTestStore(database()), day, 2);
    await sql`update retention_policies set delete_after_days = null where kind in ('trades', 'ticks')`;
    expect(toKinds(await runAll(archive), day)).toEqual(['archive ticks 12', 'archive trades 4']);
    await sql`update trades set quantity = 42 where game_id = ${idOfDay(day, 1)} and kind = 'sell'`;
    await sql`update retention_policies set delete_after_days = 2 where kind in ('trades', 'ticks')`;
    expect(toKinds(await runAll(archive), day)).toEqual([
      'delete ticks 12',
      'delete trades 3',
      'archive trades 1',
      'delete trades 1',
    ]);
    expect(await archivedRows(archive, 'trades', day)).toHaveLength(5);
    await restore(archive, 'trades', day);
    expect((await rowsOfDay(sql, 'trades', day)).filter((row) => JSON.parse(row).quantity === 42)).toHaveLength(1);
    expect(await rowsOfDay(sql, 'trades', day)).toHaveLength(4);
    await sql`delete from trades`;
  });

  it('are ticks that have changed since they were archived: restored, they are as their path tells', async () => {
    const day = '2025-03-08';
    const { archive } = await openArchive();
    const { sql } = database();
    const store = await openTestStore(database());
    await writeDay(store, day, 2);
    await sql`update retention_policies set delete_after_days = null where kind = 'ticks'`;
    await runAll(archive);
    const [fact] = gameFacts(day, 1);
    const late = { ...fact!, at: epochMs(Date.parse(`${day}T12:00:30Z`)) } as typeof fact;
    store.write(late!);
    await store.flush();
    expect(toKinds(await runAll(archive), day)).toEqual(['archive ticks 12']);
    await sql`update retention_policies set delete_after_days = 2 where kind = 'ticks'`;
    expect(toKinds(await runAll(archive), day)).toEqual(['delete ticks 12']);
    // And once more, with no row to change: only the path does.
    store.write({ ...late!, at: epochMs(Date.parse(`${day}T12:00:10Z`)) } as typeof late & object);
    await store.flush();
    expect(await rowsOfDay(sql, 'ticks', day)).toEqual([]);
    await restore(archive, 'ticks', day);
    const first = (await rowsOfDay(sql, 'ticks', day))
      .map((row) => JSON.parse(row))
      .find((row) => row.game_id === idOfDay(day, 1) && row.tick === 0);
    expect(Date.parse(first.received_at)).toBe(Date.parse(`${day}T12:00:10Z`));
    await sql`delete from ticks where game_id >= '20250308' and game_id < '20250309'`;
  });

  it('is whatever the archive does not have whole', async () => {
    const day = '2025-03-09';
    const { folder, archive } = await openArchive();
    const { sql } = database();
    await writeDay(await openTestStore(database()), day, 1);
    await sql`update retention_policies set delete_after_days = null where kind in ('trades', 'ticks')`;
    await runAll(archive);
    await sql`update retention_policies set delete_after_days = 2 where kind in ('trades', 'ticks')`;
    await writeFile(join(folder, `trades/${day}.jsonl.gz`), 'rubbish');
    await rm(join(folder, `ticks/${day}.jsonl.gz`));
    expect(await obstacleTo(archive, 'delete', 'ticks', day)).toMatch(/is not in the archive any more/);
    await expect(runAll(archive)).rejects.toThrow();
    expect(await rowsOfDay(sql, 'trades', day)).toHaveLength(2);
    expect(await rowsOfDay(sql, 'ticks', day)).toHaveLength(6);
    await sql`delete from trades`;
    await sql`delete from ticks where game_id >= '20250309' and game_id < '20250310'`;
  });

  it('is what no file of the archive is of: there is nothing to restore', async () => {
    const { archive } = await openArchive();
    await expect(restore(archive, 'trades', '2020-01-01')).rejects.toThrow(NothingArchivedError);
    await expect(restore(archive, 'trades', 'yesterday')).rejects.toThrow(RangeError);
  });
});

describe('a kill at any step', () => {
  it('loses nothing, doubles nothing, and the next run finishes', { timeout: 120_000 }, async () => {
    const { archive } = await openArchive();
    const { sql, databaseUrl } = database();
    const store = await openTestStore(database());
    await sql`set timezone = 'UTC'`;
    const random = seedrandom('kill');
    let killed = 0;
    for (let atStep = 1, i = 0; ; atStep += 1 + Math.floor(random() * 6), i++) {
      const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
      if (i % 2 === 0) await NATIVE_PARTITIONS.ensure(sql, [day]);
      await writeDay(store, day, 2);
      const [ticks, trades, paths] = await Promise.all(
        ['ticks', 'trades', 'game_paths'].map((kind) => rowsOfDay(sql, kind, day)),
      );
      const mortal = await createMortal({ databaseUrl, archive, death: { atStep, after: random() < 0.5 } });
      const job = createRetentionJob({ ...mortal, clock: () => epochMs(Date.now()), log: SILENT });
      const dying = (async () => {
        while ((await job.run(new AbortController().signal)).more);
      })();
      await dying.catch((error: unknown) => {
        if (!mortal.died()) throw error;
      });
      await mortal.bury();
      if (mortal.died()) killed++;
      // Between the two, every row is where it was or in the archive.
      const left = await rowsOfDay(sql, 'trades', day);
      const safe = new Set([...left, ...(await archivedRows(archive, 'trades', day))]);
      expect([...safe].sort(), `killed at step ${atStep}`).toEqual(trades!.toSorted());

      await runAll(archive);
      expect(await rowsOfDay(sql, 'ticks', day), `killed at step ${atStep}`).toEqual([]);
      expect(await rowsOfDay(sql, 'trades', day)).toEqual([]);
      expect(await rowsOfDay(sql, 'game_paths', day)).toEqual(paths);
      expect(await archivedRows(archive, 'ticks', day)).toEqual(ticks!.toSorted());
      expect(await archivedRows(archive, 'trades', day)).toEqual(trades!.toSorted());
      if (!mortal.died()) break;
    }
    expect(killed).toBeGreaterThan(20);
  });
});
