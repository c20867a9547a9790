// What the record knew at an instant is what its tables said then.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { transact } from '@/db/connect';
import { toNewEvent } from '@/lib/event-log/game-event';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { appendChecked } from '@/server/event-log/append-checked';
import { appendEvents } from '@/server/event-log/append-events';
import { getGameAsOf, listGamesAsOf, toStoredGame, type AsOfQuery, type GameAsOf } from '@/server/event-log/as-of';
import { playBatches } from '@/server/event-log/test-kit/record-games';
import type { GamesCursor } from '@/server/store/games-cursor';
import { readGames } from '@/server/store/read-known';
import { createReader, type Reader } from '@/server/store/reader';
import type { GameRow } from '@/server/store/rows';
import { writeBatch } from '@/server/store/write-batch';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();

type Moment = { readonly at: EpochMs; readonly rows: readonly GameRow[] };
const moments: Moment[] = [];
let reader: Reader;

beforeAll(async () => {
  const { sql, databaseUrl } = database();
  for (const { batch, recordedAt } of playBatches({ seed: 'as-of', games: 2 })) {
    await writeBatch(sql, batch, { recordedAt });
    const ids = await sql`select game_id from games`;
    const rows = await readGames(
      sql,
      ids.map((row) => row.game_id),
    );
    moments.push({ at: recordedAt, rows: [...rows.values()] });
  }
  reader = createReader({ databaseUrl });
  return () => reader.end();
});

async function listAll(query: Omit<AsOfQuery, 'limit' | 'source'>, limit: number): Promise<GameAsOf[]> {
  const games: GameAsOf[] = [];
  let before: GamesCursor | undefined;
  for (;;) {
    const page = await reader.read((db) => listGamesAsOf(db, { source: 'simulator', ...query, before, limit }));
    games.push(...page.games);
    if (!page.next) return games;
    before = page.next;
  }
}

function byId(rows: readonly GameRow[]): GameRow[] {
  return [...rows].sort((a, b) => (a.gameId < b.gameId ? -1 : 1));
}

const moment = fc.nat().map((n) => moments[n % moments.length]!);

describe('the games as of an instant', () => {
  it('are the rows of the table as it was then, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(moment, fc.integer({ min: 1, max: 5 }), async ({ at, rows }, limit) => {
        const games = await listAll({ at }, limit);
        expect(byId(games.map(({ game }) => game))).toEqual(byId(rows));
        for (const { game } of games) {
          expect((await reader.read((db) => getGameAsOf(db, { gameId: game.gameId, at })))!.game).toEqual(game);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are filtered as they were known then', async () => {
    const { at, rows } = moments.find(({ rows: known }) => known.some((row) => row.phase === 'active'))!;
    const active = await listAll({ at, keep: ({ game }) => game.phase === 'active' }, 2);
    expect(byId(active.map(({ game }) => game))).toEqual(byId(rows.filter((row) => row.phase === 'active')));
    expect(active.map(toStoredGame)).toMatchObject([
      { rugTick: null, verified: null, serverSeed: null, endedAt: null },
    ]);
  });

  it('were none before the first was heard of, and none of the other source', async () => {
    const at = epochMs(moments[0]!.at - 1);
    expect(await listAll({ at }, 10)).toEqual([]);
    const last = moments.at(-1)!;
    expect(await reader.read((db) => getGameAsOf(db, { gameId: last.rows[0]!.gameId, at }))).toBeNull();
    const live = await reader.read((db) => listGamesAsOf(db, { source: 'live', at: last.at, limit: 10 }));
    expect(live).toEqual({ games: [], next: null });
  });

  it('carry what the checks had said by then', async () => {
    const { sql } = database();
    const last = moments.at(-1)!;
    const { gameId } = last.rows.find((row) => row.confirmedAt !== null)!;
    const checkedAt = epochMs(last.at + 1_000);
    await transact(sql, () => appendChecked(sql, [{ gameId, status: 'failed', failed: ['path'] }], checkedAt));
    const checksAt = async (at: EpochMs) => (await reader.read((db) => getGameAsOf(db, { gameId, at })))!.checks;
    expect([await checksAt(last.at), await checksAt(checkedAt)]).toEqual([null, 'failed']);
  });

  it('do not take in what was recorded later of earlier times', async () => {
    const { sql } = database();
    const { at, rows } = moments.at(-1)!;
    const { gameId } = rows.find((row) => row.confirmedAt !== null)!;
    const later = epochMs(at + 5_000);
    const event = toNewEvent(gameId, { type: 'phase-changed', payload: { phase: 'active' }, occurredAt: epochMs(1) });
    await transact(sql, () => appendEvents(sql, [event], { recordedAt: later }));
    const startedAt = async (when: EpochMs) =>
      (await reader.read((db) => getGameAsOf(db, { gameId, at: when })))!.game.startedAt;
    expect(await startedAt(later)).toBe(1);
    expect(await startedAt(at)).not.toBe(1);
  });
});
