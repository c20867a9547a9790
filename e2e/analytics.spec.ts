// The Analytics page on games the test has watched: its figures, its charts as tables and exports, its ranges, and what it
// says when there is nothing or no answer.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createDataDir, startServer, type ServerProcess } from '@/e2e/kit/server-process';
import { expect, test } from '@/e2e/kit/test';
import { performanceSchema } from '@/lib/protocol/analytics';

const GAMES = 20;
const CHARTS = [
  'Said against happened',
  'Rug hazard by tick',
  'Error of the predicted end, over time',
  'Bias of the predicted end',
  'Strategies, as if followed',
  'Running total of every strategy',
  'How often the crowd won',
  'Length of the games by hour of the day',
] as const;

let app: ServerProcess;
let data: Awaited<ReturnType<typeof createDataDir>>;

test.beforeAll(async ({ request }) => {
  data = await createDataDir();
  app = await startServer({ FEED: 'simulator', SIM_SPEED: '200', SIM_SEED: 'analytics', DATA_DIR: data.path });
  const games = async () => {
    const answer = await request.get(`${app.url}/api/analytics/performance?hours=24`);
    return performanceSchema.parse(await answer.json()).range.games;
  };
  await expect.poll(games, { timeout: 100_000 }).toBeGreaterThanOrEqual(GAMES);
});

test.afterAll(async () => {
  await app.stop();
  await data.remove();
});

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

test('tells how good the predictions were, in figures that hold', async ({ watchedPage }) => {
  await watchedPage.goto(`${app.url}/analytics?range=day`);
  await expect(watchedPage.getByTestId('range-note')).toContainText(
    /simulated games from .+ to .+predictions made live/,
  );
  const accuracy = watchedPage.getByTestId('accuracy-panel');
  await expect(accuracy).toContainText('the predictions said 18.2 %');
  await expect(watchedPage.getByTestId('crowd-panel')).toContainText(
    'The published rule gives 18.2 %; a bet needs 20.0 %',
  );
  await expect(watchedPage.getByTestId('patterns-panel')).toContainText('tests together');
});

test('has every chart as a table too, with an export of the same rows', async ({ watchedPage }) => {
  await watchedPage.goto(`${app.url}/analytics?range=day`);
  for (const title of CHARTS) {
    const chart = card(watchedPage, title);
    await chart.getByRole('radio', { name: 'Table' }).click();
    const rows = await chart.getByRole('table').locator('tbody tr').count();
    expect(rows, title).toBeGreaterThan(0);
    const [download] = await Promise.all([
      watchedPage.waitForEvent('download'),
      chart.getByRole('button', { name: /CSV/ }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines.length - 1, title).toBe(rows);
  }
});

test('keeps range and games in the address', async ({ watchedPage }) => {
  await watchedPage.goto(`${app.url}/analytics`);
  await watchedPage.getByRole('radio', { name: '24 h' }).click();
  await expect(watchedPage).toHaveURL(/range=day/);
  await watchedPage.getByRole('radio', { name: 'Real games' }).click();
  await expect(watchedPage).toHaveURL(/source=live/);
  await expect(watchedPage.getByTestId('accuracy-panel')).toContainText('No game in this range has ended');
  await expect(card(watchedPage, 'Rug hazard by tick')).toContainText('No finished game in this range.');
  await watchedPage.reload();
  await expect(watchedPage.getByRole('radio', { name: 'Real games' })).toBeChecked();
});

test('lets the games be chosen before the first answer, and marks none until then', async ({ watchedPage }) => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await watchedPage.route('**/api/analytics/**', async (route) => {
    await asked;
    await route.continue().catch(() => {}); // Given up by the page meanwhile.
  });
  await watchedPage.goto(`${app.url}/analytics`);
  const games = watchedPage.getByRole('radiogroup', { name: 'Games' });
  await expect(games.getByRole('radio', { checked: true })).toHaveCount(0);
  await games.getByRole('radio', { name: 'Real games' }).click();
  await expect(watchedPage).toHaveURL(/source=live/);
  await expect(games.getByRole('radio', { name: 'Real games' })).toBeChecked();
  answer();
  await expect(watchedPage.getByTestId('accuracy-panel')).toContainText('No game in this range has ended');
});

test('says why there are no figures, and gets them when asked again', async ({ page }) => {
  await page.route('**/api/analytics/calibration*', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ title: 'Record unavailable', detail: 'The database does not answer.', status: 503 }),
    }),
  );
  await page.goto(`${app.url}/analytics?range=day`);
  const hazard = card(page, 'Rug hazard by tick');
  await expect(hazard.getByRole('alert')).toContainText('Record unavailable. The database does not answer.');
  await expect(page.getByTestId('accuracy-panel')).toContainText('the predictions said');
  await page.unroute('**/api/analytics/calibration*');
  await hazard.getByRole('button', { name: 'Try again' }).click();
  await expect(hazard.getByTestId('chart-reading')).toContainText('published 0.500 %');
});

test('fits a phone', async ({ watchedPage }) => {
  await watchedPage.setViewportSize({ width: 375, height: 812 });
  await watchedPage.goto(`${app.url}/analytics?range=day`);
  await expect(card(watchedPage, 'Said against happened').getByTestId('chart-reading')).toBeVisible();
  const overflow = await watchedPage.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
