// Laws: every posting sums to zero; whatever way a bet goes, it leaves nothing in escrow, and its player has what the way
// says: winnings, nothing lost but fees, or the stake gone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VenueId } from '@/lib/bets/bet';
import { VENUE_IDS } from '@/lib/bets/bet';
import { betAccounts, createPosting, type Posting } from '@/lib/ledger/ledger';
import {
  feeLost,
  houseMoved,
  paperReset,
  payoutPaid,
  refundPaid,
  stakeLost,
  stakeNotLost,
  stakeTaken,
  stakeVanished,
  unidentified,
} from '@/lib/ledger/postings';
import { lamports, type Lamports } from '@/lib/units/lamports';

const amount = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(lamports);
const fee = fc.bigInt({ min: 0n, max: 100_000n }).map(lamports);
const signed = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map(lamports);
const venue = fc.constantFrom<VenueId>(...VENUE_IDS);
const WAYS = ['won', 'lost', 'lost then won', 'void', 'gone', 'lost then gone', 'failed'] as const;

type Way = (typeof WAYS)[number];
type Taken = { stake: Lamports; feeLamports: Lamports; payFee: Lamports };

function go(
  way: Way,
  bet: { betId: string; accountId: string; venue: VenueId },
  { stake, feeLamports, payFee }: Taken,
): Posting[] {
  const moved = { lamports: stake, signature: 's', feeLamports };
  const taken = stakeTaken(bet, moved);
  const back = { signature: 'p', feeLamports: payFee, held: stake };
  const payout = payoutPaid(bet, { ...back, lamports: lamports(5n * stake) });
  switch (way) {
    case 'won':
      return [taken, payout];
    case 'lost':
      return [taken, stakeLost(bet, stake)];
    case 'lost then won':
      return [taken, stakeLost(bet, stake), stakeNotLost(bet, stake), payout];
    case 'void':
      return [taken, refundPaid(bet, { ...back, lamports: stake })];
    case 'gone':
      return [taken, stakeVanished(bet, moved)];
    case 'lost then gone':
      return [taken, stakeLost(bet, stake), stakeNotLost(bet, stake), stakeVanished(bet, moved)];
    case 'failed':
      return [feeLost(bet, moved)];
  }
}

function sumOf(postings: readonly Posting[], account: string): bigint {
  return postings
    .flatMap(({ lines }) => lines)
    .filter((line) => line.account === account)
    .reduce((sum, line) => sum + line.lamports, 0n);
}

describe('postings', () => {
  it('sum to zero, and leave nothing in escrow whichever way a bet goes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WAYS), venue, amount, fee, fee, (way, id, stake, feeLamports, payFee) => {
        const bet = { betId: 'B', accountId: 'a', venue: id };
        const postings = go(way, bet, { stake, feeLamports, payFee });
        const { player, escrow, house } = betAccounts(id, 'a');
        for (const { lines } of postings) {
          expect(lines.reduce((sum, line) => sum + line.lamports, 0n)).toBe(0n);
          for (const line of lines) expect(line.lamports).not.toBe(0n);
        }
        expect(new Set(postings.map(({ name }) => name)).size).toBe(postings.length);
        expect(sumOf(postings, escrow)).toBe(0n);
        const gains = { won: 4n * stake, 'lost then won': 4n * stake, lost: -stake }[way as string] ?? 0n;
        const paysFee = way === 'gone' || way === 'lost then gone' ? 0n : feeLamports;
        expect(sumOf(postings, player)).toBe(gains - paysFee);
        const isPaidBack = ['won', 'lost then won', 'void'].includes(way);
        expect(sumOf(postings, house)).toBe(-gains - (isPaidBack ? payFee : 0n));
      }),
    );
  });

  it('of the venue’s own money sum to zero, and change its address by what moved', () => {
    fc.assert(
      fc.property(signed, fee, (moved, feeLamports) => {
        for (const posting of [houseMoved, unidentified].map((book) =>
          book({ lamports: moved, signature: 's', feeLamports }),
        )) {
          expect(posting.lines.reduce((sum, line) => sum + line.lamports, 0n)).toBe(0n);
          expect(sumOf([posting], 'house') + sumOf([posting], 'unidentified')).toBe(moved - feeLamports);
        }
      }),
    );
  });

  it('bring a paper balance from what it is to what it shall be', () => {
    const posting = paperReset('a', { from: lamports(3n), to: lamports(10n), n: 2 });
    expect(posting).toMatchObject({ name: 'paper:a:2' });
    expect(sumOf([posting], 'paper:a')).toBe(7n);
  });

  it('that do not sum to zero are refused', () => {
    const lines = [{ account: 'escrow' as const, lamports: lamports(1n) }];
    expect(() => createPosting({ name: 'x', lines, betId: null, signature: null })).toThrow(/sums to 1/);
  });
});
