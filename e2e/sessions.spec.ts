// Sessions and proofs in a real browser. The player signs in through the API; the bets are written as the engine writes them, on
// games that the simulator has played meanwhile, so that seeds, prices and the rule are the record's own.
import type { Page } from '@playwright/test';
import { findRunningEmbedded } from '@/db/embedded';
import { createDataDir, startServer, type ServerProcess } from '@/e2e/kit/server-process';
import { signInByKey } from '@/e2e/kit/sign-in-by-key';
import { expect, test as base } from '@/e2e/kit/test';
import type { ListedGame } from '@/lib/protocol/games-api';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import {
  recordSessions,
  RUGS_AFTER,
  type RecordedBet,
  type RecordedOutcome,
} from '@/server/history/test-kit/recorded-bets';

type Served = ServerProcess & { readonly databaseUrl: string };

const test = base.extend<object, { served: Served }>({
  served: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures needed from this pattern.
    async ({}, use) => {
      const data = await createDataDir();
      const settings = { FEED: 'simulator', SIM_SPEED: '20', SIM_SEED: 'sessions', DATA_DIR: data.path };
      const server = await startServer(settings);
      await use({ ...server, databaseUrl: findRunningEmbedded(data.path)!.databaseUrl });
      await server.stop();
      await data.remove();
    },
    { scope: 'worker' },
  ],
});

const idOf = (kind: string, n: number) => `${kind}${String(n).padStart(21 - kind.length, '0')}`.replaceAll('0', 'z');
let made = 0;

/** Games that have ended and check out, long enough for a window before their end. */
async function findGames({ url }: Served, page: Page): Promise<ListedGame[]> {
  const long = RUGS_AFTER.lost + 1;
  let games: ListedGame[] = [];
  await expect
    .poll(
      async () => {
        const path = `/api/games?source=simulator&verified=true&lengthMin=${long}&limit=20`;
        games = ((await (await page.request.get(url + path)).json()) as { games: ListedGame[] }).games;
        return games.length;
      },
      { timeout: 50_000 },
    )
    .toBeGreaterThanOrEqual(2);
  return games;
}

/** One session of this player: a bet for each outcome, in turn on the games found. */
async function record(
  { databaseUrl }: Served,
  who: { accountId: string; games: readonly ListedGame[]; outcomes: readonly RecordedOutcome[]; isRunning?: boolean },
): Promise<{ sessionId: string; bets: RecordedBet[] }> {
  const begun = Date.now() - who.outcomes.length * 60_000;
  const bets = who.outcomes.map((outcome, n): RecordedBet => {
    const game = who.games[n % who.games.length]!;
    const startTick = game.rugTick! - (outcome === 'won' ? RUGS_AFTER.won : RUGS_AFTER.lost);
    return {
      betId: idOf('bet', ++made),
      gameId: gameId(game.gameId),
      preparedAt: epochMs(begun + n * 60_000),
      startTick,
      stakeLamports: lamports(10_000_000n),
      outcome,
      strategyId: 'flat-stake',
    };
  });
  const closedAt = who.isRunning ? null : epochMs(Date.now());
  const sessionId = idOf('session', ++made);
  await recordSessions({ databaseUrl }, [
    {
      sessionId,
      accountId: who.accountId,
      venue: 'practice',
      closedAt,
      closeReason: closedAt === null ? null : 'idle',
      bets,
    },
  ]);
  return { sessionId, bets };
}

test.describe('the sessions of a player', () => {
  test('are not shown to whoever is not signed in, who is told what would be here', async ({
    watchedPage: page,
    served,
  }) => {
    await page.goto(`${served.url}/sessions`);
    await expect(page.getByTestId('sign-in-notice')).toContainText('once you are signed in');
    await expect(page.getByRole('button', { name: 'Connect a wallet' })).toBeVisible();
  });

  test('begin empty, with words on how one begins', async ({ watchedPage: page, served }) => {
    await signInByKey(page.request, served.url);
    await page.goto(`${served.url}/sessions`);
    await expect(page.getByTestId('no-sessions')).toContainText('A session begins with your first bet');
    await expect(page.getByTestId('day-totals')).toContainText('No bet was settled');
  });

  test('are listed with what they brought, and lead to one that says first how much is luck', async ({
    watchedPage: page,
    served,
  }) => {
    const { accountId } = await signInByKey(page.request, served.url);
    const games = await findGames(served, page);
    const outcomes = ['lost', 'won', 'lost', 'void', 'expired', 'lost'] as const;
    const { sessionId } = await record(served, { accountId, games, outcomes });
    await page.goto(`${served.url}/sessions`);
    const row = page.locator(`[data-testid=session-row][data-session-id="${sessionId}"]`);
    await expect(row).toContainText('1 of 4, expected 0.7');
    await expect(row).toContainText('1 void, 1 expired');
    await expect(row).toContainText('+0.01 SOL');
    await expect(page.getByTestId('day-total').first()).toContainText('1 of 4');
    await row.getByRole('link').click();

    await expect(page.getByTestId('luck-sentence')).toHaveText('You won 1 of 4; expected 0.7 ± 1.5: luck, not edge.');
    await expect(page.getByTestId('luck')).toContainText('too few to tell more');
    await expect(page.getByTestId('ledger-reading')).toContainText('against the advice came to +0.01 SOL over 4');
    await expect(page.getByTestId('chart-figure').first()).toBeVisible();
    await expect(page.getByTestId('group').first()).toContainText('Flat stake');
    await expect(page.getByTestId('session-bet')).toHaveCount(6);
    await expect(page.locator('[data-testid=session-bet][data-state=paid]')).toContainText(
      'told: wins 18.2 %, needs 20.0 %',
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('session-bets').getByRole('link', { name: 'CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('fortytick-bets.csv');
  });

  test('end by hand', async ({ watchedPage: page, served }) => {
    const { accountId } = await signInByKey(page.request, served.url);
    const games = await findGames(served, page);
    await record(served, { accountId, games, outcomes: ['lost'], isRunning: true });
    await page.goto(`${served.url}/sessions`);
    await expect(page.getByTestId('running-session')).toContainText('Running: Practice');
    await page.getByTestId('end-session').click();
    await expect(page.getByTestId('running-session')).toHaveCount(0);
    await expect(page.getByTestId('session-row')).toHaveCount(1);
  });

  test('fit a phone, with nothing to scroll sideways', async ({ watchedPage: page, served }) => {
    const { accountId } = await signInByKey(page.request, served.url);
    const games = await findGames(served, page);
    const { sessionId, bets } = await record(served, { accountId, games, outcomes: ['lost', 'won', 'void'] });
    await page.setViewportSize({ width: 375, height: 740 });
    for (const path of ['/sessions', `/sessions/${sessionId}`, `/bets/${bets[1]!.betId}`]) {
      await page.goto(served.url + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[data-fetched=loading]')).toHaveCount(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBe(0);
    }
  });
});

test.describe('the proof of a bet', () => {
  test('convinces a stranger: the rule in numbers, and a replay on their own device', async ({
    watchedPage: page,
    served,
    browser,
  }) => {
    const { accountId, publicKey } = await signInByKey(page.request, served.url);
    const games = await findGames(served, page);
    const { bets } = await record(served, { accountId, games, outcomes: ['won', 'lost'] });
    const stranger = await (await browser.newContext()).newPage();
    for (const [n, outcome] of (['won', 'lost'] as const).entries()) {
      const { betId, startTick } = bets[n]!;
      await stranger.goto(`${served.url}/bets/${betId}`);
      await expect(stranger.getByTestId('proof-outcome')).toHaveAttribute('data-outcome', outcome);
      const rugTick = startTick + RUGS_AFTER[outcome];
      await expect(stranger.getByTestId('rule-formula')).toContainText(`${startTick} < ${rugTick} ≤ ${startTick + 40}`);
      await expect(stranger.getByTestId('rule-agrees')).toContainText('settled as the rule says');
      await stranger.getByRole('button', { name: 'Check in your browser' }).click();
      await expect(stranger.getByTestId('own-check')).toHaveCount(5);
      await expect(stranger.locator('[data-testid=own-check]:not([data-outcome=ok])')).toHaveCount(0);
      await expect(stranger.getByTestId('proof-state').first()).toContainText('prepared');
      await expect(stranger.getByTestId('proof-transaction').first()).toContainText('final');
      const text = await stranger.content();
      for (const secret of [accountId, publicKey]) expect(text).not.toContain(secret);
    }
    await stranger.context().close();
  });

  // Refused requests are written to the console by the browser itself, so these pages are not watched.
  test('of a bet nobody has, and the session of somebody else, are told as none', async ({ page, served }) => {
    await page.goto(`${served.url}/bets/${idOf('bet', 999_999)}`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('No bet has this id');
    const { accountId } = await signInByKey(page.request, served.url);
    const games = await findGames(served, page);
    const { sessionId } = await record(served, { accountId, games, outcomes: ['lost'] });
    await page.context().clearCookies();
    await signInByKey(page.request, served.url);
    await page.goto(`${served.url}/sessions/${sessionId}`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('You have no session of this id');
  });
});
