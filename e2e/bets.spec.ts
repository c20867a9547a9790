// Bets in a real browser, with a wallet that behaves as Phantom does and real transactions on the practice chain: from
// connecting to a bet won, one lost, one void and one refused, and all of them in the history. The simulator's games are
// known in advance, so the test knows what a bet placed now will be.
import { test as base, expect } from '@/e2e/kit/test';
import type { BrowserContext, Page } from '@playwright/test';
import { installPhantom, type Phantom } from '@/e2e/kit/phantom-provider';
import { knownGames } from '@/e2e/kit/known-games';
import { createDataDir, startServer, type ServerProcess } from '@/e2e/kit/server-process';
import type { BetView } from '@/lib/protocol/bets-api';
import { formatSol } from '@/lib/units/lamports';

const SEED = 'bets in the browser';
const HAZARD = 0.01;
/** A tick every 62 ms, a window in 2.5 s, ten seconds between games in 2.5 s. */
const SPEED = 4;
const GAMES = knownGames({ seed: SEED, hazard: HAZARD });
const RUG_TICKS = Object.fromEntries([...GAMES].map(([gameId, { rugTick }]) => [gameId, rugTick]));
/** Ticks that may pass between the press and the tick at which the chain confirms: half a window is generous. */
const SLACK_TICKS = 20;
const WINDOW_TICKS = 40;
const STAKE = '0.01';

const test = base.extend<{ readonly player: Page }, { readonly app: ServerProcess }>({
  // A refusal is an answer, though the browser notes it as a failed load; nothing else may go wrong.
  player: async ({ page }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (['error', 'warning'].includes(message.type()) && !isRefusal) problems.push(`console: ${message.text()}`);
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
        CHAIN_BLOCK_MS: '50',
        CHAIN_FINALITY_BLOCKS: '4',
        DATA_DIR: data.path,
      });
      await use(app);
      await app.stop();
      await data.remove();
    },
    { scope: 'worker' },
  ],
});
test.use({ baseURL: async ({ app }, use) => use(app.url) });
// Games run while a test waits for one that suits it.
test.setTimeout(180_000);

const ticket = (page: Page) => page.getByTestId('ticket');
const amount = (page: Page) => page.getByTestId('ticket-amount');
const running = (page: Page) => page.getByTestId('running-bet');
const latest = (page: Page) => page.getByTestId('latest-bet');

async function connect(page: Page, seed: string): Promise<Phantom> {
  const phantom = await installPhantom(page, { seed });
  await page.goto('/');
  await expect(ticket(page)).toHaveAttribute('data-action', 'connect');
  await page.getByTestId('ticket-place').click();
  await page.locator('[data-testid=wallet-choice][data-wallet=Phantom]').click();
  await expect(page.getByTestId('account-button')).toHaveAttribute('data-address', phantom.addresses[0]!);
  await expect(ticket(page)).toHaveAttribute('data-line', 'open');
  return phantom;
}

async function chooseVenue(page: Page, name: 'Paper' | 'Practice' | 'Assisted'): Promise<void> {
  await ticket(page).getByRole('radio', { name }).click();
  await expect(ticket(page)).toHaveAttribute('data-venue', name.toLowerCase());
}

/** As a player does it at first: the odds are told once, before the first bet. */
async function acceptOdds(page: Page): Promise<void> {
  const dialog = page.getByTestId('odds-dialog');
  await expect(dialog).toBeVisible();
  await expect(page.getByTestId('odds-statement')).toContainText('%');
  await dialog.getByRole('checkbox').check();
  await page.getByTestId('accept-odds').click();
  await expect(dialog).toBeHidden();
}

/** Accepts the odds by the API, where the test is about something else. */
async function acceptOddsBefore(page: Page): Promise<void> {
  const answer = await page.request.post('/api/account/accept-odds', { data: {}, headers: ownOrigin(page) });
  expect(answer.ok(), await answer.text()).toBe(true);
}

function ownOrigin(page: Page): Record<string, string> {
  return { origin: new URL(page.url()).origin };
}

/** Gives the wallet practice SOL where the ticket says that it has none. */
async function fund(page: Page): Promise<void> {
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

const WINNING = { min: SLACK_TICKS + 2, max: WINDOW_TICKS - 2 };
/** Time for a few questions and answers before the game ends. */
const LONG = { min: 2 * WINDOW_TICKS, max: Infinity };
const LOSING = { min: SLACK_TICKS + WINDOW_TICKS + 5, max: Infinity };

/** Enter in the field: one key places it. */
async function place(page: Page): Promise<void> {
  await amount(page).press('Enter');
}

async function listBets(page: Page): Promise<BetView[]> {
  const answer = await page.request.get('/api/bets?limit=50');
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { bets: BetView[] }).bets;
}

async function expectLedgerBalanced(page: Page): Promise<void> {
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

test('from connecting to a bet won, one void, one refused and one lost, all found in the history', async ({
  player: page,
}) => {
  const phantom = await connect(page, 'the whole way');
  await chooseVenue(page, 'Practice');
  await fund(page);

  await test.step('won, and paid by a real transaction', async () => {
    await amount(page).fill(STAKE);
    await awaitTicksLeft(page, LONG);
    await place(page);
    // Declined once: nothing is placed without it.
    await expect(page.getByTestId('odds-dialog')).toBeVisible();
    await page.getByRole('button', { name: 'Not now' }).click();
    await expect(ticket(page)).toHaveAttribute('data-step', 'idle');
    await phantom.decide('refuse');
    await awaitTicksLeft(page, LONG);
    await page.getByTestId('ticket-place').click();
    await acceptOdds(page);
    // The bet that was asked for goes on, and the wallet refuses it.
    const unsigned = page.getByTestId('desk-unsigned');
    await expect(unsigned).toContainText('You refused in Phantom');
    await unsigned.getByRole('button', { name: 'Take it back' }).click();
    await expect(ticket(page)).toHaveAttribute('data-step', 'idle');

    await awaitTicksLeft(page, WINNING);
    await place(page);
    await expect(running(page)).toHaveAttribute('data-state', 'active');
    await expect(running(page)).toContainText(/Active: tick \d+ of 40|Settling|Window over/);
    await expect(latest(page)).toHaveAttribute('data-state', 'paid');
    await expect(latest(page)).toContainText(/Won: \+0\.04 SOL/);
    await expect(latest(page)).toContainText('0.05 SOL were paid.');
  });

  await test.step('void: the game ended before it was signed, and the stake comes back', async () => {
    // Long enough to be asked while the game runs, short enough that it ends before the ticket expires.
    await awaitTicksLeft(page, { min: SLACK_TICKS, max: 200 });
    const rugged = page.locator('[data-testid=phase]:not([data-phase=active])');
    await phantom.decide('never');
    await place(page);
    await expect(page.getByTestId('sign-words')).toContainText('0.01 SOL');
    await expect(rugged).toBeVisible({ timeout: 25_000 });
    await phantom.answer('approve');
    await expect(latest(page)).toHaveAttribute('data-state', 'refunded');
    await expect(latest(page)).toContainText('The game had ended');
    await expect(latest(page)).toContainText('Your stake was given back.');
  });

  await test.step('refused: by the rules, before anything is asked', async () => {
    await amount(page).fill('1');
    await expect(page.locator('[data-rule=stake-fraction]')).toContainText('5.0 % of your bankroll');
    await expect(page.getByTestId('ticket-place')).toContainText('Refused');
    await place(page);
    await expect(ticket(page)).toHaveAttribute('data-step', 'idle');
    await amount(page).fill(STAKE);
  });

  await test.step('lost: the window passes with the game alive', async () => {
    await awaitTicksLeft(page, LOSING);
    await place(page);
    await expect(latest(page)).toHaveAttribute('data-state', 'lost', { timeout: 40_000 });
    await expect(latest(page)).toContainText('Lost: −0.01 SOL');
  });

  await test.step('all of them are in the history, with their transactions', async () => {
    const bets = await listBets(page);
    expect(bets.map(({ state }) => state)).toEqual(['lost', 'refunded', 'paid', 'expired']);
    const [lost, refunded, paid, expired] = bets as [BetView, BetView, BetView, BetView];
    const roles = ({ transactions }: BetView) => transactions.map(({ role }) => role);
    expect([roles(paid), roles(refunded), roles(expired)]).toEqual([['stake', 'payout'], ['stake', 'refund'], []]);
    expect(roles(lost)).toEqual(['stake']);
    expect(paid.paidLamports).toBe('50000000');
    expect(refunded).toMatchObject({ paidLamports: '10000000', reason: { code: 'game-ended' } });
    for (const bet of [paid, lost]) expect(bet.startTick! + WINDOW_TICKS).toBe(bet.endTick);
    await expectLedgerBalanced(page);
    await page.goto('/sessions');
    await expect(page.getByRole('main')).toContainText('Practice');
  });
});

test('on paper, without a wallet’s word; and a stake above the player’s own line is asked about twice', async ({
  player: page,
}) => {
  await connect(page, 'paper');
  await acceptOddsBefore(page);
  const lower = await page.request.put('/api/account/limits', {
    data: { highRiskLamports: '5000000' },
    headers: ownOrigin(page),
  });
  expect(lower.ok(), await lower.text()).toBe(true);
  await page.reload();
  await chooseVenue(page, 'Paper');
  await amount(page).fill(STAKE);
  await awaitTicksLeft(page, WINNING);
  await place(page);
  const question = page.getByTestId('confirm-stake');
  await expect(question).toContainText('Place 0.01 SOL?');
  await expect(page.getByTestId('confirm-no')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  expect(await listBets(page)).toEqual([]);

  await awaitTicksLeft(page, WINNING);
  await place(page);
  await page.getByTestId('confirm-yes').click();
  await expect(running(page)).toHaveAttribute('data-state', /submitted|active/);
  await expect(latest(page)).toHaveAttribute('data-state', 'paid');
  const [bet] = await listBets(page);
  expect(bet).toMatchObject({ venue: 'paper', state: 'paid', transactions: [], stakeLamports: '10000000' });
  await expectLedgerBalanced(page);
});

test('two tabs at once place one bet, and both show it', async ({ player: page, context }) => {
  await connect(page, 'two tabs');
  await acceptOddsBefore(page);
  await chooseVenue(page, 'Paper');
  const other = await openBeside(context);
  await chooseVenue(other, 'Paper');
  for (const tab of [page, other]) await amount(tab).fill(STAKE);
  await awaitTicksLeft(other, { min: SLACK_TICKS, max: Infinity });
  // Twice in each: a second press does nothing.
  await Promise.all([place(page), place(page), place(other), place(other)]);
  for (const tab of [page, other]) await expect(running(tab).or(latest(tab))).toBeVisible();
  const bets = await listBets(page);
  expect(bets.map(({ venue }) => venue)).toEqual(['paper']);
  for (const tab of [page, other]) {
    await expect(running(tab).or(latest(tab)).first()).toHaveAttribute('data-bet-id', bets[0]!.id);
  }
});

async function openBeside(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/');
  await expect(ticket(page)).toHaveAttribute('data-line', 'open');
  return page;
}

test('a network gone after signing: the tab keeps the signed bet, over a reload, and hands it over by itself', async ({
  player: page,
}) => {
  const phantom = await connect(page, 'network gone');
  await acceptOddsBefore(page);
  await chooseVenue(page, 'Practice');
  await fund(page);
  await awaitTicksLeft(page, LONG);
  await page.route('**/api/bets/*/submit', (route) => route.abort());
  await place(page);
  const kept = page.getByTestId('desk-kept');
  await expect(kept).toContainText('kept in this tab and sent by itself');
  expect((await listBets(page)).map(({ state }) => state)).toEqual(['prepared']);

  await page.reload();
  await expect(kept).toContainText('Do not sign again');
  await page.unroute('**/api/bets/*/submit');
  await expect(kept).toBeHidden();
  await expect
    .poll(async () => (await listBets(page)).map(({ state }) => state))
    .toEqual([expect.stringMatching(/^(paid|lost|refunded)$/)]);
  expect((await phantom.requests()).filter(({ method }) => method.includes('ransaction'))).toEqual([]);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await expectLedgerBalanced(page);
});

test('on the game’s own site: the ticket is copied, and the feed shows the bet and its end', async ({
  player: page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await connect(page, 'assisted');
  await acceptOddsBefore(page);
  // A regular of the simulator's crowd: what they place on the site is known in advance.
  const bets = [...GAMES].flatMap(([gameId, game]) => game.sideBets.map((bet) => ({ gameId, ...bet })));
  const counts = new Map<string, number>();
  for (const { playerId } of bets) counts.set(playerId, (counts.get(playerId) ?? 0) + 1);
  const [regular] = [...counts].sort(([, a], [, b]) => b - a)[0]!;
  const link = await page.request.put('/api/account/player-id', {
    data: { playerId: regular },
    headers: ownOrigin(page),
  });
  expect(link.ok(), await link.text()).toBe(true);
  await page.reload();
  await expect(ticket(page)).toHaveAttribute('data-line', 'open');
  await chooseVenue(page, 'Assisted');
  await expect(ticket(page)).toContainText('real money');

  await expect(running(page)).toHaveAttribute('data-state', 'active', { timeout: 90_000 });
  await expect(latest(page)).toHaveAttribute('data-state', /^(paid|lost)$/, { timeout: 60_000 });
  const found = (await listBets(page)).findLast(({ state }) => state === 'paid' || state === 'lost')!;
  expect(bets).toContainEqual(
    expect.objectContaining({
      gameId: found.gameId,
      startTick: found.startTick,
      stakeLamports: BigInt(found.stakeLamports),
    }),
  );
  const { rugTick } = GAMES.get(found.gameId)!;
  const wins = found.startTick! < rugTick && rugTick <= found.endTick!;
  expect(found.state).toBe(wins ? 'paid' : 'lost');
});

test('the amount of a prepared ticket is copied with one press', async ({ player: page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await connect(page, 'assisted copy');
  await acceptOddsBefore(page);
  const link = await page.request.put('/api/account/player-id', {
    data: { playerId: 'did:privy:aaaaaaaaaaaaaaaaaaaaaaaaa' },
    headers: ownOrigin(page),
  });
  expect(link.ok(), await link.text()).toBe(true);
  await page.reload();
  await chooseVenue(page, 'Assisted');
  await amount(page).fill('0.02');
  await awaitTicksLeft(page, { min: SLACK_TICKS, max: Infinity });
  await place(page);
  await page.getByTestId('copy-amount').click();
  await expect(page.getByTestId('copy-amount')).toHaveText(`Copied ${formatSol(20_000_000n as never)}`);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('0.02');
  await expect(page.getByRole('link', { name: 'Open rugs.fun' })).toHaveAttribute('href', 'https://rugs.fun');
});
