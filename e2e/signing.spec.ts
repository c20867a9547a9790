// Signing a bet in a real browser, up to what the server has of it: with the practice wallet, with a Phantom that is only
// injected, and with one that changes what it signs. On the games of the bets, which run slowly enough to be bet on.
import type { Page } from '@playwright/test';
import {
  chooseVenue,
  listBets,
  STAKE,
  test,
  amount,
  acceptOddsBefore,
  ownOrigin,
  placeWhen,
  SLACK_TICKS,
} from '@/e2e/kit/bet-page';
import { installPhantom } from '@/e2e/kit/phantom-provider';
import { expect } from '@/e2e/kit/test';

test.use({ baseURL: async ({ app }, use) => use(app.url) });
// Games run while a test waits for one that suits it.
test.setTimeout(240_000);

async function signIn(page: Page, wallet: string): Promise<void> {
  await page.goto('/');
  await page.getByTestId('account-button').click();
  await page.locator(`[data-testid=wallet-choice][data-wallet="${wallet}"]`).click();
  if (wallet === 'Practice wallet') await page.getByTestId('practice-approve').click();
  await expectSignedIn(page);
}

async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.getByTestId('account-button')).toHaveAttribute('data-wallet', 'connected');
}

/** Up to the wallet. */
async function placeFunded(page: Page, beforePress = async () => {}): Promise<void> {
  await acceptOddsBefore(page);
  const answer = await page.request.post('/api/practice/airdrop', { data: {}, headers: ownOrigin(page) });
  expect(answer.ok(), await answer.text()).toBe(true);
  await page.reload();
  await expectSignedIn(page);
  await chooseVenue(page, 'Practice');
  await amount(page).fill(STAKE);
  await beforePress();
  await placeWhen(page, { min: SLACK_TICKS, max: Infinity });
}

async function readBet(page: Page): Promise<{ isSubmitted: boolean; transactions: number } | null> {
  const [bet] = await listBets(page);
  return bet ? { isSubmitted: bet.submittedAt !== null, transactions: bet.transactions.length } : null;
}

test('with the practice wallet shows in words what is signed', async ({ player: page }) => {
  await signIn(page, 'Practice wallet');
  await placeFunded(page);
  const question = page.getByTestId('practice-question');
  await expect(question).toContainText('Pays 0.01 practice SOL');
  await expect(question).toContainText('Notes “fortytick:bet:');
  await expect(question).toContainText('You pay the network’s fee.');
  await page.getByTestId('practice-approve').click();
  await expect.poll(async () => (await readBet(page))?.isSubmitted).toBe(true);
});

test('with a Phantom that is only injected', async ({ player: page }) => {
  const phantom = await installPhantom(page, { seed: 'injected', isStandard: false });
  await signIn(page, 'Phantom');
  await placeFunded(page);
  await expect.poll(async () => (await readBet(page))?.isSubmitted).toBe(true);
  expect((await phantom.requests()).map(({ method }) => method)).toEqual(['signTransaction']);
});

test('with a wallet that changes the transaction sends nothing, and says why', async ({ player: page }) => {
  const phantom = await installPhantom(page, { seed: 'tampering' });
  await signIn(page, 'Phantom');
  await placeFunded(page, () => phantom.decide('tamper'));
  await expect(page.getByTestId('desk-unsigned')).toContainText('Phantom changed the transaction');
  expect(await readBet(page)).toMatchObject({ isSubmitted: false, transactions: 0 });
});
