import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeStake } from '@/lib/bets/judge-stake';
import { settleBet } from '@/lib/bets/settle-bet';
import { betAfter, betEvent, GAME_ID } from '@/lib/bets/test-kit/bet-events';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const NOW = epochMs(1_767_225_700_000);
const active = betAfter('prepared', 'submitted', 'activated'); // ticks 10 to 50
const lost = betAfter('prepared', 'submitted', 'activated', 'lost');

describe('what is known of a game', () => {
  it('wins a bet exactly if the rug is within its 40 ticks', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), (rugTick) => {
        const event = settleBet(active, { kind: 'ended', rugTick }, NOW);
        const wins = rugTick >= 11 && rugTick <= 50;
        expect(event).toMatchObject({ type: wins ? 'won' : 'lost', payload: { rugTick } });
      }),
    );
  });

  it('loses a bet at once when a tick after its window is seen, and one more', () => {
    for (const tick of [11, 50, 51]) expect(settleBet(active, { kind: 'alive', tick }, NOW)).toBeNull();
    expect(settleBet(active, { kind: 'alive', tick: 52 }, NOW)).toMatchObject({
      type: 'lost',
      payload: { rugTick: null },
    });
  });

  it('makes a lost bet won when the confirmed game says so, and never the other way round', () => {
    expect(settleBet(lost, { kind: 'ended', rugTick: 30 }, NOW)).toMatchObject({ type: 'won' });
    expect(settleBet(lost, { kind: 'ended', rugTick: 90 }, NOW)).toBeNull();
    const won = betAfter('prepared', 'submitted', 'activated', 'won');
    expect(settleBet(won, { kind: 'ended', rugTick: 90 }, NOW)).toBeNull();
  });

  it('says nothing of a bet that is not active', () => {
    for (const bet of [betAfter('prepared'), betAfter('prepared', 'submitted'), betAfter('prepared', 'expired')]) {
      expect(settleBet(bet, { kind: 'ended', rugTick: 30 }, NOW)).toBeNull();
    }
  });
});

describe('a stake that arrives', () => {
  const submitted = betAfter('prepared', 'submitted');
  const at = epochMs(submitted.submittedAt! + 1_000);
  const stake = { stakeLamports: submitted.stakeLamports, at };
  const game = { gameId: submitted.gameId, phase: 'active' as const, liveTick: 12 };
  const soon = epochMs(at + 100);
  const judge = (changes: object = {}, moment: object = {}, bet = submitted) =>
    judgeStake(bet, { ...stake, ...changes }, { game, feedLive: true, now: soon, ...moment });
  const other = gameId('20260101-0000000000000002');

  it('begins the window at the newest live tick, or at 0 in presale', () => {
    expect(judge()).toMatchObject({ type: 'activated', payload: { startTick: 12 } });
    const presale = { ...game, phase: 'presale', liveTick: null };
    expect(judge({}, { game: presale })).toMatchObject({ type: 'activated', payload: { startTick: 0 } });
  });

  it.each([
    ['wrong-amount', { stakeLamports: lamports(1n) }, {}],
    ['too-late', { at: epochMs(submitted.submittedAt! + 30_001) }, {}],
    ['too-late', {}, { now: epochMs(submitted.submittedAt! + 30_001) }],
    ['game-ended', {}, { game: { ...game, phase: 'rugged' } }],
    ['game-ended', {}, { game: { ...game, gameId: other } }],
    ['feed-stale', {}, { feedLive: false }],
    ['feed-stale', {}, { game: null }],
  ])('makes the bet void: %s', (reason, changes, moment) => {
    expect(judge(changes, moment)).toMatchObject({ type: 'voided', payload: { reason } });
  });

  it('makes an expired bet void', () => {
    const expired = betAfter('prepared', 'expired');
    expect(judge({}, {}, expired)).toMatchObject({ type: 'voided', payload: { reason: 'late-stake' } });
  });

  it('takes game and tick from the site where the site names them', () => {
    const seen = { gameId: gameId(GAME_ID), startTick: 33 };
    expect(judge({ seen }, { feedLive: false })).toMatchObject({ type: 'activated', payload: { startTick: 33 } });
    expect(judge({ seen: { ...seen, gameId: other } })).toMatchObject({ payload: { reason: 'game-ended' } });
  });

  it('is of no use to betEvent in another order', () => {
    expect(() => betAfter('prepared', betEvent('activated'))).toThrow(/activated/);
  });
});
