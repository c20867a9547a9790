// The commands that fill and check the record, as a user runs them: exit codes, words, and that standard output holds
// nothing but the result.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useTestDatabase } from '@/server/test-kit/postgres';

const ROOT = resolve(import.meta.dirname, '../..');
const LIMIT_MS = 120_000;
const database = useTestDatabase();

/** On the test's database, with a DATA_DIR of its own. */
async function run(command: string, ...args: string[]) {
  const dataDir = await createFolder();
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: database().databaseUrl };
  const child = spawn(process.execPath, [join(ROOT, 'bin/run.mjs'), command, ...args], { cwd: ROOT, env });
  const ended = new Promise<number | null>((settle) => child.once('exit', settle));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, stdout, stderr };
}

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-commands-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function fileOf(name: string, content: string): Promise<string> {
  const file = join(await createFolder(), name);
  await writeFile(file, content);
  return file;
}

function round(n: number): string {
  const startedAt = Date.UTC(2025, 6, 21) + n * 60_000;
  return JSON.stringify({ startedAt, endedAt: startedAt + 1_000, prices: [1, 1 + n / 100, 0.01], rugTick: 2 });
}

describe('npm run import', { timeout: LIMIT_MS }, () => {
  it('refuses a file of no known format in words, with 2, and imports nothing of the others', async () => {
    const good = await fileOf('good.jsonl', `${round(1)}\n`);
    const other = await fileOf('other.csv', 'id,prices\n1,2\n');
    const { status, stdout, stderr } = await run('import', good, other);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('other.csv: its first line is neither a recorded round');
    expect((await run('import')).status).toBe(2);
    expect(await run('import', 'no-such-file.jsonl')).toMatchObject({ status: 1, stdout: '' });
    const rows = await database().sql`select 1 from games`;
    expect(rows).toHaveLength(0);
  });

  it('imports a file that is cut up to the cut, says where that is, and ends with 1', async () => {
    const whole = [1, 2, 3].map(round).join('\n');
    const file = await fileOf('cut.jsonl', whole.slice(0, -20));
    const { status, stdout, stderr } = await run('import', file, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ games: 2, new: 2, files: [{ refused: 1, cutAtLine: 3 }] });
    expect(stderr).toContain('is cut at line 3: the 2 games before it are imported');
    const mended = await run('import', await fileOf('whole.jsonl', whole));
    expect(mended).toMatchObject({ status: 0, stdout: expect.stringContaining('3: 1 new, 2 on record before') });
  });
});

describe('npm run seed-history and check-integrity', { timeout: LIMIT_MS }, () => {
  it('write games that pass, tell one that fails, and end with 1 then', async () => {
    for (const games of ['0', 'many']) expect((await run('seed-history', '--games', games)).status).toBe(2);
    const args = ['--games', '3', '--seed', 'commands', '--until', '2026-01-02T03:04:05Z', '--json'];
    const seeded = await run('seed-history', ...args);
    expect(JSON.parse(seeded.stdout)).toMatchObject({ games: 3, seed: 'commands', until: '2026-01-02T03:04:05.000Z' });
    const sound = await run('check-integrity', '--json');
    expect(sound.status).toBe(0);
    expect(JSON.parse(sound.stdout)).toMatchObject({
      checks: { 'provably-fair': { passed: 3, failed: 0 } },
      failing: [],
      backlog: 0,
    });
    const [game] = await database().sql`
      update game_paths set prices[2] = prices[2] * 2 where game_id = (
        select max(game_id) from games where source = 'simulator'
      ) returning game_id`;
    const failing = await run('check-integrity', '--all', '--json');
    expect(failing.status).toBe(1);
    const found = JSON.parse(failing.stdout);
    expect(found.failing).toContainEqual({
      gameId: game!.game_id,
      check: 'provably-fair',
      detail: expect.stringContaining('At tick 1 '),
    });
    expect((await run('check-integrity')).stdout).toContain('1 failing');
  });
});
