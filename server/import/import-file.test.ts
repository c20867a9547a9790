import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { importFile, type ImportContext } from '@/server/import/import-file';
import { detectFormat } from '@/server/import/parse-recorded-line';
import { readFirstLine } from '@/server/import/read-recorded-file';
import { openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const DATA = resolve('../shared/data');
const FILES = ['rounds-2025-07.jsonl.gz', 'verified-rounds.jsonl.gz', 'captures/2025-12-14.jsonl.gz'];
const database = useTestDatabase();

const START = Date.UTC(2025, 6, 21);

/** A game a minute; every one with a path of its own. */
function rounds(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const prices = [1, 1 + n / 1_000, ...Array.from({ length: 50 }, (_, tick) => 1 + tick / 100), 0.01];
    const startedAt = START + n * 60_000;
    return JSON.stringify({ startedAt, endedAt: startedAt + prices.length * 250, prices, rugTick: prices.length - 1 });
  });
}

async function fileOf(content: string | Buffer, name = 'games.jsonl'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function openImport({ signal = new AbortController().signal } = {}) {
  const store = await openTestStore({ databaseUrl: database().databaseUrl });
  const rows = await database().sql`select game_id from games where confirmed_at is not null`;
  const context: ImportContext = {
    store,
    clock: () => epochMs(Date.UTC(2026, 0, 1)),
    known: new Set(rows.map((row) => row.game_id as string)),
    signal,
    onProgress: () => {},
  };
  return async (file: string) => {
    const format = detectFormat((await readFirstLine(file)) ?? '');
    const report = await importFile(file, format!, context);
    await store.flush();
    return report;
  };
}

/** Every table with all its rows, the letters' numbers aside. */
async function readEverything() {
  const { sql } = database();
  const tables = 'games ticks game_paths tick_intervals side_bets trades predictions recommendations events'.split(' ');
  const found: Record<string, unknown> = {};
  for (const table of tables) {
    const [row] = await sql.unsafe(
      `select count(*)::int as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${table} t`,
    );
    found[table] = { ...row };
  }
  return found;
}

describe('recorded rounds', () => {
  it('come on record in the order of time, with predictions made without hindsight, and twice are once', async () => {
    const shuffled = rounds(12).toReversed();
    const file = await fileOf(`${shuffled.join('\n')}\n`);
    const report = await (await openImport())(file);
    expect(report).toMatchObject({ games: 12, new: 12, known: 0, incomplete: 0, outOfOrder: 0, refused: 0 });
    const games = await database().sql`
      select complete, verification, source, server_seed, rug_tick from games order by game_id`;
    expect(games).toHaveLength(12);
    for (const game of games) {
      const expected = {
        complete: true,
        verification: 'unverifiable',
        source: 'live',
        server_seed: null,
        rug_tick: 52,
      };
      expect(game).toMatchObject(expected);
    }
    const predictions = await database()
      .sql`select origin, tick, won from predictions where tick in (0, 40) order by tick`;
    expect(predictions).toHaveLength(24);
    expect(predictions.every(({ origin }) => origin === 'replay')).toBe(true);
    expect(predictions.map(({ won }) => won)).toEqual([...Array(12).fill(false), ...Array(12).fill(true)]);
    const before = await readEverything();
    expect(await (await openImport())(file)).toMatchObject({ games: 12, new: 0, known: 12, predictions: 0 });
    expect(await readEverything()).toEqual(before);
  });

  it('played before what was learnt already are imported, and nothing is predicted of them', async () => {
    const imported = await openImport();
    await imported(await fileOf(rounds(2, 2_000).join('\n')));
    const late = await imported(await fileOf(rounds(2, 1_000).join('\n')));
    // Each file has a loop of its own: order matters within a file.
    expect(late).toMatchObject({ new: 2, outOfOrder: 0 });
  });

  it('with holes are imported as such', async () => {
    const [line] = rounds(1, 3_000);
    const game = JSON.parse(line!) as { prices: (number | null)[] };
    game.prices[7] = null;
    const report = await (await openImport())(await fileOf(JSON.stringify(game)));
    expect(report).toMatchObject({ new: 1, incomplete: 1 });
    const rows = await database().sql`select complete from games where not complete`;
    expect(rows).toHaveLength(1);
  });

  it('that cannot be used are named by their line, and the rest is imported', async () => {
    const [first, second] = rounds(2, 4_000);
    const report = await (await openImport())(await fileOf([first, '{"prices":[2]}', second].join('\n')));
    expect(report).toMatchObject({ new: 2, refused: 1, cutAtLine: null, refusals: [{ line: 2 }] });
  });

  it('up to the place where a file is cut, which is told, plain and gzipped', async () => {
    const lines = rounds(6, 5_000);
    const text = lines.join('\n');
    const plain = text.slice(0, text.length - 30);
    const report = await (await openImport())(await fileOf(plain));
    expect(report).toMatchObject({ new: 5, refused: 1, cutAtLine: 6 });
    const packed = gzipSync(text);
    const cut = packed.subarray(0, packed.length - 40);
    const fromPacked = await (await openImport())(await fileOf(cut, 'games.jsonl.gz'));
    expect(fromPacked.games).toBeLessThan(6);
    expect(fromPacked.cutAtLine).toBe(fromPacked.games + 1);
  });

  it('end in order when they are told to stop', async () => {
    const abort = new AbortController();
    const store = await openTestStore({ databaseUrl: database().databaseUrl });
    const context: ImportContext = {
      store,
      clock: () => epochMs(Date.UTC(2026, 0, 1)),
      known: new Set(),
      signal: abort.signal,
      onProgress: (games) => games === 3 && abort.abort(),
    };
    const report = await importFile(await fileOf(rounds(10, 6_000).join('\n')), 'rounds', context);
    await store.flush();
    expect(report).toMatchObject({ games: 3, new: 3 });
    const rows = await database().sql`
      select 1 from games where started_at >= ${new Date(START + 6_000 * 60_000)}`;
    expect(rows).toHaveLength(3);
  });
});

describe('the shared recordings', () => {
  const missing = FILES.some((file) => !existsSync(join(DATA, file)));

  it.skipIf(missing)('come on record whole, and imported again change nothing', { timeout: 60_000 }, async () => {
    const importOne = await openImport();
    const reports = [];
    for (const file of FILES) reports.push(await importOne(join(DATA, file)));
    expect(reports.map(({ format, games, incomplete }) => [format, games, incomplete])).toEqual([
      ['rounds', 653, 0],
      ['history', 23, 0],
      ['capture', 12, 0],
    ]);
    const [verified] = await database().sql`select count(*)::int as games from games where verification = 'verified'`;
    expect(verified!.games).toBe(29);
    const before = await readEverything();
    const again = await openImport();
    for (const file of FILES) expect(await again(join(DATA, file))).toMatchObject({ new: 0, refused: 0 });
    expect(await readEverything()).toEqual(before);
  });

  it.skipIf(missing)('a capture cut in the middle of a line is imported up to there', async () => {
    const text = gunzipSync(await readFile(join(DATA, FILES[2]!))).toString();
    const report = await (await openImport())(await fileOf(text.slice(0, Math.floor(text.length * 0.8)), 'cut.jsonl'));
    expect(report.format).toBe('capture');
    expect(report.games).toBeGreaterThan(0);
    expect(report.cutAtLine).toBe(report.refusals.at(-1)!.line);
  });
});
