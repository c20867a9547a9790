// Games that end as they begin, one in two hundred: what the pages show of a game of one price, and of a game without any.
// Made on purpose, by a seed whose newest game on record rugged at tick 1, so that no other test has to meet one by luck.
import { connectRaw } from '@/db/connect';
import { findRunningEmbedded } from '@/db/embedded';
import { findSeed, KNOWN } from '@/e2e/kit/known-games';
import { createDataDir, startServer, type ServerProcess } from '@/e2e/kit/server-process';
import { expect, test as base } from '@/e2e/kit/test';
import type { ListedGame } from '@/lib/protocol/games-api';

type Served = ServerProcess & { readonly databaseUrl: string };

const test = base.extend<{ readonly shortGame: ListedGame }, { readonly served: Served }>({
  served: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures needed from this pattern.
    async ({}, use) => {
      const data = await createDataDir();
      // The first game after it lasts: the short one stays the newest that has ended.
      const fits = (rugTick: number, index: number) => (index < 0 ? rugTick === 1 : rugTick > 50);
      const seed = findSeed({ name: 'short', from: -1, to: 0, fits });
      const server = await startServer({ FEED: 'simulator', SIM_SEED: seed, SIM_SPEED: '2', DATA_DIR: data.path });
      await use({ ...server, databaseUrl: findRunningEmbedded(data.path)!.databaseUrl });
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

test('a game of which no price is on record says so in the list, on its page and when it is verified', async ({
  watchedPage: page,
  served,
}) => {
  const database = connectRaw({ databaseUrl: served.databaseUrl, statementLimitMs: 10_000 });
  await database.sql`
    insert into games (game_id, source, phase, ended_at, confirmed_at, listed_at, rug_tick, peak, version, verification, complete,
      ticks_repaired, ticks_corrected, server_seed, server_seed_hash)
    select ${KNOWN.gameId}, 'simulator', 'rugged', at, at, at, ${KNOWN.rugTick}, 1.2, 'v3', 'unverifiable', false, 0, 0, ${KNOWN.seed}, ${KNOWN.hash}
    from (select now() as at)`;
  await database.destroy();
  await page.goto(`${served.url}/games`);
  const row = page.locator(`[data-testid=game-row][data-game-id="${KNOWN.gameId}"]`);
  await expect(row).toContainText('no price on record');
  await page.goto(`${served.url}/games/${KNOWN.gameId}`);
  await expect(page.getByTestId('no-replay')).toContainText('nothing to replay');
  await page.goto(`${served.url}/verify?game=${KNOWN.gameId}`);
  await expect(page.getByTestId('check-report')).toContainText(`0 are the same, ${KNOWN.rugTick} are not on record`);
});
