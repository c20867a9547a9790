import { describe, expect, it } from 'vitest';
import { INITIAL_LIVE_STATE, type LiveAction, type LiveState } from '@/components/live/live-state';
import { reduceLive } from '@/components/live/reduce-live';
import {
  aGame,
  anAssessment,
  aRecentGame,
  aSideBet,
  aSnapshot,
  aStatus,
  aTick,
  aTrade,
  GAME_ID,
  NEXT_GAME_ID,
  NOW_MS,
  opening,
} from '@/components/live/test-kit/live-fixtures';
import { toPrices } from '@/lib/game/price-path';
import { RECENT_GAMES, TAPE_LENGTH, type GamePush } from '@/lib/protocol/push';

const run = (state: LiveState, ...actions: LiveAction[]) => actions.reduce(reduceLive, state);
const game = (push: GamePush, atMs = NOW_MS): LiveAction => ({ type: 'game', push, atMs });
const opened = run(INITIAL_LIVE_STATE, ...opening());

describe('following a game', () => {
  it('shows the game, its path and the verdict from the snapshot on', () => {
    expect(opened.game?.tick).toBe(3);
    expect(toPrices(opened.prices)).toEqual([1, 1.2, 1.15, 1.1]);
    expect(opened.health.kind).toBe('connected');
    expect(opened.verdict.sentence).toBe('Skip: wins 18.2 % of the time, needs 20.0 %');
  });

  it('advances with each tick and keeps unchanged parts identical', () => {
    const next = run(opened, game(aTick(4, 1.3)));
    expect(next.game).toMatchObject({ tick: 4, price: 1.3 });
    expect(next.assessment?.tick).toBe(4);
    const third = run(next, game(aTick(5, 1.31)));
    expect(third.assessment?.winProbability).toBe(next.assessment?.winProbability);
    expect(third.verdict).toBe(next.verdict);
    expect(third.trades).toBe(next.trades);
    expect(third.recentGames).toBe(next.recentGames);
    expect(third.prices.storage).toBe(next.prices.storage);
  });

  it('uses a late tick for the chart and never goes back to it', () => {
    const next = run(opened, game(aTick(6, 1.6)), game(aTick(5, 1.5)));
    expect(next.game).toMatchObject({ tick: 6, price: 1.6 });
    expect(toPrices(next.prices)).toEqual([1, 1.2, 1.15, 1.1, null, 1.5, 1.6]);
  });

  it('mends the chart from repairs of this game and ignores those of another', () => {
    const gap = run(opened, game(aTick(6, 1.6)));
    const repaired = run(gap, game({ type: 'repair', g: GAME_ID, ticks: [[4, 1.2], [5, 1.4]] })); // prettier-ignore
    expect(toPrices(repaired.prices).slice(4)).toEqual([1.2, 1.4, 1.6]);
    expect(run(gap, game({ type: 'repair', g: NEXT_GAME_ID, ticks: [[4, 9]] })).prices).toBe(gap.prices);
  });

  it('drops the assessment at the rug, and the rug’s own tick does not bring it back', () => {
    const rugged = run(opened, game({ type: 'game', game: aGame({ phase: 'rugged', tick: 4, price: 0, rugTick: 4 }) }));
    const after = run(rugged, game(aTick(4, 0.0001)));
    for (const state of [rugged, after]) {
      expect(state.assessment).toBeNull();
      expect(state.verdict.sentence).toBe('Wait: the game rugged at tick 4');
    }
    const snapshot = aSnapshot({ game: aGame({ phase: 'rugged', rugTick: 4 }), assessment: anAssessment(4) });
    expect(run(rugged, game(snapshot)).assessment).toBeNull();
  });

  it('takes up a game again when its rug was a false alarm', () => {
    const rugged = run(opened, game({ type: 'game', game: aGame({ phase: 'rugged', tick: 4, price: 0, rugTick: 4 }) }));
    expect(run(rugged, game(aTick(5, 1.2))).game).toMatchObject({ phase: 'active', tick: 5, rugTick: null });
  });

  it('starts the next game with an empty path and no advice carried over', () => {
    const cooldown = aGame({ gameId: NEXT_GAME_ID, phase: 'cooldown', tick: null, price: null, cooldownMs: 14_900 });
    const next = run(opened, game({ type: 'game', game: cooldown }));
    expect(next.prices.length).toBe(0);
    expect(next.assessment).toBeNull();
    expect(next.verdict.word).toBe('Wait');
    expect(next.payout).toBe(5);
  });

  it('follows a game whose announcement was lost, but not one already finished', () => {
    const finished = run(opened, game({ type: 'finished', game: aRecentGame({ gameId: NEXT_GAME_ID }) }));
    expect(run(finished, game(aTick(9, 2, { gameId: NEXT_GAME_ID }))).game?.gameId).toBe(GAME_ID);
    expect(run(opened, game(aTick(9, 2, { gameId: NEXT_GAME_ID }))).game).toMatchObject({
      gameId: NEXT_GAME_ID,
      phase: 'active',
      tick: 9,
    });
  });
});

describe('tapes and finished games', () => {
  it('puts the newest first, once each, and forgets the oldest at the bound', () => {
    const trades = Array.from({ length: 70 }, (_, n) => aTrade({ id: `t${n}`, tick: n }));
    const state = run(opened, { type: 'trades', push: { type: 'trades', trades }, atMs: NOW_MS });
    const again = run(state, { type: 'trades', push: { type: 'trades', trades: trades.slice(-3) }, atMs: NOW_MS });
    for (const { trades: tape } of [state, again]) {
      expect(tape).toHaveLength(TAPE_LENGTH);
      expect(tape?.[0]?.id).toBe('t69');
    }
    const bets = Array.from({ length: 60 }, (_, startTick) => aSideBet({ startTick, endTick: startTick + 40 }));
    const withBets = run(state, { type: 'sidebets', push: { type: 'sidebets', sideBets: bets }, atMs: NOW_MS });
    expect(withBets.sideBets).toHaveLength(TAPE_LENGTH);
    expect(withBets.sideBets?.[0]?.startTick).toBe(59);
  });

  it('takes a bet told twice in one snapshot once, and two players of one name with two stakes as two', () => {
    const push = { type: 'snapshot' as const, sideBets: [aSideBet(), aSideBet(), aSideBet({ sol: '1' })] };
    expect(run(opened, { type: 'sidebets', push, atMs: NOW_MS }).sideBets?.map((bet) => bet.sol)).toEqual([
      '0.05',
      '1',
    ]);
  });

  it('keeps the last ten games by their end; a later telling replaces the earlier', () => {
    const games = Array.from({ length: 12 }, (_, n) =>
      aRecentGame({ gameId: `20251207-${n.toString(16).padStart(16, '0')}`, endedAt: NOW_MS + n }),
    );
    const state = run(opened, ...games.map((finished) => game({ type: 'finished', game: finished })));
    expect(state.recentGames).toHaveLength(RECENT_GAMES);
    const corrected = run(state, game({ type: 'finished', game: { ...games[11]!, verified: false } }));
    expect(corrected.recentGames?.[0]).toMatchObject({ gameId: games[11]!.gameId, verified: false });
    expect(corrected.recentGames).toHaveLength(RECENT_GAMES);
  });
});

describe('trust in the feed', () => {
  const status = (change: Parameters<typeof aStatus>[0], atMs = NOW_MS): LiveAction => ({
    type: 'status',
    push: aStatus(change),
    atMs,
  });
  const clock = (atMs: number): LiveAction => ({ type: 'clock', atMs });

  it('counts the silence of a stale feed in whole seconds and claims nothing meanwhile', () => {
    const stale = run(opened, status({ status: 'stale', ageMs: 2_100 }, NOW_MS + 2_100), clock(NOW_MS + 7_000));
    expect(stale.verdict.sentence).toBe('No advice: the feed has been silent for 7 s');
    const back = run(stale, status({}, NOW_MS + 7_200), game(aTick(4, 1.2), NOW_MS + 7_250));
    expect(back.verdict.word).toBe('Skip');
  });

  it('notices by itself when an active game stops ticking, though the server says nothing', () => {
    expect(run(opened, clock(NOW_MS + 3_000)).health.kind).toBe('connected');
    expect(run(opened, clock(NOW_MS + 3_001)).health).toEqual({ kind: 'stale', silentSeconds: 3 });
  });

  it('notices a server that has gone silent between games', () => {
    const rugged = run(opened, game({ type: 'game', game: aGame({ phase: 'rugged', rugTick: 4 }) }));
    expect(run(rugged, clock(NOW_MS + 12_000)).health.kind).toBe('connected');
    expect(run(rugged, clock(NOW_MS + 12_001)).health.kind).toBe('stale');
  });

  it('gives no advice without the line to the server, and resumes from the snapshot', () => {
    const lost = run(opened, { type: 'connection', connection: 'lost', atMs: NOW_MS });
    expect(lost.verdict.word).toBe('No advice');
    expect(lost.health.kind).toBe('offline');
    const atMs = NOW_MS + 9_000;
    const back = run(lost, ...opening({ game: aGame({ tick: 30 }), assessment: anAssessment(30) }, atMs));
    expect(back.health.kind).toBe('connected');
    expect(back.assessment?.tick).toBe(30);
    // Between the line opening and the first status nothing is known yet, so nothing is claimed.
    expect(run(lost, opening({}, atMs)[0]!).health.kind).toBe('connecting');
  });

  it('does not redraw when time passes and nothing changes', () => {
    expect(run(opened, clock(NOW_MS + 500))).toBe(opened);
  });

  it('takes a clock set back for no silence at all', () => {
    expect(run(opened, clock(NOW_MS - 3_600_000)).health.kind).toBe('connected');
  });
});
