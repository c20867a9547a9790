// A signed stake whose connection is lost is handed over wherever the player goes next, not only on the live page.
import {
  LONG,
  acceptOddsBefore,
  chooseVenue,
  connect,
  expectLedgerBalanced,
  fund,
  listBets,
  placeWhen,
  test,
} from '@/e2e/kit/bet-page';
import { expect } from '@/e2e/kit/test';

test.use({ baseURL: async ({ app }, use) => use(app.url) });
test.setTimeout(240_000);

test('a stake that was signed and not handed over is sent from another page', async ({ player: page }) => {
  const phantom = await connect(page, 'gone elsewhere');
  await acceptOddsBefore(page);
  await chooseVenue(page, 'Practice');
  await fund(page);
  await page.route('**/api/bets/*/submit', (route) => route.abort());
  await placeWhen(page, LONG);
  await expect(page.getByTestId('desk-kept')).toContainText('kept in this tab');

  // By a link, within the app: the ticket is gone, and what it kept is not.
  await page.getByRole('link', { name: 'Games' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Games');
  const kept = page.getByTestId('stake-sender').getByTestId('desk-kept');
  await expect(kept).toContainText('Do not sign again');
  expect((await listBets(page)).map(({ state }) => state)).toEqual(['prepared']);
  await page.unroute('**/api/bets/*/submit');
  await expect(kept).toBeHidden();
  await expect(page.getByTestId('bet-toast')).toContainText(/Won|Lost|Void/);
  await expect
    .poll(async () => (await listBets(page)).map(({ state }) => state))
    .toEqual([expect.stringMatching(/^(paid|lost|refunded)$/)]);
  expect((await phantom.requests()).filter(({ method }) => method.includes('ransaction'))).toHaveLength(1);
  expect(await page.evaluate(() => sessionStorage.getItem('fortytick.signed-stake'))).toBeNull();
  await expectLedgerBalanced(page);
});

test('a page that has nothing to hand over loads nothing for it', async ({ player: page }) => {
  const scripts: string[] = [];
  page.on('response', async (response) => {
    if (response.request().resourceType() === 'script') scripts.push(await response.text());
  });
  await connect(page, 'nothing kept');
  await page.goto('/games', { waitUntil: 'networkidle' });
  scripts.length = 0;
  await page.reload({ waitUntil: 'networkidle' });
  expect(scripts.join('')).toContain('fortytick.signed-stake');
  expect(scripts.join('')).not.toContain('Signed, but not handed over yet');
});
