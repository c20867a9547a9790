// Games that end as they begin, one in two hundred: what the pages show of a game of one price, and of a game without any.
// Made on purpose, by a seed whose newest game on record rugged at tick 1, so that no other test has to meet one by luck.
import { findSeed } from '@/e2e/kit/known-games';
import { createDataDir, startServer, type ServerProcess } from '@/e2e/kit/server-process';
import { expect, test as base } from '@/e2e/kit/test';
import type { ListedGame } from '@/lib/protocol/games-api';

const test = base.extend<{ readonly shortGame: ListedGame }, { readonly served: ServerProcess }>({
  served: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures needed from this pattern.
    async ({}, use) => {
      const data = await createDataDir();
      // The first game after it lasts: the short one stays the newest that has ended.
      const fits = (rugTick: number, index: number) => (index < 0 ? rugTick === 1 : rugTick > 50);
      const seed = findSeed({ name: 'short', from: -1, to: 0, fits });
      const server = await startServer({ FEED: 'simulator', SIM_SEED: seed, SIM_SPEED: '2', DATA_DIR: data.path });
      await use(server);
      await server.stop();
      await data.remove();
    },
    { scope: 'worker' },
  ],
  shortGame: async ({ served, request }, use) => {
    let games: ListedGame[] = [];
    await expect
      .poll(async () => {
        const path = '/api/games?lengthMax=1&verified=true';
        ({ games } = (await (await request.get(served.url + path)).json()) as { games: ListedGame[] });
        return games.length;
      })
      .toBe(1);
    await use(games[0]!);
  },
});

test.describe('a game that rugged at tick 1', () => {
  test('is replayed to its one price, drawn as a dot beside the rug', async ({
    watchedPage: page,
    served,
    shortGame,
  }) => {
    await page.goto(`${served.url}/verify?game=${shortGame.gameId}`);
    await expect(page.getByTestId('verify-verdict')).toHaveText('Verified');
    await expect(page.getByTestId('check-report')).toContainText('the only one is the same');
    const chart = page.getByTestId('chart-card');
    await expect(chart.getByTestId('chart-reading')).toHaveText('1 price, peak 1.00×, then the rug.');
    await expect(chart.locator('.recharts-line-dot')).toHaveCount(1);
    await expect(chart.locator('.recharts-line-dot')).toBeInViewport();
    await expect(chart.locator('.recharts-reference-line')).toHaveCount(1);
    await chart.getByRole('radio', { name: 'Table' }).click();
    await expect(chart.getByRole('row')).toHaveText(['TickReplayedRecorded', '011']);
  });

  test('stands in the list with its path, and on its own page with its price as a dot', async ({
    watchedPage: page,
    served,
    shortGame,
  }) => {
    await page.goto(`${served.url}/games?lengthMax=1`);
    const row = page.locator(`[data-testid=game-row][data-game-id="${shortGame.gameId}"]`);
    await expect(row).toHaveAttribute('data-rug-tick', '1');
    await expect(row.getByRole('img', { name: /price path/i })).toBeVisible();
    await row.getByRole('link').first().click();
    await expect(page.getByTestId('lone-price')).toHaveCount(1);
    await expect(page.getByTestId('lone-price')).toBeInViewport();
    await expect(page.getByTestId('moment')).toHaveAttribute('data-tick', '1');
    await expect(page.getByTestId('moment-outcome')).toContainText('rugged here');
    await page.getByTestId('replay').focus();
    await page.keyboard.press('Home');
    await expect(page.getByTestId('moment')).toHaveAttribute('data-tick', '0');
    await expect(page.getByTestId('moment-outcome')).toContainText('1 tick later');
  });
});

test('a game of which no price is on record says so in the list and on its page', async ({
  watchedPage: page,
  served,
  shortGame,
}) => {
  const path = `/api/games/${shortGame.gameId}`;
  const detail = await (await page.request.get(served.url + path)).json();
  await page.route(/\/api\/games\?/, (route) =>
    route.fulfill({ json: { games: [{ ...shortGame, sparkline: [] }], source: 'simulator', next: null, at: null } }),
  );
  await page.route(`**${path}*`, (route) =>
    route.fulfill({
      json: { ...detail, prices: detail.prices.map(() => null), arrivals: detail.prices.map(() => null) },
    }),
  );
  await page.goto(`${served.url}/games`);
  await expect(page.getByTestId('game-row').first()).toContainText('no price on record');
  await page.goto(`${served.url}/games/${shortGame.gameId}`);
  await expect(page.getByTestId('no-replay')).toContainText('nothing to replay');
  await page.goto(`${served.url}/verify?game=${shortGame.gameId}`);
  await expect(page.getByTestId('check-report')).toContainText('0 are the same, 1 are not on record');
});
