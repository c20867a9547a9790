// The Data page and its API on a running app: what is measured is told, what is not is called unknown.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@/e2e/kit/test';
import { dataQualitySchema, type DataQuality } from '@/lib/protocol/data-quality';
import { EXPECTATIONS } from '@/lib/quality/expectations';

test('/api/data-quality tells every check, what waits, and how the days are covered', async ({ app, request }) => {
  const get = async (query = ''): Promise<DataQuality> =>
    dataQualitySchema.parse(await (await request.get(`${app.url}/api/data-quality${query}`)).json());
  await expect.poll(async () => (await get()).report !== null).toBe(true);
  const quality = await get();
  expect(quality.source).toBe('simulator');
  expect(quality.report!.checks.map(({ id }) => id)).toEqual(EXPECTATIONS.map(({ id }) => id));
  const statusOf = (id: string) => quality.report!.checks.find((check) => check.id === id)?.status;
  expect(statusOf('record-answers')).toBe('good');
  expect(statusOf('lost-facts')).toBe('good');
  // At ten times the pace of the game, intervals say nothing: unknown, and so never a hundred.
  expect(statusOf('interval-drift')).toBe('unknown');
  expect(quality.report!.score).toBeLessThan(100);
  expect(quality.backlog.dropped).toBe(0);
  // The ten games of the feed's history are covered at once; soon after midnight some of them are yesterday's.
  const total = ({ stored }: DataQuality, figure: 'complete' | 'failed') =>
    (stored?.coverage ?? []).reduce((sum, day) => sum + day[figure], 0);
  await expect.poll(async () => total(await get(), 'complete')).toBeGreaterThanOrEqual(10);
  expect(total(await get('?days=2'), 'failed')).toBe(0);
  expect((await get('?source=live')).stored!.coverage).toEqual([]);
});

for (const query of ['hours=0', 'hours=8761', 'hours=NaN', 'days=-1', 'days=1e9', 'source=both', 'hours=1&hours=2']) {
  test(`/api/data-quality refuses ${query} with a problem that names it`, async ({ app, request }) => {
    const response = await request.get(`${app.url}/api/data-quality?${query}`);
    expect(response.status()).toBe(400);
    expect(response.headers()['content-type']).toContain('application/problem+json');
    expect((await response.json()).detail).toContain(query.split('=')[0]);
  });
}

test('the page tells the score, every check in words, and the days as a calendar, a table and a file', async ({
  app,
  watchedPage,
}) => {
  await watchedPage.goto(`${app.url}/data`);
  await expect(watchedPage.getByTestId('score')).toContainText(/\d+(\.\d)? to 100 of 100/);
  await expect(watchedPage.getByTestId('check')).toHaveCount(EXPECTATIONS.length);
  const intervals = watchedPage.locator('[data-check=interval-drift]');
  await expect(intervals).toContainText('Unknown');
  await expect(intervals).toContainText('10 times the pace');
  await expect(watchedPage.getByTestId('alerts-panel')).toContainText('No alert is raised');
  await expect(watchedPage.getByTestId('alert-hint')).toHaveCount(0);
  await expect(watchedPage.getByTestId('holds-panel')).toContainText('games');

  const card = watchedPage.getByTestId('chart-card').filter({ hasText: 'Coverage by day' });
  await expect(card.locator('[data-day]').first()).toContainText('complete');
  await card.getByRole('radio', { name: 'Table' }).click();
  await expect(card.getByRole('table')).toContainText('Ticks repaired');
  const download = watchedPage.waitForEvent('download');
  await card.getByRole('button', { name: 'Export Coverage by day as CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv.split('\r\n')[0]).toBe('day,games,complete,verified,failed,unverifiable,unchecked,ticks,repairedShare');
  expect(csv.split('\r\n')[1]).toMatch(/^20\d\d-\d\d-\d\d,\d+,\d+/);

  // Real games are another record, and there are none here.
  await watchedPage.getByRole('radio', { name: 'Real games' }).click();
  await expect(card).toContainText('No finished game of the last six weeks');
});

test('times follow the zone that the reader chose, and name it', async ({ app, watchedPage }) => {
  await watchedPage.goto(`${app.url}/data`);
  await expect(watchedPage.getByTestId('score-panel')).toContainText(/Report of \d\d:\d\d:\d\d/);
  await watchedPage.getByTestId('zone-switch').getByRole('radio', { name: 'UTC' }).click();
  await expect(watchedPage.getByTestId('score-panel')).toContainText(/Report of \d\d:\d\d:\d\d UTC/);
});

test('the page fits a phone', async ({ app, watchedPage }) => {
  await watchedPage.setViewportSize({ width: 375, height: 800 });
  await watchedPage.goto(`${app.url}/data`);
  await expect(watchedPage.getByTestId('check')).toHaveCount(EXPECTATIONS.length);
  const overflow = await watchedPage.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test('a server that does not answer is told in its own words, and asked again on request', async ({ app, page }) => {
  // Not the watched page: a refused request is an error to the browser's console.
  let isAway = true;
  await page.route('**/api/data-quality*', (route) =>
    isAway
      ? route.fulfill({ status: 503, json: { title: 'Starting', detail: 'Fortytick is still starting.' } })
      : route.continue(),
  );
  await page.goto(`${app.url}/data`);
  const score = page.getByTestId('score-panel');
  await expect(score.getByRole('alert')).toContainText('Fortytick is still starting.');
  isAway = false;
  await score.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('score')).toBeVisible();
});

test('a raised alert comes first, a resolved one after it', async ({ app, watchedPage }) => {
  await watchedPage.route('**/api/data-quality*', async (route) => {
    const answer = (await (await route.fetch()).json()) as DataQuality;
    const at = answer.serverTime - 300_000;
    const alert = {
      severity: 'critical',
      detail: 'For five minutes.',
      since: at,
      updatedAt: at,
      notifiedAt: null,
    } as const;
    await route.fulfill({
      json: {
        ...answer,
        alerts: [
          { ...alert, id: 'frame-age', state: 'raised', title: 'The feed is silent', resolvedAt: null },
          { ...alert, id: 'clock-skew', state: 'resolved', title: 'Clocks', resolvedAt: at + 60_000 },
        ],
      } satisfies DataQuality,
    });
  });
  await watchedPage.goto(`${app.url}/data`);
  const alerts = watchedPage.getByTestId('alert');
  await expect(alerts.first()).toContainText('The feed is silent');
  await expect(alerts.first()).toContainText('Since');
  await expect(alerts.nth(1)).toContainText('resolved');
});
