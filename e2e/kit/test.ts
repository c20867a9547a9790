// The fixtures of every browser test: a running app shared by the tests of a file's worker, and a page that fails the test
// when it writes an error to the console, throws, or asks any other site for anything.
import { test as base, expect, type ConsoleMessage, type Page } from '@playwright/test';
import { findSeed } from '@/e2e/kit/known-games';
import { createDataDir, startServer, type ServerProcess } from '@/e2e/kit/server-process';

type TestFixtures = { readonly dashboard: Page; readonly watchedPage: Page };
type WorkerFixtures = { readonly app: ServerProcess };

/** Ten times as fast: a tick every 25 ms, a game in about five seconds. */
export const SPEED = 10;
/** A game that is over before it is seen, or one that outlasts a test's patience, comes only where a test asks for it. */
const RUG_TICKS = { min: 5, max: 700 };
/** More than are played while one worker's tests run. */
const GAMES = 100;

export { expect };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  app: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures needed from this pattern.
    async ({}, use) => {
      const data = await createDataDir();
      const app = await startServer({
        FEED: 'simulator',
        SIM_SPEED: String(SPEED),
        SIM_SEED: findSeed({
          name: 'end-to-end',
          from: -10,
          to: GAMES,
          fits: (rugTick) => rugTick >= RUG_TICKS.min && rugTick <= RUG_TICKS.max,
        }),
        DATA_DIR: data.path,
      });
      await use(app);
      await app.stop();
      await data.remove();
    },
    { scope: 'worker' },
  ],

  watchedPage: async ({ page }, use) => {
    const problems = watchForProblems(page);
    await use(page);
    expect(problems, 'errors in the browser, and requests to other sites').toEqual([]);
  },

  dashboard: async ({ watchedPage, app }, use) => {
    await watchedPage.goto(app.url);
    await use(watchedPage);
  },
});

/** What Chromium notes when a page itself closes a connection that is still being made: after a sign-out on a slow machine. */
const CLOSED_WHILE_CONNECTING = 'WebSocket is closed before the connection is established.';

export function isProblem(message: ConsoleMessage): boolean {
  const isLoud = message.type() === 'error' || message.type() === 'warning';
  return isLoud && !message.text().endsWith(CLOSED_WHILE_CONNECTING);
}

/** Lines for everything a page must not do; the list grows while the page lives. */
function watchForProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (isProblem(message)) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isOurs = ['data:', 'blob:'].includes(protocol) || ['localhost', '127.0.0.1'].includes(hostname);
    if (!isOurs) problems.push(`request to ${request.url()}`);
  });
  return problems;
}
