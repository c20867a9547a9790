// The ticket as a test works it: a server whose games are known, a page that may be refused, and the moves of a player.
import type { Page } from '@playwright/test';
import { findSeed, knownGames } from '@/e2e/kit/known-games';
import { installPhantom, type Phantom } from '@/e2e/kit/phantom-provider';
import { createDataDir, startServer, type ServerProcess } from '@/e2e/kit/server-process';
import { expect, isProblem, test as base } from '@/e2e/kit/test';
import type { BetView } from '@/lib/protocol/bets-api';

const HAZARD = 0.01;
/** Long enough to lose in, short enough not to wait for. The worker loads this file anew: the same day, the same seed. */
const SEED = findSeed({ name: 'bets', hazard: HAZARD, to: 5, fits: (rugTick) => rugTick >= 90 && rugTick <= 170 });
/** A tick every 83 ms, a window in 3.3 s, five seconds between games. */
const SPEED = 3;
export const GAMES = knownGames({ seed: SEED, hazard: HAZARD });
const RUG_TICKS = Object.fromEntries([...GAMES].map(([gameId, { rugTick }]) => [gameId, rugTick]));
/** Ticks that may pass between the press and the tick at which the chain confirms: half a window is generous. */
export const SLACK_TICKS = 20;
export const WINDOW_TICKS = 40;
export const STAKE = '0.01';

export const test = base.extend<{ readonly player: Page }, { readonly app: ServerProcess }>({
  // A refusal is an answer, though the browser notes it as a failed load; nothing else may go wrong.
  player: async ({ page }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (isProblem(message) && !isRefusal) problems.push(`console: ${message.text()}`);
    });
    await use(page);
    expect(problems, 'errors in the browser').toEqual([]);
  },
  app: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures needed from this pattern.
    async ({}, use) => {
      const data = await createDataDir();
      const app = await startServer({
        FEED: 'simulator',
        SIM_SEED: SEED,
        SIM_HAZARD: String(HAZARD),
        SIM_SPEED: String(SPEED),
        // A blockhash lives for 150 blocks: as long as a ticket may stay unsigned.
        CHAIN_BLOCK_MS: '200',
        CHAIN_FINALITY_BLOCKS: '3',
        DATA_DIR: data.path,
      });
      await use(app);
      await app.stop();
      await data.remove();
    },
    { scope: 'worker' },
  ],
});

export const ticket = (page: Page) => page.getByTestId('ticket');
export const amount = (page: Page) => page.getByTestId('ticket-amount');
export const running = (page: Page) => page.getByTestId('running-bet');
export const latest = (page: Page) => page.getByTestId('latest-bet');

export async function connect(page: Page, seed: string): Promise<Phantom> {
  const phantom = await installPhantom(page, { seed });
  await page.goto('/');
  await expect(ticket(page)).toHaveAttribute('data-action', 'connect');
  await page.getByTestId('ticket-place').click();
  await page.locator('[data-testid=wallet-choice][data-wallet=Phantom]').click();
  await expect(page.getByTestId('account-button')).toHaveAttribute('data-address', phantom.addresses[0]!);
  await expectReady(page);
  return phantom;
}

/** The account and its open bets are known. */
export async function expectReady(page: Page): Promise<void> {
  await expect(ticket(page)).toHaveAttribute('data-line', 'open');
  await expect(ticket(page)).toHaveAttribute('data-action', 'write-amount');
}

export async function chooseVenue(page: Page, name: 'Paper' | 'Practice' | 'Assisted'): Promise<void> {
  await ticket(page).getByRole('radio', { name }).click();
  await expect(ticket(page)).toHaveAttribute('data-venue', name.toLowerCase());
}

/** As a player does it at first: the odds are told once, before the first bet. */
export async function acceptOdds(page: Page): Promise<void> {
  const dialog = page.getByTestId('odds-dialog');
  await expect(dialog).toBeVisible();
  await expect(page.getByTestId('odds-statement')).toContainText('%');
  await dialog.getByRole('checkbox').check();
  await page.getByTestId('accept-odds').click();
  await expect(dialog).toBeHidden();
}

/** Accepts the odds by the API, where the test is about something else. */
export async function acceptOddsBefore(page: Page): Promise<void> {
  const answer = await page.request.post('/api/account/accept-odds', { data: {}, headers: ownOrigin(page) });
  expect(answer.ok(), await answer.text()).toBe(true);
}

export function ownOrigin(page: Page): Record<string, string> {
  return { origin: new URL(page.url()).origin };
}

/** Gives the wallet practice SOL where the ticket says that it has none. */
export async function fund(page: Page): Promise<void> {
  await amount(page).fill(STAKE);
  await page.getByTestId('ticket-airdrop').click();
  await expect(page.getByTestId('ticket-airdrop')).toBeHidden();
}

/** Waits until the running game has this many ticks left, as the test knows and the player cannot. */
async function awaitTicksLeft(page: Page, range: { min: number; max: number }): Promise<void> {
  await page.waitForFunction(
    ({ rugTicks, min, max }) => {
      const { gameId, tick } = document.querySelector<HTMLElement>('[data-testid=tick]')?.dataset ?? {};
      const isActive = document.querySelector<HTMLElement>('[data-testid=phase]')?.dataset.phase === 'active';
      const action = document.querySelector<HTMLElement>('[data-testid=ticket]')?.dataset.action;
      if (!isActive || !gameId || !tick || action !== 'place') return false;
      const left = (rugTicks[gameId] ?? NaN) - Number(tick);
      return left >= min && left <= max;
    },
    { rugTicks: RUG_TICKS, ...range },
    { polling: 'raf', timeout: 120_000 },
  );
}

export const WINNING = { min: SLACK_TICKS + 2, max: WINDOW_TICKS - 2 };
/** Time for a few questions and answers before the game ends. */
export const LONG = { min: 2 * WINDOW_TICKS, max: Infinity };
export const LOSING = { min: SLACK_TICKS + WINDOW_TICKS + 5, max: Infinity };

/** Enter in the field: one key places it. */
export async function place(page: Page): Promise<void> {
  await amount(page).press('Enter');
}

/**
 * Places once the game has this many ticks left. On a busy machine ticks come unsteadily, and the server then refuses as it
 * should; that is not what is tested here, so it is asked again.
 */
export async function placeWhen(
  page: Page,
  range: { min: number; max: number },
  press = () => place(page),
): Promise<void> {
  for (;;) {
    await awaitTicksLeft(page, range);
    await press();
    await expect(ticket(page)).not.toHaveAttribute('data-step', 'placing');
    const refused = page.getByTestId('desk-refused');
    if (!(await refused.isVisible()) || !/unsteady|stale/.test((await refused.textContent()) ?? '')) return;
    await refused.getByRole('button', { name: 'Close' }).click();
  }
}

export async function listBets(page: Page): Promise<BetView[]> {
  const answer = await page.request.get('/api/bets?limit=50');
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { bets: BetView[] }).bets;
}

export async function expectLedgerBalanced(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const { sum, chain } = (await (await page.request.get('/api/ledger/summary')).json()) as {
        sum: string;
        chain: { matches: boolean | null };
      };
      return { sum, matches: chain.matches };
    })
    .toEqual({ sum: '0', matches: true });
}
