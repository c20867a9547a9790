// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RecentGames } from '@/components/games/recent-games';
import { LiveStoreProvider } from '@/components/live/live-provider';
import type { LiveAction } from '@/components/live/live-state';
import { LiveStrip } from '@/components/live/live-strip';
import { createLiveStore } from '@/components/live/live-store';
import { RugBanner } from '@/components/live/rug-banner';
import { SideBetsTape } from '@/components/live/side-bets-tape';
import { TradesTape } from '@/components/live/trades-tape';
import {
  aGame,
  anAssessment,
  aRecentGame,
  aSideBet,
  aStatus,
  aTick,
  aTrade,
  NEXT_GAME_ID,
  NOW_MS,
  opening,
} from '@/components/live/test-kit/live-fixtures';
import { VerdictPanel } from '@/components/live/verdict-panel';
import { FeedStatus } from '@/components/status/feed-status';
import { TimingCard } from '@/components/status/timing-card';
import { HintProvider } from '@/components/ui/hint';
import { computeZone } from '@/lib/decision/zone';

afterEach(cleanup);

function renderLive(...actions: LiveAction[]) {
  const store = createLiveStore({ nextFrame: (run) => run() });
  const dispatch = (...more: LiveAction[]) => act(() => more.forEach((action) => store.dispatch(action)));
  render(
    <HintProvider>
      <LiveStoreProvider store={store}>
        <FeedStatus />
        <LiveStrip />
        <VerdictPanel />
        <RugBanner />
        <SideBetsTape />
        <TradesTape />
        <RecentGames />
        <TimingCard />
      </LiveStoreProvider>
    </HintProvider>,
  );
  dispatch(...actions);
  return { dispatch };
}

const text = (testId: string) => screen.getByTestId(testId).textContent?.replace(/\s+/g, ' ').trim();
const game = (change: Parameters<typeof aGame>[0]): LiveAction => ({
  type: 'game',
  push: { type: 'game', game: aGame(change) },
  atMs: NOW_MS,
});
const stale: LiveAction = { type: 'status', push: aStatus({ status: 'stale', ageMs: 7_200 }), atMs: NOW_MS + 7_200 };

describe('the dashboard while a game runs', () => {
  it('says the verdict in words and the figures it rests on', () => {
    renderLive(...opening());
    expect(text('verdict')).toBe('Skip: wins 18.2 % of the time, needs 20.0 %');
    expect(text('win-probability')).toBe('18.2 %');
    expect(text('break-even')).toBe('20.0 %');
    expect(text('ev')).toBe('−0.092 SOL');
    expect(text('payout')).toBe('5×');
    expect(screen.getByTestId('verdict-panel').dataset).toMatchObject({ zone: 'negative', claiming: 'true' });
  });

  it('names the ticks a bet placed now would cover and when they end', () => {
    const timing = { ...anAssessment(316).timing, windowMs: { expected: 10_084, lower: 9_800, upper: 10_600 } };
    renderLive(...opening({ game: aGame({ tick: 316 }), assessment: { ...anAssessment(316), timing } }));
    expect(text('window-countdown')).toBe('ticks 317–356ends in ≈ 10.1 s (9.8–10.6)');
    expect(screen.getByTestId('window-countdown').dataset.startTick).toBe('316');
  });

  it('changes the tick and the attributes that name it in one commit', async () => {
    const { dispatch } = renderLive(...opening());
    const element = screen.getByTestId('tick');
    const seen: string[] = [];
    const observer = new MutationObserver(() =>
      seen.push(`${element.textContent} ${element.dataset.tick} ${element.dataset.gameId}`),
    );
    observer.observe(element, { attributes: true, characterData: true, childList: true, subtree: true });
    dispatch({ type: 'game', push: aTick(4, 1.3), atMs: NOW_MS + 250 });
    dispatch({ type: 'game', push: aTick(5, 1.4, { gameId: NEXT_GAME_ID }), atMs: NOW_MS + 500 });
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0));
    observer.disconnect();
    expect(element.textContent).toBe('5');
    expect(element.dataset).toMatchObject({ tick: '5', gameId: NEXT_GAME_ID });
    for (const line of seen) expect(line).toMatch(/^(\d+) \1 /);
  });

  it('colours the zone only when the whole interval clears break-even', () => {
    const win = { value: 0.26, lower: 0.22, upper: 0.3, level: 0.95, samples: 812 };
    const assessment = { ...anAssessment(3), winProbability: win, zone: computeZone(win, 0.2), expectedValue: 0.3 };
    renderLive(...opening({ assessment }));
    expect(text('verdict')).toContain('Bet: wins 26.0 %');
    expect(text('ev')).toBe('+0.300 SOL');
    expect(screen.getByTestId('verdict-panel').dataset.zone).toBe('positive');
  });

  it('always says what the bet costs under the published rules', () => {
    const { dispatch } = renderLive();
    const honest = 'Under the published rules this bet loses about 9.2 % of every stake on average.';
    expect(text('honest-line')).toContain(honest);
    dispatch(...opening(), stale);
    expect(text('honest-line')).toContain(honest);
  });
});

describe('the dashboard when it may not claim anything', () => {
  const expectNoClaims = () => {
    for (const testId of ['win-probability', 'break-even', 'ev', 'payout', 'window-countdown', 'model']) {
      expect(text(testId), testId).toMatch(/^—/);
      expect(text(testId), testId).not.toMatch(/\d\s?%|\d×|ticks \d/);
    }
    expect(screen.getByTestId('verdict-panel').dataset).toMatchObject({ zone: 'none', claiming: 'false' });
  };

  it('withdraws every figure when the feed falls silent, and shows what it last heard as such', () => {
    renderLive(...opening(), stale);
    expect(text('verdict')).toBe('No advice: the feed has been silent for 7 s');
    expect(text('feed-status')).toContain('Feed silent7 s');
    expectNoClaims();
    expect(screen.getByRole('region', { name: 'The running game, as last heard' }).textContent).toContain('Last heard');
    expect(text('tick')).toBe('3');
  });

  it('does the same without a connection, and before there ever was one', () => {
    const { dispatch } = renderLive();
    expect(text('verdict')).toBe('No advice: connecting to the feed');
    expectNoClaims();
    dispatch(...opening(), { type: 'connection', connection: 'lost', atMs: NOW_MS });
    expect(screen.getByTestId('feed-status').dataset.status).toBe('offline');
    expectNoClaims();
    dispatch(...opening({}, NOW_MS + 2_000));
    expect(text('win-probability')).toBe('18.2 %');
  });

  it('tells a screen reader once that the feed is silent, not every second', () => {
    const { dispatch } = renderLive(...opening(), stale);
    const spoken = document.querySelector('[aria-live=polite]')!;
    expect(spoken.textContent).toBe('No advice: the feed is silent');
    const observer = new MutationObserver(() => undefined);
    observer.observe(spoken, { characterData: true, childList: true, subtree: true });
    for (let second = 8; second < 12; second++) dispatch({ type: 'clock', atMs: NOW_MS + second * 1_000 });
    expect(text('verdict')).toContain('11 s');
    expect(observer.takeRecords()).toEqual([]);
    observer.disconnect();
  });
});

describe('the dashboard between games', () => {
  it('waits after the rug, names its tick, and waits on until bets open', () => {
    const { dispatch } = renderLive(
      ...opening(),
      game({ phase: 'rugged', tick: 92, rugTick: 92, price: 0.0002, startedAt: NOW_MS - 23_000, ruggedAt: NOW_MS }),
    );
    expect(text('rug-banner')).toBe('Rugged at tick 92peak 1.20×, lasted 23 s');
    expect(text('verdict')).toBe('Wait: the game rugged at tick 92');
    expect(text('ev')).toMatch(/^—/);
    expect(text('break-even')).toBe('20.0 %');
    dispatch(game({ gameId: NEXT_GAME_ID, phase: 'cooldown', tick: null, price: null, cooldownMs: 14_600 }));
    expect(screen.queryByTestId('rug-banner')).toBeNull();
    expect(text('verdict')).toBe('Wait: bets on the next game open in 5 s');
    expect(text('phase')).toBe('Cooldown5 s');
    expect(text('tick')).toBe('—');
  });

  it('judges a presale bet, which starts at tick 0', () => {
    const presale = aGame({ phase: 'presale', tick: null, price: null, cooldownMs: 6_300 });
    renderLive(...opening({ game: presale, prices: [], assessment: anAssessment(0) }));
    expect(text('verdict')).toContain('Skip: wins 18.2 %');
    expect(text('window-countdown')).toMatch(/^ticks 1–40≈ .* from the start$/);
  });
});

describe('tapes and finished games', () => {
  it('marks practice currency, names the window of a bet and the unit of every amount', () => {
    const { dispatch } = renderLive(...opening());
    const practice = aSideBet({ practice: true, sol: '0.5', startTick: 9, endTick: 49 });
    dispatch({ type: 'sidebets', push: { type: 'sidebets', sideBets: [practice] }, atMs: NOW_MS });
    const [newest, older] = screen.getAllByTestId('tape-sidebet');
    expect(newest?.textContent).toContain('0.5practiceticks 10–49');
    expect(newest?.textContent).not.toContain('SOL');
    expect(older?.textContent).toContain('0.05SOLticks 4–43');
    const sale = aTrade({ id: 'b', type: 'sell', sol: '0.024695798' });
    dispatch({ type: 'trades', push: { type: 'trades', trades: [sale] }, atMs: NOW_MS });
    expect(screen.getByTitle('0.024695798').textContent).toBe('0.0247');
    expect(screen.getAllByTestId('tape-trade').map((row) => row.textContent?.slice(0, 4))).toEqual(['sell', 'buy0']);
  });

  it('tells verified, failed and unverifiable games apart in words', () => {
    const marks = [true, false, null] as const;
    const games = marks.map((verified, n) =>
      aRecentGame({ gameId: `20251207-${`${n}`.repeat(16)}`, verified, endedAt: NOW_MS - n }),
    );
    renderLive(...opening({ recentGames: games }));
    const rows = screen.getAllByTestId('recent-game');
    expect(rows.map((row) => within(row).getByRole('button').textContent)).toEqual([
      'Verified',
      'Failed',
      'Not verifiable',
    ]);
    expect(rows[0]?.textContent).toContain('92≈ 23 s1.22×');
  });

  it('says so when there is nothing yet', () => {
    renderLive(
      ...opening({ recentGames: [] }),
      { type: 'trades', push: { type: 'snapshot', trades: [] }, atMs: NOW_MS },
      { type: 'sidebets', push: { type: 'snapshot', sideBets: [] }, atMs: NOW_MS },
    );
    expect(screen.getByText(/None yet: a game appears here/)).toBeTruthy();
    expect(screen.getByText('No trades seen yet.')).toBeTruthy();
    expect(screen.getByText('No side bets seen yet.')).toBeTruthy();
  });
});
