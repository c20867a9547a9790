// Bets in a real browser, with a wallet that behaves as Phantom does and real transactions on the practice chain: from
// connecting to a bet won, one lost, one void and one refused, and all of them in the history. The simulator's games are
// known in advance, so the test knows what a bet placed now will be.
import type { BrowserContext, Page } from '@playwright/test';
import {
  GAMES,
  LONG,
  LOSING,
  SLACK_TICKS,
  STAKE,
  WINDOW_TICKS,
  WINNING,
  acceptOdds,
  acceptOddsBefore,
  amount,
  chooseVenue,
  connect,
  expectLedgerBalanced,
  expectReady,
  fund,
  latest,
  listBets,
  ownOrigin,
  place,
  placeWhen,
  running,
  test,
  ticket,
} from '@/e2e/kit/bet-page';
import { expect } from '@/e2e/kit/test';
import type { BetView } from '@/lib/protocol/bets-api';
import { formatSol, lamports } from '@/lib/units/lamports';

test.use({ baseURL: async ({ app }, use) => use(app.url) });
// Games run while a test waits for one that suits it.
test.setTimeout(240_000);

test('from connecting to a bet won, one void, one refused and one lost, all found in the history', async ({
  player: page,
}) => {
  const phantom = await connect(page, 'the whole way');
  await chooseVenue(page, 'Practice');
  await fund(page);

  await test.step('won, and paid by a real transaction', async () => {
    await amount(page).fill(STAKE);
    await placeWhen(page, LONG);
    // Declined once: nothing is placed without it.
    await expect(page.getByTestId('odds-dialog')).toBeVisible();
    await page.getByRole('button', { name: 'Not now' }).click();
    await expect(ticket(page)).toHaveAttribute('data-step', 'idle');
    await phantom.decide('refuse');
    await placeWhen(page, LONG, () => page.getByTestId('ticket-place').click());
    await acceptOdds(page);
    // The bet that was asked for goes on, and the wallet refuses it.
    const unsigned = page.getByTestId('desk-unsigned');
    await expect(unsigned).toContainText('You refused in Phantom');
    await unsigned.getByRole('button', { name: 'Take it back' }).click();
    await expect(ticket(page)).toHaveAttribute('data-step', 'idle');

    await placeWhen(page, WINNING);
    // One look: a window passes in three seconds, and on a busy machine the bet may be won by the next.
    await expect(running(page).and(page.locator('[data-state=active]')).or(latest(page)).first()).toContainText(
      /Active: tick \d+ of 40|Settling|Window over|Won/,
    );
    await expect(latest(page)).toHaveAttribute('data-state', 'paid');
    await expect(latest(page)).toContainText(/Won: \+0\.04 SOL/);
    await expect(latest(page)).toContainText('0.05 SOL were paid.');
  });

  await test.step('void: the game ended before it was signed, and the stake comes back', async () => {
    // Long enough to be asked while the game runs, short enough that it ends before the ticket expires.
    const rugged = page.locator('[data-testid=phase]:not([data-phase=active])');
    await phantom.decide('never');
    await placeWhen(page, { min: SLACK_TICKS, max: 150 });
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
    await placeWhen(page, LOSING);
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
    await page.getByRole('main').locator('a[href^="/sessions/"]').first().click();
    const listed = page.getByTestId('session-bet');
    await expect(listed).toHaveCount(4);
    for (const { id, state } of bets) {
      await expect(page.locator(`[data-testid=session-bet][data-bet-id="${id}"]`)).toHaveAttribute('data-state', state);
    }
    await page.goto(`/bets/${paid.id}`);
    await expect(page.getByRole('main')).toContainText('Won');
    await expect(page.getByRole('main')).toContainText('The practice chain says now: moved');
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
  await expectReady(page);
  await chooseVenue(page, 'Paper');
  await amount(page).fill(STAKE);
  await placeWhen(page, WINNING);
  const question = page.getByTestId('confirm-stake');
  await expect(question).toContainText('Place 0.01 SOL?');
  await expect(page.getByTestId('confirm-no')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  expect(await listBets(page)).toEqual([]);

  await placeWhen(page, WINNING);
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
  // Twice in each: a second press does nothing.
  await placeWhen(other, { min: SLACK_TICKS, max: Infinity }, async () => {
    await Promise.all([place(page), place(page), place(other), place(other)]);
  });
  for (const tab of [page, other]) await expect(running(tab).or(latest(tab)).first()).toBeVisible();
  const bets = await listBets(page);
  expect(bets.map(({ venue }) => venue)).toEqual(['paper']);
  for (const tab of [page, other]) {
    await expect(running(tab).or(latest(tab)).first()).toHaveAttribute('data-bet-id', bets[0]!.id);
  }
});

async function openBeside(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/');
  await expectReady(page);
  return page;
}

test('a network gone after signing: the tab keeps the signed bet, over a reload, and hands it over by itself', async ({
  player: page,
}) => {
  const phantom = await connect(page, 'network gone');
  await acceptOddsBefore(page);
  await chooseVenue(page, 'Practice');
  await fund(page);
  await page.route('**/api/bets/*/submit', (route) => route.abort());
  await placeWhen(page, LONG);
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
  const bets = [...GAMES].flatMap(([gameId, { index, sideBets }]) =>
    sideBets.map((bet) => ({ gameId, index, ...bet })),
  );
  const regular = findRegular(bets, await currentIndex(page));
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

type CrowdBet = { readonly index: number; readonly playerId: string };

/** Of the simulator's crowd, whoever bets in the most of the games to come: what they place on the site is known. */
function findRegular(bets: readonly CrowdBet[], current: number): string {
  const games = new Map<string, Set<number>>();
  for (const { playerId, index } of bets) {
    // Who is linked is noticed within ten seconds: by the second game from now.
    if (index < current + 2 || index > current + 6) continue;
    games.set(playerId, (games.get(playerId) ?? new Set()).add(index));
  }
  return [...games].sort(([, a], [, b]) => b.size - a.size)[0]![0];
}

async function currentIndex(page: Page): Promise<number> {
  const tick = page.getByTestId('tick');
  await expect(tick).toHaveAttribute('data-game-id', /./);
  return GAMES.get((await tick.getAttribute('data-game-id'))!)!.index;
}

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
  await expectReady(page);
  await chooseVenue(page, 'Assisted');
  await amount(page).fill('0.02');
  // The prepared ticket goes with its game.
  await placeWhen(page, LONG);
  await page.getByTestId('copy-amount').click();
  await expect(page.getByTestId('copy-amount')).toHaveText(`Copied ${formatSol(lamports(20_000_000n))}`);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('0.02');
  await expect(page.getByRole('link', { name: 'Open rugs.fun' })).toHaveAttribute('href', 'https://rugs.fun');
});
