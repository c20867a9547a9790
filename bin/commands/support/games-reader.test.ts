import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGamesReader, UnreadableFileError } from '@/bin/commands/support/games-reader';
import type { RecordedGame } from '@/lib/backtest/recorded-game';

let folder: string;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'games-reader-'));
  told = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text));
    return true;
  });
});

afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, lines: readonly unknown[]): string {
  const path = join(folder, name);
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

describe('the reader of games', () => {
  it('hands on the games of plain and gzipped files in order', async () => {
    const taken: RecordedGame[] = [];
    const files = [file('a.jsonl', [{ rugTick: 5 }, '', { rugTick: 7 }]), file('b.jsonl.gz', [{ rugTick: 9 }])];
    expect(await createGamesReader().read(files, (game) => taken.push(game))).toBe(3);
    expect(taken.map(({ rugTick }) => rugTick)).toEqual([5, 7, 9]);
    expect(told).toEqual([]);
  });

  it('names file and line of what it cannot use, counts it by reason, and goes on', async () => {
    const reader = createGamesReader();
    const path = file('bad.jsonl', [{ rugTick: 5 }, '{', { prices: [1, -1] }, { rugTick: 8 }]);
    expect(await reader.read([path], () => {})).toBe(2);
    expect(told.join('')).toContain(`${path}:2: not JSON`);
    expect(told.join('')).toContain(`${path}:3: prices[1] is -1`);
    expect(reader.unusable()).toMatchObject({ count: 2, byReason: { 'not-json': 1, 'bad-prices': 1 } });
  });

  it('takes a game once, across files and between training and playing', async () => {
    const reader = createGamesReader();
    const train = file('train.jsonl', [{ gameId: 'x', rugTick: 5 }]);
    const games = file('games.jsonl', [
      { gameId: 'y', rugTick: 6 },
      { id: 'x', rugTick: 5 },
    ]);
    await reader.read([train], () => {});
    expect(await reader.read([games], () => {})).toBe(1);
    expect(reader.unusable().examples[0]).toMatchObject({ line: 2, message: `game x was already read at ${train}:1` });
  });

  it('says once that games are not in order of time', async () => {
    const at = (hour: number) => ({ rugTick: 5, startedAt: `2025-07-21T0${hour}:00:00Z` });
    await createGamesReader().read([file('a.jsonl', [at(3), at(2), at(1)])], () => {});
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('not in order of time');
  });

  it('keeps a flood of bad lines off the screen, but counts every one', async () => {
    const reader = createGamesReader();
    await reader.read([file('flood.jsonl', new Array(500).fill('x'))], () => {});
    expect(told).toHaveLength(21);
    expect(reader.unusable()).toMatchObject({ count: 500 });
    expect(reader.unusable().examples).toHaveLength(20);
  });

  it('fails with the name of a file that is missing or cut off', async () => {
    const missing = join(folder, 'none.jsonl');
    await expect(createGamesReader().read([missing], () => {})).rejects.toThrow(UnreadableFileError);
    const cut = join(folder, 'cut.jsonl.gz');
    const lines = Array.from({ length: 2_000 }, (_, i) => `{"rugTick":${1 + ((i * 7919) % 997)}}`).join('\n');
    writeFileSync(cut, gzipSync(lines).subarray(0, 600));
    await expect(createGamesReader().read([cut], () => {})).rejects.toThrow(`${cut} cannot be read`);
  });
});
