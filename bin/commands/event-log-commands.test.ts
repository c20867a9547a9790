// The commands of the event log as a user runs them: options, exit codes, and what goes to which output.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { transact } from '@/db/connect';
import { epochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import { tamper } from '@/server/event-log/test-kit/record-games';
import { useTestDatabase } from '@/server/test-kit/postgres';

const ROOT = resolve(import.meta.dirname, '../..');
/** Each run is a process that compiles its own sources. */
vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'event-log-'));
  const { sql } = database();
  const event = {
    stream: 'retention',
    expectedVersion: 'any' as const,
    type: 'dropped',
    payload: { day: '2026-01-01' },
    occurredAt: epochMs(5),
  };
  await transact(sql, () => appendEvents(sql, [event, event, event], { recordedAt: epochMs(6) }));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(name: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(ROOT, 'bin/run.mjs'), name, ...args], {
    env: { ...process.env, DATA_DIR: folder, DATABASE_URL: database().databaseUrl, LOG_LEVEL: 'error' },
  });
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { status, stdout, stderr };
}

describe('npm run verify-log', () => {
  it('says that the log is whole, and where it ends', async () => {
    const plain = await run('verify-log');
    expect(plain).toMatchObject({ status: 0, stdout: expect.stringContaining('the log is whole') });
    const [, head] = /^head (3:[0-9a-f]{64})$/m.exec(plain.stdout)!;
    const { status, stdout } = await run('verify-log', '--from', '2', '--expect', head!, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, count: 2, anchorFound: true, head: { position: 3 } });
  });

  it('says where it was changed, with exit code 1', async () => {
    const { sql } = database();
    await tamper(sql, `update events set payload = '{"day":"2026-01-02"}' where position = 2`);
    const { status, stdout } = await run('verify-log');
    await tamper(sql, `update events set payload = '{"day":"2026-01-01"}' where position = 2`);
    expect(status).toBe(1);
    expect(stdout).toContain('1 events fit');
    expect(stdout).toContain('BROKEN at position 2: the stream, type, payload, metadata or a time was changed');
    expect(stdout).toContain('THE LOG IS NOT WHOLE');
  });

  it.each([[['--from', '0']], [['--expect', 'abc']]])(
    'refuses %j with exit code 2 and how it is used',
    async (args) => {
      const { status, stdout, stderr } = await run('verify-log', ...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).not.toContain('    at ');
    },
  );
});

describe('npm run rebuild', () => {
  it('lists projections, refuses one that is none, and rebuilds one', async () => {
    const listed = await run('rebuild');
    expect(listed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ {2}games +games, folded/) });
    const unknown = await run('rebuild', 'planets');
    expect(unknown).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('There is no projection') });
    const { status, stdout } = await run('rebuild', 'games', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ projection: 'games', read: 0, rows: 0, changed: 0 });
  });
});
