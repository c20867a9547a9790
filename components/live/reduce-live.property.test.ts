// Laws: any order of any valid pushes never throws; every list stays within its bound; the path stays within a game's
// length; without a connected feed the verdict claims nothing; an assessment exists only while a bet can be placed.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { INITIAL_LIVE_STATE, type LiveAction } from '@/components/live/live-state';
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
} from '@/components/live/test-kit/live-fixtures';
import { GAME_TICKS_MAX } from '@/lib/game/rules';
import { LIVE_PUSH_SCHEMAS, RECENT_GAMES, TAPE_LENGTH, type GamePush } from '@/lib/protocol/push';

const gameId = fc.constantFrom(GAME_ID, NEXT_GAME_ID, '20251208-3e01ac417e8043cc');
const tick = fc.oneof(fc.nat(60), fc.nat(GAME_TICKS_MAX), fc.constant(Number.MAX_SAFE_INTEGER));
const price = fc.double({ min: 0, max: 1e6, noNaN: true });
const phase = fc.constantFrom('cooldown', 'presale', 'active', 'rugged' as const);
const atMs = fc.integer({ min: NOW_MS - 60_000, max: NOW_MS + 60_000 });
const view = fc
  .record({
    gameId,
    phase,
    tick: fc.option(tick),
    price: fc.option(price),
    rugTick: fc.option(tick),
    cooldownMs: fc.option(fc.nat(15_000)),
  })
  .map(aGame);
const recent = fc.record({ gameId, endedAt: fc.nat(), verified: fc.option(fc.boolean()) }).map(aRecentGame);

const gamePush: fc.Arbitrary<GamePush> = fc.oneof(
  fc
    .record({
      game: fc.option(view),
      prices: fc.array(fc.option(price), { maxLength: 80 }),
      assessment: fc.option(fc.nat(60).map(anAssessment)),
      recentGames: fc.array(recent, { maxLength: 14 }),
    })
    .map(aSnapshot),
  fc.tuple(tick, price, gameId).map(([t, p, id]) => aTick(t, p, { gameId: id })),
  view.map((game) => ({ type: 'game' as const, game })),
  recent.map((game) => ({ type: 'finished' as const, game })),
  fc
    .tuple(gameId, fc.array(fc.tuple(tick, price), { maxLength: 5 }))
    .map(([g, ticks]) => ({ type: 'repair' as const, g, ticks })),
);
const trades = fc.array(
  fc.nat(200).map((n) => aTrade({ id: `t${n}` })),
  { maxLength: 80 },
);
const sideBets = fc.array(
  fc.nat(200).map((startTick) => aSideBet({ startTick })),
  { maxLength: 80 },
);

const action: fc.Arbitrary<LiveAction> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('game' as const), push: gamePush, atMs }) },
  fc
    .tuple(fc.constantFrom('snapshot', 'trades' as const), trades, atMs)
    .map(([type, list, at]) => ({ type: 'trades' as const, push: { type, trades: list }, atMs: at })),
  fc
    .tuple(fc.constantFrom('snapshot', 'sidebets' as const), sideBets, atMs)
    .map(([type, list, at]) => ({ type: 'sidebets' as const, push: { type, sideBets: list }, atMs: at })),
  fc
    .tuple(fc.constantFrom('connected', 'stale', 'down' as const), fc.option(fc.nat(30_000)), atMs)
    .map(([status, ageMs, at]) => ({ type: 'status' as const, push: aStatus({ status, ageMs }), atMs: at })),
  fc
    .tuple(fc.constantFrom('connecting', 'open', 'lost' as const), atMs)
    .map(([connection, at]) => ({ type: 'connection' as const, connection, atMs: at })),
  atMs.map((at) => ({ type: 'clock' as const, atMs: at })),
  atMs.map((at) => ({ type: 'rejected' as const, atMs: at })),
);

it('keeps its laws under any order of valid pushes', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      let state = INITIAL_LIVE_STATE;
      for (const next of actions) {
        state = reduceLive(state, next);
        expect(state.trades?.length ?? 0).toBeLessThanOrEqual(TAPE_LENGTH);
        expect(state.sideBets?.length ?? 0).toBeLessThanOrEqual(TAPE_LENGTH);
        expect(state.recentGames?.length ?? 0).toBeLessThanOrEqual(RECENT_GAMES);
        expect(state.prices.length).toBeLessThanOrEqual(GAME_TICKS_MAX + 1);
        expect(state.verdict.word === 'No advice').toBe(state.health.kind !== 'connected');
        if (state.assessment) expect(['active', 'presale']).toContain(state.game?.phase);
      }
    }),
    { numRuns: 200 },
  );
});

it('is tried above with nothing the shared schemas would not let through', () => {
  fc.assert(
    fc.property(gamePush, (push) => {
      expect(LIVE_PUSH_SCHEMAS.game.safeParse(push).error).toBeUndefined();
    }),
  );
});
