import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRound, comparePaths, type Round } from '@/components/verify/check-round';
import { checkLines, provenPoints, unprovenPoints, verdictSentence } from '@/components/verify/check-words';
import { replayGame } from '@/lib/game/provably-fair';

/** Recorded from the real game in December 2025: rug tick, peak and hash as published. */
const SEED = 'e2896666bec952ac4dbc65d73e1d08dcd5da597137dcf6255f23cd67db9dcd7c';
const GAME = '20251207-1e01ac417e8043ca';
const HASH = '620f7079cc785925512f5ec4ad3b412a804e68771ed12384509066ce5c635d4c';
const PEAK = 1.223525528686852;
const RUG_PRICE = 0.0012;

const base: Round = { serverSeed: SEED, gameId: GAME, version: 'v3', serverSeedHash: HASH, recorded: null };
const replayed = replayGame(base);
const whole = [...replayed.prices, RUG_PRICE];
const changed = (tick: number, price: number | null) => whole.map((known, at) => (at === tick ? price : known));
const check = (change: Partial<Round>) => checkRound({ ...base, ...change });
const recorded = (prices: (number | null)[], peak: number | null = PEAK) => ({ recorded: { prices, peak } });
const outcomes = (change: Partial<Round>) => checkLines(check(change)).map(({ outcome }) => outcome);

describe('checking a game in the browser', () => {
  it('verifies a recorded game whole: hash, length, every price, peak', () => {
    const done = check(recorded(whole));
    expect(done.verdict).toBe('verified');
    expect(done.replayed).toMatchObject({ rugTick: 92, peak: PEAK });
    expect(done.seedHash).toBe(HASH);
    expect(done.path).toEqual({ kind: 'same', prices: 92 });
    expect(outcomes(recorded(whole))).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(verdictSentence(done)).toContain('rug at tick 92');
    expect(provenPoints(done)).toHaveLength(2);
  });

  it('finds the one price that differs in its last bit, and says where', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 91 }), (tick) => {
        const price = whole[tick]! * (1 + 2 ** -51);
        expect(price).not.toBe(whole[tick]);
        const done = check(recorded(changed(tick, price), null));
        expect(done.verdict).toBe('failed');
        expect(done.path).toEqual({ kind: 'differs', tick, replayed: whole[tick], recorded: price });
      }),
    );
  });

  it('finds a game that rugged elsewhere, and names the tick', () => {
    const shorter = comparePaths(replayed, [...whole.slice(0, 50), RUG_PRICE]);
    expect(shorter).toEqual({ kind: 'differs', tick: 50, replayed: whole[50], recorded: null });
    const longer = comparePaths(replayed, [...replayed.prices, 1.1, 1.2, RUG_PRICE]);
    expect(longer).toEqual({ kind: 'differs', tick: 92, replayed: null, recorded: 1.1 });
    expect(comparePaths(replayed, [])).toMatchObject({ kind: 'differs', tick: 0 });
  });

  it('does not call verified what it could not compare', () => {
    const holes = check(recorded(changed(3, null)));
    expect(holes).toMatchObject({ verdict: 'partly', path: { kind: 'holes', compared: 91, missing: 1 } });
    expect(check({}).verdict).toBe('partly');
    expect(check({ ...recorded(whole), serverSeedHash: null }).verdict).toBe('partly');
    expect(check({ serverSeedHash: null }).verdict).toBe('replayed');
    expect(provenPoints(check({ serverSeedHash: null }))).toEqual([]);
    expect(unprovenPoints(check({ serverSeedHash: null }))[0]).toContain('That this is the seed of that game');
  });

  it.each([
    ['a seed of one other character', { serverSeed: SEED.replace('e', 'f') }, 'failed'],
    ['another game id', { gameId: '20251207-1e01ac417e8043cb' }, 'ok'],
    ['the other version of the generator', { version: 'v1' }, 'ok'],
  ] as const)('fails with %s', (_, change, hash) => {
    const round = { ...recorded(whole), ...change };
    expect(check(round).verdict).toBe('failed');
    expect(outcomes(round)).toEqual([hash, 'failed', 'failed', 'failed']);
  });

  it('fails when only the published peak is wrong', () => {
    expect(check(recorded(whole, 1.3)).verdict).toBe('failed');
    expect(outcomes(recorded(whole, 1.3))).toEqual(['ok', 'ok', 'ok', 'failed']);
  });

  it('always says what no such check can prove', () => {
    for (const round of [recorded(whole), {}, { serverSeedHash: null }]) {
      const said = unprovenPoints(check(round)).join(' ');
      expect(said).toContain('drawn by chance');
      expect(said).toContain('settled rightly');
      expect(said).toContain('a game to come');
    }
  });
});
