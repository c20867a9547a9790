import { appendFile, mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { openSpool, type Spool } from '@/server/store/spool';
import type { StoreItem } from '@/server/store/store-item';

const id = gameId('20260101-0000000000000001');
const tick = (n: number): GameFact => ({
  type: 'tick',
  gameId: id,
  tick: n,
  price: n / 7,
  at: null,
  source: 'partial',
  live: false,
});
const phase: GameFact = { type: 'phase', gameId: id, phase: 'active', at: epochMs(0) };

let folder: string;
let opened: Spool[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fortytick-spool-'));
});
afterEach(async () => {
  for (const spool of opened) await spool.close();
  opened = [];
  await rm(folder, { recursive: true });
});

async function reopen(limits: { bytesMax?: number; segmentBytesMax?: number } = {}): Promise<Spool> {
  const spool = await openSpool({ folder, ...limits });
  opened.push(spool);
  return spool;
}

async function drain(spool: Spool): Promise<{ ticks: number[]; damaged: number; lastNumbers: number[] }> {
  const ticks: number[] = [];
  const lastNumbers: number[] = [];
  let damaged = 0;
  for (let segment = await spool.readOldest(); segment; segment = await spool.readOldest()) {
    for (const item of segment.items) if (item.type === 'tick') ticks.push(item.tick);
    damaged += segment.damaged;
    lastNumbers.push(segment.lastNumber);
    await spool.remove(segment);
  }
  return { ticks, damaged, lastNumbers };
}

describe('the spool', () => {
  it('gives back in order what went in, over several files, and leaves none', async () => {
    const spool = await reopen({ segmentBytesMax: 300 });
    for (let n = 1; n <= 20; n += 2) await spool.append([tick(n), tick(n + 1)], { lastNumber: n + 1 });
    expect(spool.size()).toBe(20);
    expect((await readdir(folder)).length).toBeGreaterThan(3);
    const { ticks, lastNumbers } = await drain(spool);
    expect(ticks).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(lastNumbers.at(-1)).toBe(20);
    expect(await readdir(folder)).toEqual([]);
    expect(spool.isEmpty()).toBe(true);
  });

  it('puts a batch that came back before what came after it', async () => {
    const spool = await reopen();
    const place = spool.reserve();
    await spool.append([tick(2)], { lastNumber: 2 });
    await spool.append([tick(1)], { lastNumber: 1, at: place });
    await spool.append([tick(3)], { lastNumber: 3 });
    expect((await drain(spool)).ticks).toEqual([1, 2, 3]);
  });

  it('takes new items while the oldest are being read', async () => {
    const spool = await reopen();
    await spool.append([tick(1)], { lastNumber: 1 });
    const first = (await spool.readOldest())!;
    await spool.append([tick(2)], { lastNumber: 2 });
    expect(first.items).toEqual([tick(1)]);
    await spool.remove(first);
    expect((await drain(spool)).ticks).toEqual([2]);
  });

  it('is there after a restart, and goes on behind what it finds', async () => {
    const before = await reopen();
    await before.append([tick(1), tick(2)], { lastNumber: 2 });
    const after = await reopen();
    expect(after.size()).toBe(2);
    await after.append([tick(3)], { lastNumber: 1 });
    const { ticks, lastNumbers } = await drain(after);
    expect(ticks).toEqual([1, 2, 3]);
    expect(lastNumbers).toEqual([0, 1]);
  });

  it('loses only the line that a crash tore', async () => {
    const before = await reopen();
    await before.append([tick(1), tick(2), tick(3)], { lastNumber: 3 });
    const [file] = await readdir(folder);
    const path = join(folder, file!);
    await truncate(path, (await import('node:fs')).statSync(path).size - 5);
    const after = await reopen();
    await after.append([tick(4)], { lastNumber: 1 });
    const { ticks, damaged } = await drain(after);
    expect(ticks).toEqual([1, 2, 4]);
    expect(damaged).toBe(1);
  });

  it('passes over lines that are no longer what was written', async () => {
    const before = await reopen();
    await before.append([tick(1)], { lastNumber: 1 });
    const [file] = await readdir(folder);
    await appendFile(join(folder, file!), 'garbage\n');
    const { ticks, damaged } = await drain(await reopen());
    expect([ticks, damaged]).toEqual([[1], 1]);
  });

  it('is bounded: ticks stop at the bound, the course of games a quarter beyond it', async () => {
    const spool = await reopen({ bytesMax: 2_000 });
    const many = (item: StoreItem, count: number) => Array.from({ length: count }, () => item);
    const droppedTicks = await spool.append(many(tick(1), 100), { lastNumber: 100 });
    const keptTicks = spool.size();
    expect(spool.isFull()).toBe(true);
    expect(droppedTicks).toBe(100 - keptTicks);
    expect(await spool.append([tick(2)], { lastNumber: 101 })).toBe(1);
    const droppedPhases = await spool.append(many(phase, 100), { lastNumber: 201 });
    expect(droppedPhases).toBeLessThan(100);
    const segment = (await spool.readOldest())!;
    expect(segment.items).toHaveLength(keptTicks + 100 - droppedPhases);
    expect(JSON.stringify(segment.items).length).toBeLessThan(2_000 * 1.4);
    // Whoever waits for what was dropped is not left waiting.
    expect(segment.lastNumber).toBe(201);
  });
});
