// The list at a moment in the past holds what was on record then, and nothing learnt since.
import { beforeAll, describe, expect, it } from 'vitest';
import { gamesPageSchema } from '@/lib/protocol/games-api';
import type { EpochMs } from '@/lib/units/time';
import { playBatches } from '@/server/event-log/test-kit/record-games';
import type { GamesFilter } from '@/server/history/games-filter';
import { listGames } from '@/server/history/list-games';
import { createReader, type Reader } from '@/server/store/reader';
import { writeBatch } from '@/server/store/write-batch';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const moments: { at: EpochMs; page: Awaited<ReturnType<typeof list>> }[] = [];
let reader: Reader;

async function list(filter: Omit<GamesFilter, 'source'>) {
  const page = await reader.read((db) => listGames(db, { filter: { source: 'simulator', ...filter }, limit: 50 }));
  return gamesPageSchema.parse(page);
}

beforeAll(async () => {
  reader = createReader({ databaseUrl: database().databaseUrl });
  for (const { batch, recordedAt } of playBatches({ seed: 'list-as-of', games: 2 })) {
    await writeBatch(database().sql, batch, { recordedAt });
    moments.push({ at: recordedAt, page: await list({}) });
  }
  return () => reader.end();
});

describe('the list of games at a moment', () => {
  it('is the list of that moment, but for the line of a game that was still running', async () => {
    for (const { at, page } of moments.filter((_, i) => i % 5 === 0)) {
      const told = await list({ at });
      expect(told).toMatchObject({ at, source: 'simulator', next: null });
      const byId = (games: typeof page.games) =>
        games
          .map(({ sparkline, ...game }) => (game.verification === null ? game : { ...game, sparkline }))
          .sort((a, b) => (a.gameId < b.gameId ? -1 : 1));
      expect(byId(told.games)).toEqual(byId(page.games));
    }
  });

  it('is filtered by what was known', async () => {
    const [{ at, page }] = moments.filter(({ page: known }) => known.games.some((game) => game.phase === 'active')) as [
      (typeof moments)[number],
    ];
    const finished = page.games.filter(({ verification }) => verification === 'verified');
    expect(finished.length).toBeGreaterThan(0);
    expect(finished.length).toBeLessThan(page.games.length);
    const told = async (filter: Omit<GamesFilter, 'source'>) =>
      new Set((await list({ at, ...filter })).games.map(({ gameId }) => gameId));
    const idsOf = (games: typeof page.games) => new Set(games.map(({ gameId }) => gameId));
    expect(await told({ verified: 'true' })).toEqual(idsOf(finished));
    expect(await told({ lengthMin: 0 })).toEqual(idsOf(page.games.filter(({ rugTick }) => rugTick !== null)));
    const lengths = finished.map(({ rugTick }) => rugTick!);
    expect(await told({ lengthMax: Math.min(...lengths) })).toEqual(
      idsOf(finished.filter(({ rugTick }) => rugTick === Math.min(...lengths))),
    );
    const [newest] = finished;
    const around = { from: newest!.listedAt as EpochMs, to: (newest!.listedAt + 1) as EpochMs };
    expect(await told(around)).toEqual(new Set([newest!.gameId]));
    expect(await told({ to: page.games.at(-1)!.listedAt as EpochMs })).toEqual(new Set());
  });
});
