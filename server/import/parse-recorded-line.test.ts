import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveId, detectFormat, parseRecordedLine } from '@/server/import/parse-recorded-line';
import { isGameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';

const round = {
  startedAt: '2025-07-21T15:41:24.925Z',
  endedAt: '2025-07-21T15:42:12.252Z',
  prices: [1, 1.25, 0.9, 0.01],
  rugTick: 3,
};

const entry = {
  id: '20251207-67b9664de9e24662',
  timestamp: 1765068349373,
  prices: [1, 1.1, 0.01],
  peakMultiplier: 1.1,
  rugged: true,
  globalSidebets: [],
  provablyFair: { serverSeed: 'seed', serverSeedHash: 'a'.repeat(64) },
  gameVersion: 'v3',
};

function parse(value: object) {
  return parseRecordedLine(JSON.stringify(value));
}

function parsed(value: object) {
  const result = parse(value);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('a recorded round', () => {
  it('becomes a finished game without seed or version, dated by its end', () => {
    const { game, startedAt } = parsed(round);
    expect(game).toMatchObject({
      endedAt: Date.parse(round.endedAt),
      prices: round.prices,
      peak: 1.25,
      version: null,
      serverSeed: null,
      serverSeedHash: null,
      sideBets: [],
    });
    expect(game.gameId).toMatch(/^20250721-[0-9a-f]{16}$/);
    expect(startedAt).toBe(Date.parse(round.startedAt));
  });

  it('keeps its holes, and has one where the rug price is not told', () => {
    expect(parsed({ ...round, prices: [1, null, 0.9, 0.01] }).game.prices).toEqual([1, null, 0.9, 0.01]);
    expect(parsed({ ...round, prices: [1, 1.25, 0.9] }).game.prices).toEqual([1, 1.25, 0.9, null]);
  });

  it('keeps an id of the feed’s own form and derives one in place of any other', () => {
    expect(parsed({ ...round, gameId: entry.id }).game.gameId).toBe(entry.id);
    expect(parsed({ ...round, gameId: 'round 7' }).game.gameId).toBe(parsed(round).game.gameId);
  });

  it.each([
    ['without an end', { ...round, endedAt: undefined }, 'neither endedAt nor timestamp'],
    ['whose end is no time', { ...round, endedAt: 'yesterday' }, 'its end is no time'],
    ['of a year that no id has', { ...round, startedAt: 0, endedAt: 5 }, 'its end is no time'],
    ['that ends before it starts', { ...round, endedAt: '2025-07-21T15:00:00Z' }, 'ends before it starts'],
    ['without prices', { ...round, prices: undefined }, 'no prices'],
    ['with a path that is not whole', { ...round, prices: [1.5, 1, 1, 0.01] }, 'every game starts at 1'],
    ['that had not ended', { ...round, rugged: false }, 'had not ended'],
  ])('%s is refused in words', (_, value, words) => {
    expect(parse(value)).toEqual({ ok: false, error: expect.stringContaining(words) });
  });
});

describe('the derived id', () => {
  it('is an id, the same for the same recording and another for any other', () => {
    const time = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) }).map(epochMs);
    const prices = fc.array(fc.option(fc.double({ min: 0, max: 100, noNaN: true })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(time, time, prices, (startedAt, endedAt, path) => {
        const id = deriveId({ startedAt, endedAt, prices: path });
        expect(isGameId(id)).toBe(true);
        expect(deriveId({ startedAt, endedAt, prices: [...path] })).toBe(id);
        expect(deriveId({ startedAt, endedAt, prices: [...path, 1] })).not.toBe(id);
        expect(deriveId({ startedAt: epochMs(startedAt + 1), endedAt, prices: path })).not.toBe(id);
      }),
    );
  });
});

describe('an entry of the history', () => {
  it('is decoded as the feed’s own', () => {
    expect(parsed(entry)).toMatchObject({
      game: { gameId: entry.id, endedAt: entry.timestamp, serverSeed: 'seed', version: 'v3' },
      startedAt: null,
      refusedParts: [],
    });
  });

  it('is refused when it is damaged, and loses a side bet that is', () => {
    expect(parse({ ...entry, id: 'x' })).toMatchObject({ ok: false });
    expect(parsed({ ...entry, globalSidebets: [{ type: 'placed' }] }).refusedParts).toHaveLength(1);
  });
});

describe('the format of a line', () => {
  it('shows in its keys', () => {
    expect(detectFormat(JSON.stringify(round))).toBe('rounds');
    expect(detectFormat(JSON.stringify(entry))).toBe('history');
    expect(detectFormat('{"ts":"2025-12-14T20:17:11","event":"connect","data":null}')).toBe('capture');
    for (const other of ['', 'id,prices', '[]', 'null', '{"a":1}', '{"ts":1}']) expect(detectFormat(other)).toBeNull();
  });
});
