// The dashboard on frames recorded from the real site.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createDataDir, ROOT, startServer } from '@/e2e/kit/server-process';
import { expect, test } from '@/e2e/kit/test';

const CAPTURE = join(ROOT, '../shared/data/captures/2025-12-14.jsonl.gz');

test('a recorded capture plays on the dashboard as the live feed did', async ({ watchedPage }) => {
  test.skip(!existsSync(CAPTURE), 'the recorded capture is not here (../shared)');
  const data = await createDataDir();
  const server = await startServer({ FEED: 'replay', REPLAY_FILE: CAPTURE, REPLAY_SPEED: '1', DATA_DIR: data.path });
  await watchedPage.goto(server.url);
  await expect(watchedPage.getByTestId('feed-status')).toHaveAttribute('data-source', 'replay');
  await expect(watchedPage.getByTestId('tick')).toHaveAttribute('data-game-id', /^202512\d\d-[0-9a-f]{16}$/);
  await expect(watchedPage.getByTestId('verdict')).toContainText('18.2');
  await expect(watchedPage.getByTestId('recent-game')).toHaveCount(10);
  const health = await (await watchedPage.request.get(`${server.url}/api/health`)).json();
  expect(health.checks.ingest.deadLetters).toBe(0);
  await server.stop();
  await data.remove();
});
