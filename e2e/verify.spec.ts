// The Verify page: the published generator replayed in a real browser, on games of the simulator.
import type { Page } from '@playwright/test';
import { startCommand } from '@/e2e/kit/command';
import { KNOWN } from '@/e2e/kit/known-games';
import { expect, test } from '@/e2e/kit/test';

type GameAnswer = { game: Record<string, unknown> & { gameId: string; serverSeed: string }; prices: number[] };

test.describe('verifying in the browser', () => {
  test('a game picked from the list is replayed and agrees in every bit', async ({ watchedPage, app }) => {
    await watchedPage.goto(`${app.url}/verify`);
    const newest = watchedPage.getByTestId('pick-game').first();
    const gameId = await newest.getAttribute('data-game-id');
    // By its id: a game that ends meanwhile comes before it.
    await watchedPage.locator(`[data-testid=pick-game][data-game-id="${gameId}"]`).getByRole('link').click();
    await expect(watchedPage).toHaveURL(`${app.url}/verify?game=${gameId}`);
    await expect(verdict(watchedPage)).toHaveText('Verified');
    expect(await outcomes(watchedPage)).toEqual(['ok', 'ok', 'ok', 'ok']);
    await expect(watchedPage.getByLabel('Game id')).toHaveValue(gameId!);

    const chart = watchedPage.getByTestId('chart-card');
    await expect(chart.locator('.recharts-line-curve')).toBeVisible();
    await chart.getByRole('radio', { name: 'Table' }).click();
    const rows = await chart
      .getByRole('row')
      .evaluateAll((all) => all.slice(1).map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
    expect(rows.length).toBeGreaterThan(0);
    for (const [, replayed, recorded] of rows) expect(replayed).toBe(recorded);
  });

  test('the figures behind the chart can be taken along', async ({ watchedPage, app }) => {
    const { game, prices } = await finishedGame(watchedPage, app.url);
    await watchedPage.goto(`${app.url}/verify?game=${game.gameId}`);
    const [download] = await Promise.all([
      watchedPage.waitForEvent('download'),
      watchedPage.getByRole('button', { name: 'Export Replayed path as JSON' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`fortytick-replay-${game.gameId}.json`);
    const rows = JSON.parse(await readAll(await download.createReadStream()));
    const drawn = prices.slice(0, -1);
    expect(rows).toEqual(drawn.map((price, tick) => ({ tick, replayedPrice: price, recordedPrice: price })));
  });

  test('one changed digit of the seed is found out, and where the path parts', async ({ watchedPage, app }) => {
    const { game } = await finishedGame(watchedPage, app.url);
    await watchedPage.goto(`${app.url}/verify?game=${game.gameId}`);
    await expect(verdict(watchedPage)).toHaveText('Verified');
    const last = game.serverSeed.endsWith('0') ? '1' : '0';
    await watchedPage.getByLabel(/^Server seed/).fill(game.serverSeed.slice(0, -1) + last);
    await expect(watchedPage.getByTestId('check-report')).toHaveCount(0);
    await press(watchedPage);
    await expect(verdict(watchedPage)).toHaveText('Does not agree');
    await expect(watchedPage.getByText(/first difference at tick \d+: replayed \S+, recorded \S+$/)).toBeVisible();
    expect((await outcomes(watchedPage))[0]).toBe('failed');
  });

  test('a pasted seed is checked without a word to the server', async ({ watchedPage, app }) => {
    await watchedPage.goto(`${app.url}/verify`);
    await expect(watchedPage.getByTestId('pick-game').first()).toBeVisible();
    const asked: string[] = [];
    watchedPage.on('request', (request) => {
      const { pathname } = new URL(request.url());
      // The list of games renews itself; the drawing library is a file like any other.
      if (pathname !== '/api/games' && !pathname.startsWith('/_next/'))
        asked.push(`${request.method()} ${request.url()}`);
    });
    await paste(watchedPage, KNOWN);
    await press(watchedPage);
    await expect(watchedPage.getByTestId('check-report')).toHaveAttribute('data-verdict', 'partly');
    await expect(watchedPage.getByText(`rugs at tick ${KNOWN.rugTick}`)).toBeVisible();
    await expect(watchedPage.locator('.recharts-line-curve')).toBeVisible();
    expect(await outcomes(watchedPage)).toEqual(['ok', 'open', 'open', 'open']);
    expect(asked).toEqual([]);
  });

  test('the command it offers says the same off-line', async ({ watchedPage, app }) => {
    await watchedPage.goto(`${app.url}/verify`);
    await paste(watchedPage, KNOWN);
    await press(watchedPage);
    const command = (await watchedPage.getByLabel('Command', { exact: true }).textContent()) ?? '';
    const [program, run, silent, name, separator, ...args] = command.split(' ');
    expect([program, run, silent, name, separator]).toEqual(['npm', 'run', '-s', 'verify-round', '--']);
    const offline = startCommand(['--import', 'tsx', 'bin/commands/verify-round.ts', ...args]);
    expect(await offline.exited, offline.output()).toMatchObject({ code: 0 });
    expect(JSON.parse(offline.output())).toMatchObject({ ok: true, hashOk: true, rugTick: KNOWN.rugTick });
  });

  test('says what it proves and what it cannot, and explains itself', async ({ watchedPage, app }) => {
    await watchedPage.goto(`${app.url}/verify`);
    await paste(watchedPage, KNOWN);
    await press(watchedPage);
    await expect(watchedPage.getByText(/^The seed was fixed when its hash was shown/)).toBeVisible();
    await expect(watchedPage.getByText(/^That the seed was drawn by chance/)).toBeVisible();
    const step = watchedPage.getByText(/^For each tick a number between 0 and 1 is drawn/);
    await expect(step).toBeHidden();
    await watchedPage.getByText('How the check works, step by step').click();
    await expect(step).toBeVisible();
  });
});

test.describe('what cannot be verified', () => {
  test('bad input is refused in words, field by field, and the first wrong field is ready to be mended', async ({
    watchedPage,
    app,
  }) => {
    await watchedPage.goto(`${app.url}/verify`);
    await press(watchedPage);
    await expect(watchedPage.getByText('Paste the server seed.')).toBeVisible();
    await expect(watchedPage.getByText('Paste the id of the game')).toBeVisible();
    await expect(watchedPage.getByLabel(/^Server seed/)).toBeFocused();
    await paste(watchedPage, { seed: 'not a seed', gameId: KNOWN.seed, hash: 'abc' });
    await press(watchedPage);
    await expect(watchedPage.getByText('character 1 is “n”')).toBeVisible();
    await expect(watchedPage.getByText('This is no game id.')).toBeVisible();
    await expect(watchedPage.getByText('The hash has 64 hex digits; this has 3')).toBeVisible();
    await expect(watchedPage.getByTestId('check-report')).toHaveCount(0);
  });

  test('an address that names no game, and one that names an unknown game', async ({ page, app }) => {
    await page.goto(`${app.url}/verify?game=yesterday`);
    await expect(page.getByText('“yesterday” is no game id.')).toBeVisible();
    await page.goto(`${app.url}/verify?game=20200101-0000000000000000`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText(/20200101-0000000000000000/);
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  for (const [title, change, words] of [
    ['a running game', { rugTick: null, serverSeed: null }, 'This game has not ended.'],
    ['a game whose seed has not come yet', { serverSeed: null }, 'Its seed has not been seen yet'],
    ['a game imported without seed', { serverSeed: null, serverSeedHash: null }, 'Its seed is not on record'],
    ['a game of an unknown generator', { version: 'v9' }, 'generator version v9, which is not published'],
  ] as const) {
    test(`${title} says so instead`, async ({ watchedPage, app }) => {
      const answer = await finishedGame(watchedPage, app.url);
      await watchedPage.route(`**/api/games/${answer.game.gameId}`, (route) =>
        route.fulfill({ json: { ...answer, game: { ...answer.game, ...change } } }),
      );
      await watchedPage.goto(`${app.url}/verify?game=${answer.game.gameId}`);
      await expect(watchedPage.getByTestId('cannot-verify')).toContainText(words);
      await expect(watchedPage.getByTestId('check-report')).toHaveCount(0);
    });
  }
});

test.describe('getting about', () => {
  test('the sections are in the header, the current one marked', async ({ dashboard }) => {
    const sections = dashboard.getByRole('navigation', { name: 'Sections' });
    await expect(sections.getByRole('link')).toHaveText(['Live', 'Games', 'Sessions', 'Analytics', 'Verify', 'Data']);
    await expect(sections.locator('[aria-current=page]')).toHaveText('Live');
    await sections.getByRole('link', { name: 'Verify' }).click();
    await expect(dashboard.getByRole('heading', { level: 1 })).toHaveText('Verify a game');
    await expect(sections.locator('[aria-current=page]')).toHaveText('Verify');
  });

  test('times change their zone together, and the choice is remembered', async ({ browser, app }) => {
    const context = await browser.newContext({ timezoneId: 'Asia/Kolkata' });
    const page = await context.newPage();
    await page.goto(`${app.url}/verify`);
    const zone = page.getByTestId('zone-switch');
    const ended = page.getByTestId('pick-game').first().locator('time');
    await expect(zone).toContainText('Times in Asia/Calcutta');
    await expect(page.getByRole('columnheader', { name: 'Ended (GMT+5:30)' })).toBeVisible();
    await zone.getByRole('radio', { name: 'UTC' }).click();
    await expect(page.getByRole('columnheader', { name: 'Ended (UTC)' })).toBeVisible();
    // Read at once: the list renews itself.
    const { iso, text } = await ended.evaluate((time) => ({
      iso: time.getAttribute('datetime'),
      text: time.textContent,
    }));
    expect(text).toBe(iso?.slice(11, 19));
    await page.reload();
    await expect(zone).toContainText('Times in UTC');
    await context.close();
  });

  for (const width of [320, 375]) {
    test(`on a phone of ${width} px nothing is scrolled sideways, and the outcome comes into view`, async ({
      watchedPage,
      app,
    }) => {
      await watchedPage.setViewportSize({ width, height: 740 });
      await watchedPage.goto(`${app.url}/verify`);
      await paste(watchedPage, KNOWN);
      await press(watchedPage);
      await expect(verdict(watchedPage)).toBeInViewport();
      await expect(watchedPage.locator('.recharts-line-curve')).toBeVisible();
      const overflow = await watchedPage.evaluate(() => {
        const root = document.documentElement;
        return root.scrollWidth - root.clientWidth;
      });
      expect(overflow).toBe(0);
    });
  }
});

function verdict(page: Page) {
  return page.getByTestId('verify-verdict');
}

function outcomes(page: Page): Promise<(string | null)[]> {
  return page.getByTestId('check-line').evaluateAll((lines) => lines.map((line) => line.getAttribute('data-outcome')));
}

async function paste(page: Page, { seed, gameId, hash }: { seed: string; gameId: string; hash: string }) {
  await page.getByLabel(/^Server seed/).fill(seed);
  await page.getByLabel('Game id').fill(gameId);
  await page.getByLabel(/^Hash shown before/).fill(hash);
}

function press(page: Page) {
  return page.getByRole('button', { name: 'Verify', exact: true }).click();
}

/** The newest game on record whose seed is known; the feed's history brings ten with its first frame. */
async function finishedGame(page: Page, url: string): Promise<GameAnswer> {
  let gameId: string | undefined;
  await expect
    .poll(async () => {
      const { games } = await (await page.request.get(`${url}/api/games?limit=20`)).json();
      gameId = games.find((game: { serverSeed: string | null }) => game.serverSeed !== null)?.gameId;
      return gameId;
    })
    .toBeTruthy();
  return (await page.request.get(`${url}/api/games/${gameId}`)).json();
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
