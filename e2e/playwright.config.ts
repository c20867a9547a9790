// End-to-end tests against the built app (npm test builds it first). Every test starts what it needs on ports and data
// folders of its own. One worker: server, database and browser share the machine, and timing is part of what is tested.
import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';

const inRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default defineConfig({
  testDir: '.',
  outputDir: inRoot('.cache/e2e'),
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  // A game at ten times the speed lasts about five seconds on average, and a long one half a minute.
  expect: { timeout: 20_000 },
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
