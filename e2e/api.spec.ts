// The HTTP API as a stranger meets it: every answer parsed with the schemas the browser uses, every mistake told in words.
import type { APIResponse } from '@playwright/test';
import { expect, test } from '@/e2e/kit/test';
import { replayGame, verifyGame } from '@/lib/game/provably-fair';
import { liveViewSchema } from '@/lib/protocol/push';

test('/api/health tells that all is well, part by part', async ({ app, request }) => {
  await expect.poll(async () => (await (await request.get(`${app.url}/api/health`)).json()).status).toBe('ok');
  const health = await (await request.get(`${app.url}/api/health`)).json();
  expect(health.checks.feed).toMatchObject({ source: 'simulator', status: 'connected' });
  expect(health.checks.store).toMatchObject({ status: 'ok', dropped: 0 });
  expect(health.checks.ingest.deadLetters).toBe(0);
});

test('no other page may show ours in a frame', async ({ app, request, page }) => {
  for (const path of ['/', '/settings', '/api/health']) {
    const headers = (await request.get(`${app.url}${path}`)).headers();
    expect(headers).toMatchObject({ 'content-security-policy': "frame-ancestors 'none'", 'x-frame-options': 'DENY' });
  }
  // As a page of another origin would: SameSite counts another port as the same site.
  await page.route('http://localhost:1/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${app.url}/"></iframe>` }),
  );
  await page.goto('http://localhost:1/');
  await expect.poll(() => page.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/');
});

test('/api/live follows the game and assesses it by the published rule', async ({ app, request }) => {
  const get = async () => liveViewSchema.parse(await (await request.get(`${app.url}/api/live`)).json());
  await expect.poll(async () => (await get()).game?.phase).toBe('active');
  await expect.poll(async () => (await get()).assessment !== null).toBe(true);
  let live = await get();
  while (!live.assessment) live = await get();
  expect(live.assessment.winProbability.value).toBeCloseTo(1 - 0.995 ** 40, 6);
  expect(live.assessment).toMatchObject({ payout: 5, breakEven: 0.2, zone: 'negative' });
  expect(live.assessment.expectedValue).toBeCloseTo(5 * (1 - 0.995 ** 40) - 1, 6);
});

test('/api/games lists finished games, page by page, and each replays from its seed', async ({ app, request }) => {
  const list = async (query: string) => (await request.get(`${app.url}/api/games?${query}`)).json();
  // The feed's history brings ten finished games with the first frame.
  await expect.poll(async () => (await list('limit=100')).games.filter(isFinished).length).toBeGreaterThanOrEqual(10);

  const first = await list('limit=3');
  expect(first.games).toHaveLength(3);
  const second = await list(`limit=3&before=${encodeURIComponent(first.next)}`);
  const ids = [...first.games, ...second.games].map((game) => game.gameId);
  expect(new Set(ids).size).toBe(6);

  const { games } = await list('limit=100');
  for (const { gameId } of games.filter(isFinished).slice(0, 3)) {
    const { game, prices } = await (await request.get(`${app.url}/api/games/${gameId}`)).json();
    expect(game).toMatchObject({ gameId, verified: true, complete: true });
    expect(prices).toHaveLength(game.rugTick + 1);
    expect(verifyGame({ ...game, prices }).status).toBe('verified');
    expect(replayGame({ serverSeed: game.serverSeed, gameId, version: 'v3' }).prices).toEqual(prices.slice(0, -1));
  }
});

for (const [title, path, names] of [
  ['a limit of zero', '/api/games?limit=0', 'limit'],
  ['a limit above the most', '/api/games?limit=101', 'limit'],
  ['a limit that is no number', '/api/games?limit=ten', 'limit'],
  ['a fraction', '/api/games?limit=1.5', 'limit'],
  ['an empty limit', '/api/games?limit=', 'limit'],
  ['a cursor nobody gave out', '/api/games?before=yesterday', 'before'],
  ['a game id of the wrong shape', '/api/games/20251207-xyz', 'gameId'],
] as const) {
  test(`${title} is refused with a problem that names it`, async ({ app, request }) => {
    await expectProblem(await request.get(app.url + path), { status: 400, detail: names });
  });
}

test('an unknown game is not found', async ({ app, request }) => {
  const response = await request.get(`${app.url}/api/games/20200101-0000000000000000`);
  await expectProblem(response, { status: 404, detail: '20200101-0000000000000000' });
});

test('a page that does not exist is a 404 with a way back', async ({ app, page }) => {
  const response = await page.goto(`${app.url}/nowhere`);
  expect(response?.status()).toBe(404);
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page.getByTestId('verdict')).toBeVisible();
});

async function expectProblem(response: APIResponse, { status, detail }: { status: number; detail: string }) {
  expect(response.status()).toBe(status);
  expect(response.headers()['content-type']).toContain('application/problem+json');
  const problem = await response.json();
  expect(problem).toMatchObject({ status, title: expect.any(String) });
  expect(problem.detail).toContain(detail);
}

function isFinished(game: { verified: boolean | null }): boolean {
  return game.verified !== null;
}
