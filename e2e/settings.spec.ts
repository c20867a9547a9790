// Settings in a real browser, on the built app: limits that act at once or wait, pauses that hold, the player's keys and data.
import { ed25519 } from '@noble/curves/ed25519.js';
import type { Page } from '@playwright/test';
import { signInByKey } from '@/e2e/kit/sign-in-by-key';
import { expect, test } from '@/e2e/kit/test';
import type { AccountView } from '@/lib/protocol/account-api';

test.use({ baseURL: async ({ app }, use) => use(app.url) });

async function openSettings(page: Page, url: string, secretKey?: Uint8Array): Promise<void> {
  await signInByKey(page.request, url, secretKey);
  await page.goto('/settings');
  await expect(page.getByTestId('limits')).toBeVisible();
}

async function accountOf(page: Page): Promise<AccountView> {
  return (await (await page.request.get('/api/account')).json()) as AccountView;
}

/** As a tab of ours would ask. */
async function ask(page: Page, method: 'PUT' | 'POST' | 'DELETE', path: string, data: object) {
  const headers = { origin: new URL(page.url()).origin };
  const answer = await page.request.fetch(`/api/account${path}`, { method, data, headers });
  return { status: answer.status(), body: (await answer.json()) as { code?: string; detail?: string } & AccountView };
}

test('signed out, the page says what needs signing in and offers it', async ({ watchedPage: page }) => {
  await page.goto('/settings');
  await expect(page.getByTestId('settings-signed-out')).toContainText('self-exclusion');
  await page.getByRole('button', { name: 'Connect a wallet' }).click();
  await expect(page.getByTestId('wallet-chooser')).toBeVisible();
  expect((await page.request.get('/api/account')).status()).toBe(401);
});

test('a lower limit acts at once, a higher one waits and can be withdrawn', async ({ watchedPage: page, app }) => {
  await openSettings(page, app.url);
  const day = page.getByRole('textbox', { name: 'Largest loss in 24 hours' });
  await expect(day).toHaveValue('3');
  await day.fill('2');
  await expect(page.getByTestId('limits')).toContainText('Lower than 3 SOL: acts at once.');
  await page.getByRole('button', { name: 'Save limits' }).click();
  await expect(page.getByRole('button', { name: 'Save limits' })).toBeDisabled();
  expect((await accountOf(page)).account.safety.limits.perDayLossLamports).toBe('2000000000');
  await day.fill('5');
  await expect(page.getByTestId('limits')).toContainText('Waits 24 hours; until then 2 SOL.');
  await page.keyboard.press('Enter');
  const pending = page.getByTestId('pending-raise');
  await expect(pending).toContainText('Largest loss in 24 hours: 2 SOL now, 5 SOL from');
  await expect(day, 'the limit as it stands').toHaveValue('2');
  await expect(day).toBeFocused();
  expect((await accountOf(page)).account.safety.limits.perDayLossLamports).toBe('2000000000');
  await page.reload();
  await pending.getByRole('button', { name: 'Withdraw' }).click();
  await expect(pending).toHaveCount(0);
  expect((await accountOf(page)).account.safety.pending).toEqual([]);
});

test('the stop switch halts at once, in every tab, and is resumed by hand', async ({
  watchedPage: page,
  app,
  context,
}) => {
  await openSettings(page, app.url);
  const other = await context.newPage();
  await other.goto(`${app.url}/settings`);
  await expect(other.getByTestId('stop-betting')).toBeVisible();
  await page.getByTestId('stop-betting').click();
  await expect(page.getByTestId('resume-betting')).toBeVisible();
  await expect(other.getByTestId('resume-betting')).toBeVisible();
  expect((await accountOf(page)).stop?.code).toBe('stopped');
  await other.getByTestId('resume-betting').click();
  await expect(page.getByTestId('stop-betting')).toBeVisible();
  expect((await accountOf(page)).stop).toBeNull();
});

test('a cooling-off is asked about, begins, and cannot be shortened', async ({ watchedPage: page, app }) => {
  await openSettings(page, app.url);
  await page.getByTestId('pauses').getByRole('button', { name: '24 hours', exact: true }).click();
  const dialog = page.getByTestId('pause-dialog');
  await expect(dialog).toContainText('It cannot be shortened or undone');
  await expect(dialog.getByTestId('begin-pause')).toBeDisabled();
  await dialog.getByRole('checkbox').check();
  await dialog.getByTestId('begin-pause').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('pauses')).toContainText('It can be made longer, not shorter.');
  await expect(page.getByTestId('pauses').getByRole('button', { name: '1 hour', exact: true })).toHaveCount(0);
  expect((await accountOf(page)).stop?.code).toBe('cooling-off');
  expect(await ask(page, 'POST', '/cooling-off', { durationMs: 3_600_000 })).toMatchObject({
    status: 409,
    body: { code: 'limit-not-lowered' },
  });
});

test('an exclusion comes back with the wallet after the data is deleted', async ({ watchedPage: page, app }) => {
  const secretKey = ed25519.utils.randomSecretKey();
  await openSettings(page, app.url, secretKey);
  const { body } = await ask(page, 'POST', '/exclusion', { durationMs: 30 * 86_400_000 });
  const until = body.account.safety.excludedUntil;
  await page.getByTestId('delete').click();
  const dialog = page.getByTestId('delete-dialog');
  await expect(dialog).toContainText('A keyed hash of your wallet’s address');
  await dialog.getByRole('checkbox').check();
  await dialog.getByTestId('confirm-delete').click();
  await expect(dialog).toContainText('Your data is deleted');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByTestId('settings-signed-out')).toBeVisible();
  const { accountId } = await signInByKey(page.request, app.url, secretKey);
  const view = await accountOf(page);
  expect(view).toMatchObject({ account: { accountId, safety: { excludedUntil: until } }, stop: { code: 'excluded' } });
});

test('settings are kept by the account, and a new browser has them', async ({ watchedPage: page, app, browser }) => {
  const secretKey = ed25519.utils.randomSecretKey();
  await openSettings(page, app.url, secretKey);
  await page.getByTestId('profile-setting').getByRole('radio', { name: 'Conservative' }).click();
  await page.getByTestId('reality-check-setting').getByRole('radio', { name: '30 min' }).click();
  await page.getByTestId('player-id').getByRole('textbox').fill('did:privy:abcdef123');
  await page.getByRole('button', { name: 'Link' }).click();
  await expect(page.getByTestId('linked-player')).toHaveText('did:privy:abcdef123');
  const elsewhere = await (await browser.newContext({ baseURL: app.url })).newPage();
  await openSettings(elsewhere, app.url, secretKey);
  const bold = elsewhere.getByTestId('profile-setting').getByRole('radio', { name: 'Conservative' });
  await expect(bold).toHaveAttribute('aria-checked', 'true');
  await expect(elsewhere.getByTestId('linked-player')).toHaveText('did:privy:abcdef123');
  expect((await accountOf(elsewhere)).account.safety.realityCheckMs).toBe(1_800_000);
  await elsewhere.context().close();
});

test('the dashboard advises by the account’s profile while signed in, and by the browser’s own after', async ({
  watchedPage: page,
  app,
}) => {
  await page.goto('/');
  await expect(page.getByTestId('bankroll')).toHaveText('1 SOL');
  await signInByKey(page.request, app.url);
  await page.reload();
  await expect(page.getByTestId('bankroll')).toHaveText('10 SOL');
  await page.getByTestId('account-button').click();
  await page.getByTestId('sign-out').click();
  await expect(page.getByTestId('bankroll')).toHaveText('1 SOL');
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('account')));
  expect(kept).toEqual([]);
});

test('a key is shown once, works, and stops working when it is revoked', async ({
  watchedPage: page,
  app,
  playwright,
}) => {
  await openSettings(page, app.url);
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('My program');
  await page.getByRole('button', { name: 'Create' }).click();
  const key = (await page.getByTestId('new-key').textContent())!;
  const program = await playwright.request.newContext({
    baseURL: app.url,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
  expect((await program.get('/api/account')).status()).toBe(200);
  const raised = await program.put('/api/account/limits', { data: { limits: {} } });
  expect(raised.status()).toBe(403);
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.getByTestId('keys')).not.toContainText(key);
  await page.getByRole('button', { name: 'Revoke My program' }).click();
  await page.getByRole('button', { name: 'Revoke for good My program' }).click();
  await expect(page.getByTestId('api-key')).toHaveAttribute('data-revoked', 'true');
  expect((await program.get('/api/account')).status()).toBe(401);
  await program.dispose();
});

test('signing out everywhere signs out here, and the export is the player’s own', async ({
  watchedPage: page,
  app,
}) => {
  await openSettings(page, app.url);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()]);
  expect(download.suggestedFilename()).toBe('fortytick-account.json');
  const text = await (await page.request.get('/api/account/export')).text();
  expect(JSON.parse(text)).toMatchObject({ events: [{ type: 'opened' }], signIns: [{ revokedAt: null }] });
  await page.getByTestId('end-all').click();
  await expect(page.getByTestId('settings-signed-out')).toBeVisible();
  expect((await page.request.get('/api/account')).status()).toBe(401);
});

test('bad requests change nothing and say why', async ({ watchedPage: page, app }) => {
  await openSettings(page, app.url);
  const before = await accountOf(page);
  const cases: [string, 'PUT' | 'POST' | 'DELETE', object][] = [
    ['/limits', 'PUT', { limits: { perDayLossLamports: '-5' } }],
    ['/limits', 'PUT', { limits: { maxStakeFraction: 2 } }],
    ['/limits', 'PUT', { limits: { perDayLossLamports: 1e30 } }],
    ['/limits', 'PUT', { limits: { madeUp: 1 } }],
    ['/limits', 'PUT', { limits: { perGameLossLamports: '9000000000' } }],
    ['/cooling-off', 'POST', { durationMs: -1 }],
    ['/exclusion', 'POST', { durationMs: 'soon' }],
    ['/reality-check', 'PUT', { intervalMs: 1 }],
    ['/player-id', 'PUT', { playerId: '<script>' }],
    ['/settings', 'PUT', { bankrollLamports: '5' }],
    ['', 'DELETE', {}],
  ];
  for (const [path, method, data] of cases) {
    const { status, body } = await ask(page, method, path, data);
    expect({ path, status, code: body.code }).toEqual({ path, status: 400, code: 'bad-request' });
    expect(body.detail).toMatch(/\.$/);
  }
  const foreign = await page.request.fetch('/api/account/stop', {
    method: 'POST',
    data: {},
    headers: { origin: 'https://elsewhere.example' },
  });
  expect(foreign.status()).toBe(403);
  expect((await accountOf(page)).account).toEqual(before.account);
});

test('fits a phone, in both themes, and can be used by keyboard', async ({ watchedPage: page, app }) => {
  await page.setViewportSize({ width: 375, height: 800 });
  await openSettings(page, app.url);
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await page.getByRole('radio', { name: 'Light' }).click();
  await expect(page.locator('html')).toHaveClass(/light/);
  expect(await overflow()).toBe(0);
  await page.getByTestId('stop-betting').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('resume-betting')).toBeFocused();
});
