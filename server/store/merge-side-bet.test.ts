import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computePayoutLamports } from '@/lib/game/side-bet-payout';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { mergeSideBet, settleSideBet } from '@/server/store/merge-side-bet';

const id = gameId('20260101-0000000000000001');
const sideBet = {
  playerId: 'player',
  username: null,
  stakeLamports: lamports(250_000_000n),
  payoutMultiple: 5,
  coinAddress: 'coin',
  startTick: 10,
  endTick: 50,
  placedAt: null,
};

describe('the payout of a side bet', () => {
  it('is the stake times a whole multiple, exactly, however large', () => {
    const stakes = fc.bigInt({ min: 1n, max: 10n ** 18n }).map(lamports);
    fc.assert(
      fc.property(stakes, fc.integer({ min: 1, max: 1_000 }), (stakeLamports, payoutMultiple) => {
        expect(computePayoutLamports({ stakeLamports, payoutMultiple })).toBe(stakeLamports * BigInt(payoutMultiple));
      }),
    );
  });

  it.each([
    [3n, 4.5, 13n],
    [1_000_000_001n, 1.1, 1_100_000_001n],
    [10n, 1.0000001, 10n],
    [10n ** 9n, 1e21, 10n ** 30n],
  ])('of %s lamports at %s is %s: what is below one lamport is cut off', (stake, payoutMultiple, payout) => {
    expect(computePayoutLamports({ stakeLamports: lamports(stake), payoutMultiple })).toBe(payout);
  });
});

describe('a side bet', () => {
  const row = mergeSideBet(undefined, { gameId: id, sideBet, seenAt: epochMs(1) });

  it.each([
    [10, 'lost', 0n],
    [11, 'won', 1_250_000_000n],
    [50, 'won', 1_250_000_000n],
    [51, 'lost', 0n],
    [null, null, null],
  ])('from tick 10, with a rug at %s, is %s', (rugTick, outcome, payoutLamports) => {
    expect(settleSideBet(row, rugTick)).toMatchObject({ outcome, payoutLamports });
  });

  it('has the terms that the history tells, and the time at which it was first seen', () => {
    const told = { ...sideBet, stakeLamports: lamports(7n), username: 'name' };
    const confirmed = mergeSideBet(row, { gameId: id, sideBet: told, seenAt: null });
    expect(confirmed).toMatchObject({ stakeLamports: 7n, username: 'name', seenAt: 1, confirmed: true });
    const late = mergeSideBet(confirmed, { gameId: id, sideBet, seenAt: epochMs(0) });
    expect(late).toMatchObject({ stakeLamports: 7n, seenAt: 0, confirmed: true });
  });
});
