// Signing in with a wallet in a real browser: with a provider that behaves as Phantom does, and with the practice wallet.
import type { Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { installPhantom } from '@/e2e/kit/phantom-provider';
import { expect, test } from '@/e2e/kit/test';

const button = (page: Page) => page.getByTestId('account-button');
const outcome = (page: Page) => page.getByTestId('wallet-outcome');

async function choose(page: Page, wallet: string): Promise<void> {
  await page.locator(`[data-testid=wallet-choice][data-wallet="${wallet}"]`).click();
}

async function expectSignedIn(page: Page, address?: string): Promise<void> {
  await expect(button(page)).toHaveAttribute('data-wallet', 'connected');
  if (address) await expect(button(page)).toHaveAttribute('data-address', address);
}

/** Who the server takes this browser for. */
async function whoAmI(page: Page): Promise<string | null> {
  const answer = await page.request.get('/api/auth/me');
  const { account } = (await answer.json()) as { account: { publicKey: string } | null };
  return account?.publicKey ?? null;
}

test.use({ baseURL: async ({ app }, use) => use(app.url) });

test.describe('signing in with Phantom', () => {
  for (const [how, options] of [
    ['as a standard wallet with a sign-in of its own', {}],
    ['as a standard wallet that signs messages', { hasSignIn: false }],
    ['that is only injected', { isStandard: false }],
  ] as const) {
    test(`${how}: one click connects and signs in, and coming back is silent`, async ({ watchedPage: page }) => {
      const phantom = await installPhantom(page, options);
      await page.goto('/');
      await button(page).click();
      await choose(page, 'Phantom');
      await expectSignedIn(page, phantom.addresses[0]);
      await expect(page.getByTestId('wallet-chooser')).toBeHidden();
      await expect(button(page)).toBeFocused();
      expect(await whoAmI(page)).toBe(phantom.addresses[0]);
      expect((await phantom.requests()).every(({ decision }) => decision === 'approve')).toBe(true);
      await page.reload();
      await expectSignedIn(page, phantom.addresses[0]);
      expect(await phantom.requests(), 'asked again after the reload').toEqual([]);
    });
  }

  test('refused says so, and works when it is approved after all', async ({ watchedPage: page }) => {
    const phantom = await installPhantom(page);
    await page.goto('/');
    await button(page).click();
    await phantom.decide('refuse');
    await choose(page, 'Phantom');
    await expect(outcome(page)).toHaveAttribute('data-code', 'refused');
    await expect(outcome(page)).toContainText('You refused in Phantom');
    expect(await whoAmI(page)).toBeNull();
    await choose(page, 'Phantom');
    await expectSignedIn(page, phantom.addresses[0]);
  });

  test('while it has a request open already says what to do about it', async ({ watchedPage: page }) => {
    const phantom = await installPhantom(page);
    await page.goto('/');
    await phantom.decide('never');
    await page.evaluate(() => {
      const { phantom: injected } = window as unknown as { phantom: { solana: { connect(): Promise<unknown> } } };
      void injected.solana.connect().catch(() => undefined);
    });
    await button(page).click();
    await choose(page, 'Phantom');
    await expect(outcome(page)).toHaveAttribute('data-code', 'wallet-busy');
    await phantom.answer('refuse');
    await choose(page, 'Phantom');
    await expectSignedIn(page);
  });

  test('that never answers can be left, and the same request is taken up again', async ({ watchedPage: page }) => {
    const phantom = await installPhantom(page);
    await page.goto('/');
    await button(page).click();
    await phantom.decide('never');
    await choose(page, 'Phantom');
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(outcome(page)).toHaveAttribute('data-code', 'no-answer');
    await choose(page, 'Phantom');
    await expect(page.getByText('Waiting for Phantom')).toBeVisible();
    await phantom.answer('approve');
    await expectSignedIn(page);
    expect(await phantom.requests()).toEqual([{ method: 'signIn', decision: 'never' }]);
  });

  test('that is not installed leads to it, and to the practice wallet', async ({ watchedPage: page }) => {
    await page.goto('/');
    await button(page).click();
    await expect(page.getByTestId('install-phantom')).toBeFocused();
    await expect(page.getByTestId('install-phantom')).toHaveAttribute('href', /^https:\/\/phantom\.com/);
    await expect(page.locator('[data-wallet="Practice wallet"]')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(button(page)).toBeFocused();
  });
});

test.describe('the wallet of somebody who is signed in', () => {
  test('changing its account signs the old one out, and offers the new one', async ({ watchedPage: page }) => {
    const phantom = await installPhantom(page);
    await page.goto('/');
    await button(page).click();
    await choose(page, 'Phantom');
    await expectSignedIn(page, phantom.addresses[0]);
    await phantom.switchAccount(1);
    await expect(outcome(page)).toHaveAttribute('data-code', 'account-changed');
    await expect(button(page)).toHaveAttribute('data-status', 'signed-out');
    await expect.poll(() => whoAmI(page)).toBeNull();
    // Parts of the page that were still asking for the old player are answered with 401: the words stay all the same.
    await page.waitForLoadState('networkidle');
    await expect(outcome(page)).toHaveAttribute('data-code', 'account-changed');
    await page.getByRole('button', { name: 'Sign in with Phantom' }).click();
    await expectSignedIn(page, phantom.addresses[1]);
    expect(await whoAmI(page)).toBe(phantom.addresses[1]);
  });

  for (const isStandard of [true, false]) {
    test(`changing to an account it does not share signs out too (${isStandard ? 'standard' : 'injected'})`, async ({
      watchedPage: page,
    }) => {
      const phantom = await installPhantom(page, { sharedAccounts: [0], isStandard });
      await page.goto('/');
      await button(page).click();
      await choose(page, 'Phantom');
      await expectSignedIn(page);
      await phantom.switchAccount(1);
      await expect(outcome(page)).toHaveAttribute('data-code', 'account-changed');
      await expect.poll(() => whoAmI(page)).toBeNull();
    });
  }

  test('changed while the page was closed is noticed on coming back', async ({ watchedPage: page }) => {
    const phantom = await installPhantom(page);
    await page.goto('/');
    await button(page).click();
    await choose(page, 'Phantom');
    await expectSignedIn(page);
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem('phantom-of-the-test')!) as object;
      localStorage.setItem('phantom-of-the-test', JSON.stringify({ ...kept, account: 2 }));
    });
    await page.reload();
    await expect(outcome(page)).toHaveAttribute('data-code', 'account-changed');
    await page.getByRole('button', { name: 'Sign in with Phantom' }).click();
    await expectSignedIn(page, phantom.addresses[2]);
  });

  test('that forgot this site is not asked on coming back; the sign-in stands', async ({ watchedPage: page }) => {
    const phantom = await installPhantom(page);
    await page.goto('/');
    await button(page).click();
    await choose(page, 'Phantom');
    await expectSignedIn(page);
    await phantom.revoke();
    await expect(button(page)).toHaveAttribute('data-wallet', 'away');
    await page.reload();
    await expect(button(page)).toHaveAttribute('data-address', phantom.addresses[0]!);
    await expect(button(page)).toHaveAttribute('data-wallet', 'away');
    expect(await phantom.requests()).toEqual([]);
  });
});

test('signing out clears everything, in every tab', async ({ watchedPage: page, context }) => {
  const phantom = await installPhantom(page);
  await page.goto('/');
  const keysBefore = await page.evaluate(() => Object.keys(localStorage));
  await button(page).click();
  await choose(page, 'Phantom');
  await expectSignedIn(page);
  const other = await context.newPage();
  await other.goto('/games');
  await expect(button(other)).toHaveAttribute('data-address', phantom.addresses[0]!);
  await button(page).click();
  await page.getByTestId('sign-out').click();
  await expect(button(page)).toHaveText('Connect');
  await expect(button(other)).toHaveText('Connect');
  expect(await whoAmI(page)).toBeNull();
  expect((await context.cookies()).map(({ name }) => name)).toEqual([]);
  const keysAfter = await page.evaluate(() => Object.keys(localStorage));
  expect(keysAfter.filter((key) => key !== 'phantom-of-the-test').sort()).toEqual(keysBefore.sort());
  await page.reload();
  await expect(button(page)).toHaveText('Connect');
  expect(await phantom.requests()).toEqual([]);
});

test.describe('the practice wallet', () => {
  async function signIn(page: Page): Promise<void> {
    await button(page).click();
    await choose(page, 'Practice wallet');
    const question = page.getByTestId('practice-question');
    await expect(question).toContainText('no real money');
    await expect(question).toContainText('Sign in to Fortytick');
    await page.getByTestId('practice-approve').click();
    await expectSignedIn(page);
  }

  test('needs nothing installed, asks first, is marked, and comes back silently', async ({ watchedPage: page }) => {
    await page.goto('/');
    await button(page).click();
    await choose(page, 'Practice wallet');
    await page.getByTestId('practice-refuse').click();
    await expect(outcome(page)).toHaveAttribute('data-code', 'refused');
    await page.keyboard.press('Escape');
    await signIn(page);
    const address = await button(page).getAttribute('data-address');
    expect(await whoAmI(page)).toBe(address);
    await page.reload();
    await expectSignedIn(page, address!);
    await expect(page.getByTestId('practice-question')).toBeHidden();
    await button(page).click();
    await expect(page.getByTestId('account-panel')).toContainText('Practice wallet · no real money');
    await expect(page.getByTestId('practice-balance')).toHaveText('0 SOL');
    await page.getByTestId('airdrop').click();
    await expect(page.getByTestId('practice-balance')).toHaveText(/^[1-9][\d.]* SOL$/);
  });

  test('gives its key away when asked twice, and forgets it when asked twice', async ({ watchedPage: page }) => {
    await page.goto('/');
    await signIn(page);
    await button(page).click();
    await page.getByRole('button', { name: 'Export key' }).click();
    await expect(page.getByTestId('practice-key')).toHaveText(/^[1-9A-HJ-NP-Za-km-z]{86,88}$/);
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.getByRole('button', { name: 'Forget key' }).click();
    await page.getByTestId('forget-key').click();
    await expect(button(page)).toHaveText('Connect');
    expect(await page.evaluate(() => localStorage.getItem('fortytick.practice-wallet.v1'))).toBeNull();
  });
});

test.describe('somebody who does not sign in', () => {
  /** Of the live page before there were wallets, every script of its HTML gzipped, and what wallets may add. */
  const BEFORE_BYTES = 243_700;
  const GROWTH_BYTES_MAX = 15_000;
  /** Words that only wallet code has. */
  const WALLET_CODE = /wallet-standard:|standard:connect|isPhantomInstalled|solana:signTransaction|ed25519/i;

  test('loads no wallet code', async ({ watchedPage: page, app }) => {
    const scripts = new Map<string, string>();
    page.on('response', async (response) => {
      if (response.url().endsWith('.js')) scripts.set(new URL(response.url()).pathname, await response.text());
    });
    await page.goto('/');
    await expect(page.getByTestId('win-probability')).toContainText('18.2');
    await expect(button(page)).toHaveText('Connect');
    await page.waitForLoadState('networkidle').catch(() => undefined);
    for (const [path, text] of scripts) expect(WALLET_CODE.exec(text)?.[0], path).toBeUndefined();

    const html = await (await fetch(app.url)).text();
    const paths = [...html.matchAll(/<script[^>]+src="([^"]+\.js)"(?![^>]*noModule)/gi)].map(([, path]) => path!);
    const bodies = await Promise.all(
      [...new Set(paths)].map(async (path) => Buffer.from(await (await fetch(new URL(path, app.url))).arrayBuffer())),
    );
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    console.log(
      `first load of /: ${(bytes / 1_000).toFixed(1)} kB gzipped, ${(BEFORE_BYTES / 1_000).toFixed(1)} kB before`,
    );
    expect(bytes).toBeLessThan(BEFORE_BYTES + GROWTH_BYTES_MAX);
  });
});
