// The embedded database on this machine: real files, real processes, real signals. As root it runs as another user.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectRaw } from '@/db/connect';
import { findRunningEmbedded, startEmbedded, type EmbeddedPostgres } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';
import { isAlive } from '@/db/embedded/process-info';

/** The database of most tests; each starts and stops it. */
let dataDir: string;
const cluster = () => join(dataDir, 'postgres');

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fortytick-embedded-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

async function start(folder = dataDir, log = { warned: [] as string[] }): Promise<EmbeddedPostgres> {
  const lock = acquireDataDirLock(folder);
  const warn = (_details: object, message: string) => void log.warned.push(message);
  const server = await startEmbedded({ lock, log: { debug: () => {}, warn } }).catch((error: unknown) => {
    lock.release();
    throw error;
  });
  const stop = async () => {
    await server.stop();
    lock.release();
  };
  onTestFinished(stop);
  return { ...server, stop };
}

async function ask(server: { databaseUrl: string }, query: string): Promise<string[]> {
  const { sql, destroy } = connectRaw({ databaseUrl: server.databaseUrl, statementLimitMs: 10_000 });
  try {
    const rows = await sql.unsafe(query);
    return rows.map((row) => String(Object.values(row)[0]));
  } finally {
    await destroy();
  }
}

/** Starts the owner process and waits until its database runs. */
async function startOwner(): Promise<{ owner: ChildProcess; pid: number; databaseUrl: string }> {
  const script = join(import.meta.dirname, 'test-kit', 'embedded-owner.ts');
  const owner = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void owner.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: owner.stdout! }), 'line')) as [string];
  return { owner, ...(JSON.parse(line) as { pid: number; databaseUrl: string }) };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('close', () => resolve()));
}

describe('the embedded database', () => {
  it('is made on the first start, durable, on loopback, behind a password of its own', async () => {
    const server = await start();
    const settings = `select setting from pg_settings where name in
      ('fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit', 'unix_socket_directories') order by name`;
    expect(await ask(server, settings)).toEqual(['on', 'on', '127.0.0.1', 'on', '']);
    const encoding = await ask(server, `select pg_encoding_to_char(encoding) || ' ' || datcollate from pg_database`);
    expect(new Set(encoding)).toEqual(new Set(['UTF8 C']));
    const file = join(dataDir, 'postgres.password');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').trim().length).toBeGreaterThanOrEqual(32);
    const wrong = Object.assign(new URL(server.databaseUrl), { password: 'wrong' }).href;
    await expect(ask({ databaseUrl: wrong }, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('keeps its data over a stop, which leaves no process', async () => {
    const before = await start();
    await ask(before, 'create table stays (n int); insert into stays values (7)');
    const pid = before.pid()!;
    await before.stop();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(cluster(), 'postmaster.pid'))).toBe(false);
    expect(await ask(await start(), 'select n from stays')).toEqual(['7']);
  });

  it('that crashes is started again at the same address', async () => {
    const log = { warned: [] as string[] };
    const server = await start(dataDir, log);
    const pid = server.pid()!;
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => server.pid() ?? pid, { timeout: 15_000 }).not.toBe(pid);
    expect(await ask(server, 'select 1')).toEqual(['1']);
    expect(log.warned[0]).toBe('the database ended; starting it again');
  });

  it('outlives a killed owner, and the next start stops it and finds every row', async () => {
    const { owner, pid } = await startOwner();
    owner.kill('SIGKILL');
    await ended(owner);
    expect(isAlive(pid)).toBe(true);
    const server = await start();
    expect(isAlive(pid)).toBe(false);
    expect(await ask(server, 'select n from kept')).toEqual(['1']);
  });

  it('of a process that runs cannot be taken, and can be found by who wants to share it', async () => {
    rmSync(cluster(), { recursive: true });
    const { owner, pid, databaseUrl } = await startOwner();
    await expect(start()).rejects.toThrow(`DATA_DIR ${dataDir} is in use by process ${owner.pid}`);
    expect(isAlive(pid)).toBe(true);
    expect(findRunningEmbedded(dataDir)).toEqual({ databaseUrl });
    owner.kill('SIGKILL');
    await ended(owner);
    await (await start()).stop();
    expect(findRunningEmbedded(dataDir)).toBeNull();
  });

  it('does not mistake another process for its own', async () => {
    await (await start()).stop();
    // As after a reboot: the number in the file is now that of some other program, here ours.
    writeFileSync(join(cluster(), 'postmaster.pid'), `${process.pid}\n${cluster()}\n0\n5432\n\n127.0.0.1\n\nready\n`);
    expect(findRunningEmbedded(dataDir)).toBeNull();
    expect(await ask(await start(), 'select 1')).toEqual(['1']);
  });

  it('says why it does not start, in the words of PostgreSQL', async () => {
    const version = join(cluster(), 'PG_VERSION');
    const right = readFileSync(version, 'utf8');
    writeFileSync(version, '9\n');
    onTestFinished(() => writeFileSync(version, right));
    await expect(start()).rejects.toThrow(/did not start.*version 9/s);
  });

  it('clears away what a killed first start left', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fortytick-embedded-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    mkdirSync(join(folder, 'postgres.unfinished-123'));
    writeFileSync(join(folder, 'postgres.unfinished-123', 'half'), '');
    writeFileSync(join(folder, 'postgres.unfinished-123.password'), 'x');
    const server = await start(folder);
    expect(await ask(server, 'select 1')).toEqual(['1']);
    expect(existsSync(join(folder, 'postgres.unfinished-123'))).toBe(false);
    expect(existsSync(join(folder, 'postgres.unfinished-123.password'))).toBe(false);
    await server.stop();
    rmSync(join(folder, 'postgres.password'));
    await expect(start(folder)).rejects.toThrow('postgres.password is gone');
  });

  it.skipIf(process.getuid?.() !== 0)('runs for root from a folder that others cannot enter', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'fortytick-closed-'));
    onTestFinished(() => rm(closed, { recursive: true }));
    expect(statSync(closed).mode & 0o077).toBe(0);
    const server = await start(join(closed, 'data'));
    expect(await ask(server, 'select 1')).toEqual(['1']);
    expect(statSync(`/proc/${server.pid()}`).uid).not.toBe(0);
  });
});
