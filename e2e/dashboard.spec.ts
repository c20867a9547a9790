// The dashboard in a real browser, on games of the simulator.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@/e2e/kit/test';

const VERDICT_OF_THE_RULE = /Skip.*wins 18\.2\s?% of the time, needs 20\.0\s?%/s;

test.describe('the dashboard', () => {
  test('moves tick by tick', async ({ dashboard }) => {
    const first = await awaitTick(dashboard, () => true);
    const later = await awaitTick(dashboard, ({ gameId, tick }) => gameId !== first.gameId || tick > first.tick);
    await awaitTick(dashboard, ({ gameId, tick }) => gameId !== later.gameId || tick > later.tick);
    await expect(dashboard.getByTestId('price')).toHaveText(/\d/);
    await expect(dashboard.getByTestId('chart')).toBeVisible();
  });

  test('says in words what the bet is worth', async ({ dashboard }) => {
    await expect(dashboard.getByTestId('verdict')).toHaveText(VERDICT_OF_THE_RULE);
    await expect(dashboard.getByTestId('win-probability')).toContainText('18.2');
    await expect(dashboard.getByTestId('break-even')).toContainText('20.0');
    await expect(dashboard.getByTestId('ev')).toContainText('0.09');
  });

  test('shows a rug, and then the next game', async ({ dashboard }) => {
    const running = await awaitTick(dashboard, ({ tick }) => tick >= 0);
    expect(await awaitRugBanner(dashboard)).toMatch(/Rugged at tick \d+/);
    const next = await awaitTick(dashboard, ({ gameId }) => gameId !== running.gameId);
    await awaitTick(dashboard, ({ gameId, tick }) => gameId !== next.gameId || tick > next.tick);
    await expect(dashboard.getByTestId('rug-banner')).toBeHidden();
  });

  test('counts the window of forty ticks down', async ({ dashboard }) => {
    const countdown = dashboard.getByTestId('window-countdown');
    await awaitTick(dashboard, () => true);
    const before = await countdown.textContent();
    await expect.poll(() => countdown.textContent()).not.toBe(before);
  });

  test('fills the tapes with trades and side bets', async ({ dashboard }) => {
    await expect(dashboard.getByTestId('tape-trade').first()).toBeVisible();
    await expect(dashboard.getByTestId('tape-sidebet').first()).toBeVisible();
  });

  test('lists the last ten games, each verified', async ({ dashboard }) => {
    const games = dashboard.getByTestId('recent-game');
    await expect(games).toHaveCount(10);
    await expect(
      games.filter({ has: dashboard.getByLabel(/^verified/i).or(dashboard.getByText(/^verified/i)) }),
    ).toHaveCount(10);
  });

  test('names its source', async ({ dashboard }) => {
    await expect(dashboard.getByTestId('feed-status')).toHaveAttribute('data-status', 'connected');
    await expect(dashboard.getByTestId('feed-status')).toHaveAttribute('data-source', 'simulator');
  });
});

test.describe('on a small screen', () => {
  for (const width of [320, 375, 768]) {
    test(`of ${width} px nothing has to be scrolled sideways`, async ({ watchedPage, app }) => {
      await watchedPage.setViewportSize({ width, height: 740 });
      await watchedPage.goto(app.url);
      await expect(watchedPage.getByTestId('verdict')).toHaveText(VERDICT_OF_THE_RULE);
      await expect(watchedPage.getByTestId('recent-game').first()).toBeVisible();
      const overflow = await watchedPage.evaluate(() => {
        const root = document.documentElement;
        return root.scrollWidth - root.clientWidth;
      });
      expect(overflow).toBe(0);
    });
  }
});

test.describe('themes', () => {
  test('dark is the default, light is a click away and is remembered', async ({ dashboard }) => {
    const ground = () => dashboard.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(luminance(await ground())).toBeLessThan(0.1);
    await dashboard.getByTestId('theme-toggle').click();
    await expect.poll(async () => luminance(await ground())).toBeGreaterThan(0.8);
    await dashboard.reload();
    expect(luminance(await ground())).toBeGreaterThan(0.8);
    await expect(dashboard.getByTestId('verdict')).toHaveText(VERDICT_OF_THE_RULE);
  });
});

test.describe('by keyboard alone', () => {
  test('every control is reached, shows that it is, and works', async ({ dashboard }) => {
    await expect(dashboard.getByTestId('verdict')).toHaveText(VERDICT_OF_THE_RULE);
    const toggle = dashboard.getByTestId('theme-toggle');
    await tabTo(dashboard, toggle);
    await expect.poll(() => toggle.evaluate(showsFocus)).toBe(true);
    await dashboard.keyboard.press('Enter');
    await expect(dashboard.locator('html')).toHaveClass(/light/);
    await dashboard.keyboard.press('Space');
    await expect(dashboard.locator('html')).toHaveClass(/dark/);
  });
});

type Tick = { readonly gameId: string; readonly tick: number };

/** Waits for a tick on screen that fits, and returns it. */
async function awaitTick(page: Page, fits: (tick: Tick) => boolean): Promise<Tick> {
  let seen: Tick | null = null;
  await expect
    .poll(
      async () => {
        const { gameId, tick } = await page.getByTestId('tick').evaluate((element) => ({ ...element.dataset }));
        seen = gameId && tick && /^\d+$/.test(tick) ? { gameId, tick: Number(tick) } : null;
        return seen !== null && fits(seen);
      },
      { timeout: 45_000, intervals: [50] },
    )
    .toBe(true);
  return seen!;
}

/** At this speed the banner shows for half a second: the page itself must look for it, at every frame. */
async function awaitRugBanner(page: Page): Promise<string> {
  const text = await page.waitForFunction(
    () => document.querySelector<HTMLElement>('[data-testid=rug-banner]')?.innerText,
    undefined,
    { polling: 'raf', timeout: 45_000 },
  );
  return String(await text.jsonValue());
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 50; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Fifty presses of Tab did not reach the control.');
}

function showsFocus(element: HTMLElement | SVGElement): boolean {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
}

/** Rough relative luminance of a CSS colour as Chromium computes it: rgb(…) or lab/oklab/oklch lightness. */
function luminance(colour: string): number {
  const [first = 0, second = 0, third = 0] = [...colour.matchAll(/-?[\d.]+/g)].map(([number]) => Number(number));
  if (colour.startsWith('rgb')) return (0.2126 * first + 0.7152 * second + 0.0722 * third) / 255;
  return colour.startsWith('lab') ? first / 100 : first;
}
