// The games pages in a real browser, on games of the simulator: the list and its filter, and a game replayed tick by tick.
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, test } from '@/e2e/kit/test';
import type { ListedGame } from '@/lib/protocol/games-api';

test.describe('the list of games', () => {
  test('shows each game with its path, and leads to it by keyboard', async ({ watchedPage: page, app, request }) => {
    await awaitGames(app.url, request);
    await page.goto(`${app.url}/games`);
    const rows = page.getByTestId('game-row');
    await expect(rows.nth(9)).toBeVisible();
    await expect(rows.nth(5).getByRole('img', { name: /price path/i })).toBeVisible();
    const link = rows.nth(5).getByRole('link');
    await link.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/games\/20\d{6}-[0-9a-f]{16}/);
    await expect(page.getByTestId('replay')).toBeVisible();
  });

  test('keeps its filter in the address, and shows only what fits', async ({ watchedPage: page, app, request }) => {
    await awaitGames(app.url, request);
    await page.goto(`${app.url}/games`);
    await page.getByLabel('Length from').fill('100');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/lengthMin=100/);
    await expectLengths(page, (rugTick) => rugTick >= 100);
    await page.reload();
    await expect(page.getByLabel('Length from')).toHaveValue('100');
    await expectLengths(page, (rugTick) => rugTick >= 100);
    await page.getByLabel('Fairness').selectOption('false');
    await expect(page.getByTestId('no-games')).toContainText('No game on record fits');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect(page).toHaveURL(/\/games$/);
    await expect(page.getByTestId('game-row').first()).toBeVisible();
  });

  test('exports what fits the filter', async ({ watchedPage: page, app, request }) => {
    await awaitGames(app.url, request);
    await page.goto(`${app.url}/games?lengthMax=2000&complete=true`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('fortytick-games-simulator.csv');
  });

  test('is cards on a phone, with nothing to scroll sideways', async ({ watchedPage: page, app, request }) => {
    await awaitGames(app.url, request);
    await page.setViewportSize({ width: 375, height: 740 });
    await page.goto(`${app.url}/games`);
    await expect(page.getByTestId('game-card').first()).toBeVisible();
    expect(await overflowOf(page)).toBe(0);
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page.getByLabel('Peak from')).toBeVisible();
  });
});

test.describe('when something is wrong', () => {
  // Refused requests are written to the console by the browser itself, so these pages are not watched.
  test('a filter that cannot be is answered in words', async ({ page, app }) => {
    await page.goto(`${app.url}/games?lengthMin=300&lengthMax=200`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('lengthMin is above lengthMax');
  });

  test('a game nobody knows is said to be unknown', async ({ page, app }) => {
    await page.goto(`${app.url}/games/20200101-0000000000000000`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Unknown game');
  });

  test('a server that is away leaves the list with a note and a way to try again', async ({ page, app, request }) => {
    await awaitGames(app.url, request);
    await page.route('**/api/games?**', (route) => route.abort());
    await page.goto(`${app.url}/games`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('cannot be reached');
    await page.unroute('**/api/games?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId('game-row').first()).toBeVisible();
  });
});

test.describe('one game', () => {
  test('is replayed by keyboard, with what was said then and what came of it', async ({
    watchedPage: page,
    app,
    request,
  }) => {
    const game = await awaitWatchedGame(app.url, request);
    await page.goto(`${app.url}/games/${game.gameId}?tick=10`);
    const moment = page.getByTestId('moment');
    await expect(moment).toHaveAttribute('data-tick', '10');
    await expect(page.getByTestId('moment-win')).toContainText('18.2');
    await expect(page.getByTestId('moment-outcome')).toContainText(`${game.rugTick! - 10} ticks later`);
    await expect(page.getByTestId('advice-then')).toContainText('Do not bet');

    await page.getByTestId('replay').focus();
    await page.keyboard.press('ArrowRight');
    await expect(moment).toHaveAttribute('data-tick', '11');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(moment).toHaveAttribute('data-tick', '21');
    await page.keyboard.press('Home');
    await expect(moment).toHaveAttribute('data-tick', '0');
    await page.keyboard.press('Space');
    await expect(page.getByTestId('replay-toggle')).toHaveAccessibleName('Pause');
    await expect.poll(async () => Number(await moment.getAttribute('data-tick'))).toBeGreaterThan(3);
    await page.keyboard.press('End');
    await expect(moment).toHaveAttribute('data-tick', String(game.rugTick));
    await expect(page.getByTestId('moment-outcome')).toContainText('rugged here');
    await expect(page.getByTestId('replay-toggle')).toHaveAccessibleName('Play');
  });

  test('is scrubbed on the chart, whose layers can be put away', async ({ watchedPage: page, app, request }) => {
    const game = await awaitWatchedGame(app.url, request);
    await page.goto(`${app.url}/games/${game.gameId}`);
    const chart = page.getByTestId('game-chart');
    // The very edge: in a long game the next pixel is already the next tick.
    await chart.click({ position: { x: 0, y: 60 } });
    await expect(page.getByTestId('moment')).toHaveAttribute('data-tick', '0');
    await expect(page.getByTestId('trade-marks').locator('path').first()).toBeAttached();
    await page.getByTestId('layer-trades').click();
    await expect(page.getByTestId('trade-marks')).toHaveCount(0);
    await page.getByTestId('replay').getByRole('radio', { name: 'Table' }).click();
    await expect(page.getByTestId('replay').getByRole('table')).toContainText('Arrived (UTC)');
  });

  test('shows its checks, its seed and its events, and is verified in the browser', async ({
    watchedPage: page,
    app,
    request,
  }) => {
    const game = await awaitWatchedGame(app.url, request);
    await page.goto(`${app.url}/games/${game.gameId}`);
    await expect(page.getByTestId('integrity')).toHaveAttribute('data-status', 'passed');
    expect(await page.getByTestId('check').count()).toBeGreaterThanOrEqual(6);
    await expect(page.getByTestId('fairness')).toContainText(game.serverSeed!);
    await expect(page.getByTestId('event').filter({ hasText: 'finished' })).toHaveCount(1);
    await expect(page.getByTestId('arrival')).toContainText(`${game.rugTick! + 1} of ${game.rugTick! + 1} ticks`);
    await page.getByRole('button', { name: 'Verify in your browser' }).click();
    await expect(page.getByTestId('check-report')).toHaveAttribute('data-verdict', 'verified');
  });

  test('leads to its neighbours and back', async ({ watchedPage: page, app, request }) => {
    const game = await awaitWatchedGame(app.url, request);
    await page.goto(`${app.url}/games/${game.gameId}`);
    await page.getByTestId('prev-game').click();
    await expect(page).not.toHaveURL(new RegExp(game.gameId));
    await expect(page.getByRole('heading', { level: 1 })).not.toContainText(game.gameId);
    await expect(page.getByTestId('replay')).toBeVisible();
    await page.getByTestId('next-game').click();
    await expect(page).toHaveURL(new RegExp(game.gameId));
    await expect(page.getByTestId('moment')).toHaveAttribute('data-tick', String(game.rugTick));
  });

  for (const width of [320, 375, 768]) {
    test(`fits a screen of ${width} px`, async ({ watchedPage: page, app, request }) => {
      const game = await awaitWatchedGame(app.url, request);
      await page.setViewportSize({ width, height: 740 });
      await page.goto(`${app.url}/games/${game.gameId}`);
      await expect(page.getByTestId('game-chart')).toBeVisible();
      expect(await overflowOf(page)).toBe(0);
    });
  }
});

test('the API is described on a page of its own', async ({ watchedPage: page, app }) => {
  await page.goto(`${app.url}/api-docs`);
  await expect(page.getByTestId('operation').filter({ hasText: '/api/games/export' })).toContainText('lengthMin');
  await expect(page.getByText(`curl -s '${app.url}/api/live'`)).toBeVisible();
  await page.getByText('Shape of the answer').first().click();
  await expect(page.getByText('sparkline').first()).toBeVisible();
});

async function awaitGames(url: string, request: APIRequestContext): Promise<void> {
  const count = async () => (await (await request.get(`${url}/api/games?complete=true&limit=100`)).json()).games.length;
  await expect.poll(count).toBeGreaterThanOrEqual(10);
}

/** A game that was watched from its start to its end, and has been checked. */
async function awaitWatchedGame(url: string, request: APIRequestContext): Promise<ListedGame> {
  let found: ListedGame | undefined;
  await expect
    .poll(
      async () => {
        const { games } = await (await request.get(`${url}/api/games?complete=true&lengthMin=60&limit=100`)).json();
        found = (games as ListedGame[]).find(
          (game) => game.startedAt !== null && game.ticksRepaired === 0 && game.checks,
        );
        return found !== undefined;
      },
      { timeout: 50_000 },
    )
    .toBe(true);
  return found!;
}

async function expectLengths(page: Page, fits: (rugTick: number) => boolean): Promise<void> {
  const read = () =>
    page.getByTestId('game-row').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.rugTick ?? ''));
  await expect.poll(async () => (await read()).filter((text) => text === '' || !fits(Number(text)))).toEqual([]);
}

function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
