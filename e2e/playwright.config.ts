// End-to-end tests against the built app (npm test builds it first). Every file starts what it needs on ports and data
// folders of its own, so that two files can run at once: most of a test is waiting, for a page or for a game.
import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';

const inRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** They share a server whose games run slowly. */
const BETS = ['bets.spec.ts', 'signing.spec.ts'];

export default defineConfig({
  testDir: '.',
  outputDir: inRoot('.cache/e2e'),
  workers: 2,
  // The longest files first, or the other worker ends long before them.
  projects: [
    { name: 'bets', testMatch: BETS },
    { name: 'pages', testIgnore: BETS },
  ],
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Generous: on two cores another file's server, database and browser are at work beside a test's own.
  timeout: 120_000,
  // A game at ten times the speed lasts about five seconds on average, and the longest one there is (kit/test.ts) 18.
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROME || undefined,
      args: [
        '--no-sandbox', // It cannot be had as root, and only our own pages are opened.
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-default-apps',
        '--disable-sync',
        '--metrics-recording-only',
        '--no-first-run',
      ],
    },
  },
});
