// The games API as a stranger meets it: every endpoint answers as described, filters and pages hold together, exports stream
// and let go, and every mistake is told in words.
import { get, type IncomingMessage } from 'node:http';
import type { APIResponse } from '@playwright/test';
import { z } from 'zod';
import { connectRaw, type RawSql } from '@/db/connect';
import { findRunningEmbedded } from '@/db/embedded';
import { createDataDir, startServer } from '@/e2e/kit/server-process';
import { signInByKey } from '@/e2e/kit/sign-in-by-key';
import { expect, test } from '@/e2e/kit/test';
import { gamesPageSchema, type GamesPage } from '@/lib/protocol/games-api';
import { ENDPOINTS } from '@/server/http/endpoints';

test('every endpoint that is read answers as /api/openapi.json says, parsed with the very schemas in it', async ({
  app,
  request,
}) => {
  const gameId = await awaitFinishedGame(app.url, request);
  const document = await (await request.get(`${app.url}/api/openapi.json`)).json();
  expect(document.openapi).toBe('3.1.0');
  await signInByKey(request, app.url);
  let read = 0;
  for (const { path, method = 'get', pathParameters, example, answer } of ENDPOINTS) {
    // Of what a player has made, there is none here.
    if (method !== 'get' || pathParameters !== undefined) continue;
    const query = example === '' ? '' : `?${example}`;
    const response = await request.get(`${app.url}${path.replace('{gameId}', gameId)}${query}`);
    expect(response.status(), path).toBe(200);
    read++;
    if (answer.kind === 'file') continue;
    const described = z.fromJSONSchema(document.components.schemas[answer.name]);
    const body = await response.json();
    expect(described.safeParse(body).error?.issues ?? [], path).toEqual([]);
    expect(answer.schema.safeParse(body).error?.issues ?? [], path).toEqual([]);
  }
  expect(read).toBeGreaterThan(20);
});

test('what is a player’s own is not answered to a stranger, whatever is asked', async ({ app, request }) => {
  const own = ENDPOINTS.filter(({ access }) => access !== undefined);
  expect(own.length).toBeGreaterThan(15);
  for (const { path, method = 'get' } of own) {
    const url = `${app.url}${path.replace(/\{\w+\}/g, '111111111111111111')}`;
    const response = await request.fetch(url, { method, ...(method !== 'get' && { data: {} }) });
    expect(response.status(), `${method} ${path}`).toBe(401);
    expect(await response.json(), path).toMatchObject({ code: 'not-signed-in' });
  }
});

test('a filter narrows the list, and its pages go on where the one before ended', async ({ app, request }) => {
  await awaitFinishedGame(app.url, request);
  const list = async (query: string): Promise<GamesPage> =>
    gamesPageSchema.parse(await (await request.get(`${app.url}/api/games?${query}`)).json());
  const long = await list('lengthMin=100&limit=100');
  for (const game of long.games) expect(game.rugTick).toBeGreaterThanOrEqual(100);
  const short = await list('lengthMax=99&limit=100');
  for (const game of short.games) expect(game.rugTick).toBeLessThan(100);
  expect((await list('source=live')).games).toEqual([]);
  const first = await list('complete=true&limit=2');
  const second = await list(`complete=true&limit=2&before=${first.next}`);
  expect(new Set([...first.games, ...second.games].map((game) => game.gameId)).size).toBe(4);
  expect((await list('at=2025-01-01')).games).toEqual([]);
});

for (const query of [
  'lengthMin=-1',
  'lengthMax=99999',
  'lengthMin=200&lengthMax=100',
  'peakMin=NaN',
  'from=2025-12-07&to=2025-12-01',
  'from=31.12.2025',
  'verified=perhaps',
  'limit=5&limit=6',
  'colour=red',
]) {
  test(`the list refuses ${query}, and so does the export`, async ({ app, request }) => {
    const [name] = query.split('=');
    for (const path of ['/api/games', '/api/games/export']) {
      await expectProblem(await request.get(`${app.url}${path}?${query}`), { status: 400, detail: `${name} is` });
    }
  });
}

test('one game’s ticks come as CSV and as JSON lines, all of them', async ({ app, request }) => {
  const gameId = await awaitFinishedGame(app.url, request);
  const { game } = await (await request.get(`${app.url}/api/games/${gameId}`)).json();
  const csv = await request.get(`${app.url}/api/games/${gameId}/export`);
  expect(csv.headers()['content-disposition']).toContain(`fortytick-${gameId}.csv`);
  expect((await csv.text()).trimEnd().split('\r\n')).toHaveLength(game.rugTick + 2);
  const lines = (await (await request.get(`${app.url}/api/games/${gameId}/export?format=jsonl`)).text()).trimEnd();
  expect(lines.split('\n').map((line) => JSON.parse(line).tick)).toEqual(
    Array.from({ length: game.rugTick + 1 }, (_, tick) => tick),
  );
});

test('an export that its client abandons gives its connection back, and only two run at a time', async () => {
  const data = await createDataDir();
  const app = await startServer({ FEED: 'simulator', SIM_SEED: 'export', DATA_DIR: data.path });
  const { databaseUrl } = findRunningEmbedded(data.path)!;
  const database = connectRaw({ databaseUrl, statementLimitMs: 60_000 });
  try {
    await fillGames(database.sql, 60_000);
    const address = `${app.url}/api/games/export?source=live&format=jsonl`;
    const stalled = [await beginExport(address), await beginExport(address)];
    await expect.poll(() => countExports(database.sql)).toBe(2);
    const third = await fetch(address);
    expect(third.status).toBe(503);
    expect(await third.json()).toMatchObject({ title: 'Too many exports' });
    // Pages are served all the while: exports have connections of their own.
    expect((await fetch(`${app.url}/api/games?limit=1`)).status).toBe(200);
    for (const response of stalled) response.destroy();
    await expect.poll(() => countExports(database.sql)).toBe(0);
    const whole = await (await fetch(address)).text();
    expect(whole.trimEnd().split('\n')).toHaveLength(60_000);
    await expect.poll(() => countExports(database.sql)).toBe(0);
  } finally {
    await database.destroy();
    await app.stop();
    await data.remove();
  }
});

/** A response of which only the first piece is taken. */
function beginExport(address: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(address, (response) => {
      response.on('error', () => {});
      response.once('data', () => {
        response.pause();
        resolve(response);
      });
    }).on('error', reject);
  });
}

async function countExports(sql: RawSql): Promise<number> {
  const [row] = await sql`
    select count(*)::integer as count from pg_stat_activity where application_name = 'fortytick-export'`;
  return row!.count as number;
}

/** More than all buffers between a database and a client hold. */
async function fillGames(sql: RawSql, games: number): Promise<void> {
  await sql`
    insert into games (game_id, source, phase, ended_at, confirmed_at, listed_at, rug_tick, peak, verification, complete,
      ticks_repaired, ticks_corrected, server_seed, server_seed_hash, checked_at)
    select '20250101-' || lpad(to_hex(n), 16, '0'), 'live', 'rugged', at, at, at, 5, 1, 'verified', true, 0, 0,
      repeat('a', 64), repeat('b', 64), at
    from (select n, timestamptz '2025-01-01T00:00Z' + n * interval '1 second' as at from generate_series(1, ${games}::integer) n)`;
}

async function awaitFinishedGame(url: string, request: { get(url: string): Promise<APIResponse> }): Promise<string> {
  let gameId = '';
  await expect
    .poll(async () => {
      const { games } = await (await request.get(`${url}/api/games?complete=true&limit=100`)).json();
      gameId = games[0]?.gameId ?? '';
      return games.length;
    })
    .toBeGreaterThanOrEqual(10);
  return gameId;
}

async function expectProblem(response: APIResponse, { status, detail }: { status: number; detail: string }) {
  expect(response.status()).toBe(status);
  expect(response.headers()['content-type']).toContain('application/problem+json');
  expect((await response.json()).detail).toContain(detail);
}
