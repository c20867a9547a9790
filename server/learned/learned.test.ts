import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DecisionLoop } from '@/lib/decision/loop';
import { applyEvent } from '@/lib/game/apply-event';
import { INITIAL_STATE } from '@/lib/game/state';
import { scriptGame, stateEvent, statesOf, toFinished } from '@/lib/test-kit/frames';
import { parseConfig } from '@/server/config';
import { openDecisionLoop } from '@/server/learned/open-decision-loop';
import { createLog } from '@/server/ops/log';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fortytick-learned-'));
  folders.push(folder);
  return folder;
}

function open(dataDir: string, env: Record<string, string> = {}) {
  return openDecisionLoop({ config: parseConfig({ DATA_DIR: dataDir, ...env }), log: createLog('silent') });
}

/** The history of games `from` to `to` − 1, as a connect frame of the game after them brings it. */
function learnHistory(loop: DecisionLoop, from: number, to: number): void {
  const finished = Array.from({ length: to - from }, (_, i) => toFinished(scriptGame(from + i))).reverse();
  const { facts } = applyEvent(INITIAL_STATE, stateEvent(statesOf(scriptGame(to))[0]!, finished));
  for (const fact of facts) loop.take(fact);
}

describe('what the process learns', () => {
  it('survives a restart, and counts the games that the feed repeats only once', async () => {
    const dataDir = newDataDir();
    const first = await open(dataDir);
    learnHistory(first.loop, 0, 10);
    await first.stop();
    const before = first.loop.evidence();
    expect(before.games).toBe(10);

    const second = await open(dataDir);
    expect(second.loop.evidence()).toEqual(before);
    learnHistory(second.loop, 5, 15);
    await second.stop();

    const third = await open(dataDir);
    const apart = await open(newDataDir());
    learnHistory(apart.loop, 0, 15);
    expect(third.loop.evidence().games).toBe(15);
    expect(third.loop.evidence()).toEqual(apart.loop.evidence());
    await apart.stop();
  });

  it('is kept apart by the rules the games were played under', async () => {
    const dataDir = newDataDir();
    const biased = await open(dataDir, { SIM_HAZARD: '0.02' });
    learnHistory(biased.loop, 0, 5);
    await biased.stop();
    expect((await open(dataDir)).loop.evidence().games).toBe(0);
    expect((await open(dataDir, { FEED: 'live' })).loop.evidence().games).toBe(0);
    expect((await open(dataDir, { SIM_HAZARD: '0.02' })).loop.evidence().games).toBe(5);
  });

  it.each([
    ['torn', (text: string) => text.slice(0, text.length / 2)],
    ['of another format', () => JSON.stringify({ format: 99, games: [], state: {} })],
    ['of a shape this version does not know', () => JSON.stringify({ format: 1, games: [], state: { models: 7 } })],
  ])('starts over when its file is %s', async (_, damage) => {
    const dataDir = newDataDir();
    const first = await open(dataDir);
    learnHistory(first.loop, 0, 3);
    await first.stop();
    const file = join(dataDir, 'learned', 'simulator-0.005.json');
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    const second = await open(dataDir);
    expect(second.loop.evidence().games).toBe(0);
    learnHistory(second.loop, 0, 3);
    expect(second.loop.evidence().games).toBe(3);
    await second.stop();
  });

  it('takes nothing from a game that fails its check', async () => {
    const { loop, stop } = await open(newDataDir());
    const forged = { ...toFinished(scriptGame(1)), serverSeed: 'another' };
    const { facts } = applyEvent(INITIAL_STATE, stateEvent(statesOf(scriptGame(2))[0]!, [forged]));
    for (const fact of facts) loop.take(fact);
    expect(loop.evidence().games).toBe(0);
    await stop();
  });
});
