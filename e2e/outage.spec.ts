// What happens when the feed falls silent, goes away and comes back, and when the server itself does. The simulator runs in this
// process, so that the test can silence it, stop it and start it again; the server takes it for the live site.
import { createDataDir, startServer, type ServerProcess } from '@/e2e/kit/server-process';
import { expect, SPEED, test as base } from '@/e2e/kit/test';
import { epochMs } from '@/lib/units/time';
import { startSimulator, type Simulator } from '@/server/simulator/start-simulator';

type Upstream = { readonly current: Simulator; stop(): Promise<void>; restart(): Promise<void> };

const test = base.extend<{ upstream: Upstream; watcher: ServerProcess }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures needed from this pattern.
  upstream: async ({}, use) => {
    const start = (port: number, seed: string) =>
      startSimulator({ port, seed, speed: SPEED, clock: () => epochMs(Date.now()) });
    let runs = 1;
    let current = await start(0, 'outage 1');
    const { port } = current;
    await use({
      get current() {
        return current;
      },
      stop: () => current.stop(),
      async restart() {
        current = await start(port, `outage ${++runs}`);
      },
    });
    await current.stop();
  },

  watcher: async ({ upstream }, use) => {
    const data = await createDataDir();
    const watcher = await startServer({ FEED: 'live', FEED_URL: upstream.current.url, DATA_DIR: data.path });
    await use(watcher);
    await watcher.stop();
    await data.remove();
  },
});

const CLAIM = /18\.2/;

test('a silent feed stops all claims, and a voice on it brings them back', async ({
  watcher,
  upstream,
  watchedPage,
}) => {
  await watchedPage.goto(watcher.url);
  const status = watchedPage.getByTestId('feed-status');
  await expect(watchedPage.getByTestId('win-probability')).toContainText(CLAIM);
  await expect(status).toHaveAttribute('data-status', 'connected');

  upstream.current.pause();
  await expect(status).toHaveAttribute('data-status', 'stale');
  await expect(watchedPage.getByTestId('verdict')).toContainText('No advice');
  await expect(watchedPage.getByTestId('win-probability')).not.toContainText(CLAIM);
  await expect(watchedPage.getByTestId('ev')).not.toContainText(/\d/);

  upstream.current.resume();
  await expect(status).toHaveAttribute('data-status', 'connected');
  await expect(watchedPage.getByTestId('win-probability')).toContainText(CLAIM);
});

test('a feed that goes away is called down, and followed again when it is back', async ({
  watcher,
  upstream,
  watchedPage,
}) => {
  await watchedPage.goto(watcher.url);
  const status = watchedPage.getByTestId('feed-status');
  await expect(watchedPage.getByTestId('win-probability')).toContainText(CLAIM);

  await upstream.stop();
  await expect(status).toHaveAttribute('data-status', 'down');
  await expect(watchedPage.getByTestId('verdict')).toContainText('No advice');
  await expect(watchedPage.getByTestId('win-probability')).not.toContainText(CLAIM);
  const health = await watchedPage.request.get(`${watcher.url}/api/health`);
  expect(await health.json()).toMatchObject({ status: 'down', checks: { feed: { status: 'down' } } });

  await upstream.restart();
  await expect(status).toHaveAttribute('data-status', 'connected', { timeout: 40_000 });
  await expect(watchedPage.getByTestId('win-probability')).toContainText(CLAIM);
  await expect(watchedPage.getByTestId('verdict')).toContainText('Skip');
});

test('a server that is killed and started again is found again by an open page', async ({ upstream, page }) => {
  // Not the watched page: a lost connection is an error to the browser's console, as it should be.
  const data = await createDataDir();
  const settings = { FEED: 'live', FEED_URL: upstream.current.url, DATA_DIR: data.path };
  const first = await startServer(settings);
  await page.goto(first.url);
  await expect(page.getByTestId('win-probability')).toContainText(CLAIM);

  await first.kill();
  await expect(page.getByTestId('feed-status')).toHaveAttribute('data-status', 'offline');
  await expect(page.getByTestId('win-probability')).not.toContainText(CLAIM);

  const second = await startServer({ ...settings, PORT: new URL(first.url).port });
  await expect(page.getByTestId('feed-status')).toHaveAttribute('data-status', 'connected', { timeout: 40_000 });
  await expect(page.getByTestId('win-probability')).toContainText(CLAIM);
  await second.stop();
  await data.remove();
});
