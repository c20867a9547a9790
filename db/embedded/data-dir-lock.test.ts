import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireDataDirLock, DataDirInUseError } from '@/db/embedded/data-dir-lock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fortytick-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lockFile = () => join(folder, 'lock');

describe('the lock of a DATA_DIR', () => {
  it('is held by one, and free again when released', () => {
    const lock = acquireDataDirLock(folder);
    expect(() => acquireDataDirLock(folder)).toThrow(DataDirInUseError);
    expect(() => acquireDataDirLock(folder)).toThrow(`is in use by process ${process.pid}`);
    lock.release();
    acquireDataDirLock(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes the folder', () => {
    const lock = acquireDataDirLock(join(folder, 'a', 'b'));
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['lock']);
    lock.release();
  });

  it.each([
    ['a process that is gone', () => JSON.stringify({ pid: deadPid(), startMark: null })],
    ['an earlier process with the same number', () => JSON.stringify({ pid: process.pid, startMark: 'another boot' })],
    ['nobody: an empty file', () => ''],
    ['nobody: garbage', () => '{"pid": "1; rm"}'],
  ])('is taken over from %s', (_, content) => {
    writeFileSync(lockFile(), content());
    const lock = acquireDataDirLock(folder);
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(folder)).toEqual(['lock']);
    lock.release();
  });

  it('of somebody else is not released', () => {
    const lock = acquireDataDirLock(folder);
    writeFileSync(lockFile(), 'another');
    lock.release();
    expect(readFileSync(lockFile(), 'utf8')).toBe('another');
  });
});

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}
