import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashServerSeed, peakOf, replayGame, verifyGame } from '@/lib/game/provably-fair';
import { scriptGame } from '@/lib/test-kit/frames';

const KNOWN = {
  serverSeed: 'e2896666bec952ac4dbc65d73e1d08dcd5da597137dcf6255f23cd67db9dcd7c',
  gameId: '20251207-1e01ac417e8043ca',
};
const RECORDED = '../shared/data/verified-rounds.jsonl.gz';

describe('the published generator', () => {
  it('gives the known answer: rug at 92, peak 1.2235…', () => {
    const replayed = replayGame({ ...KNOWN, version: 'v3' });
    expect(replayed.rugTick).toBe(92);
    expect(replayed.peak).toBe(1.223525528686852);
    expect(replayed.prices).toHaveLength(92);
    expect(hashServerSeed(KNOWN.serverSeed)).toBe('620f7079cc785925512f5ec4ad3b412a804e68771ed12384509066ce5c635d4c');
  });

  it('starts at 1, never goes below 0 and rugs at tick 1 at the earliest', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom('v1' as const, 'v3' as const), (serverSeed, version) => {
        const { prices, rugTick, peak } = replayGame({ serverSeed, gameId: KNOWN.gameId, version });
        expect(prices[0]).toBe(1);
        expect(rugTick).toBe(prices.length);
        expect(rugTick).toBeGreaterThanOrEqual(1);
        expect(Math.min(...prices)).toBeGreaterThanOrEqual(0);
        expect(peak).toBe(Math.max(...prices));
      }),
    );
  });

  it('stops at 5,000 ticks', () => {
    expect(replayGame({ ...KNOWN, version: 'v3', hazard: 0 }).rugTick).toBe(5_000);
  });

  it.skipIf(!existsSync(RECORDED))('replays every recorded game bit for bit (skipped without ../shared)', () => {
    const lines = gunzipSync(readFileSync(RECORDED)).toString().trim().split('\n');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const entry = JSON.parse(line);
      const checked = verifyGame({
        ...entry.provablyFair,
        gameId: entry.id,
        version: entry.gameVersion,
        prices: entry.prices,
      });
      expect(checked).toMatchObject({ status: 'verified', maxDifference: 0, peak: entry.peakMultiplier });
    }
  });
});

describe('verifying a game', () => {
  const game = scriptGame(7);
  const published = { ...game, version: 'v3' };

  it('accepts what was published', () => {
    expect(verifyGame(published)).toMatchObject({ status: 'verified', hashOk: true, pathOk: true, maxDifference: 0 });
  });

  it('finds any single changed price', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: game.rugTick - 1 }),
        fc.double({ min: 1e-12, max: 1, noNaN: true }),
        (tick, by) => {
          const prices = game.prices.map((price, i) => (i === tick ? price + by : price));
          fc.pre(prices[tick] !== game.prices[tick]);
          const checked = verifyGame({ ...published, prices });
          expect(checked.status).toBe('failed');
          expect(checked.maxDifference).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('finds another seed, a shorter path and a missing tick', () => {
    expect(verifyGame({ ...published, serverSeed: 'other' })).toMatchObject({ status: 'failed', hashOk: false });
    expect(verifyGame({ ...published, prices: game.prices.slice(1) })).toMatchObject({
      status: 'failed',
      maxDifference: Infinity,
    });
    const holed = game.prices.map((price, tick) => (tick === 1 ? null : price));
    expect(verifyGame({ ...published, prices: holed })).toMatchObject({ status: 'failed', pathOk: false });
  });

  it('says that an unpublished version cannot be verified', () => {
    expect(verifyGame({ ...published, version: 'v3+hazard=0.01' })).toMatchObject({
      status: 'unverifiable',
      hashOk: true,
    });
  });

  it('leaves the rug price out of the peak', () => {
    expect(peakOf([0.5, 0.4, 0.9])).toBe(0.5);
  });
});

describe('a game without a seed', () => {
  it('is neither verified nor failed, and keeps its rug and peak', () => {
    const prices = [1, 1.5, 1.2, 0.01];
    const game = { serverSeed: null, serverSeedHash: null, gameId: '20250721-0000000000000001', version: 'v3', prices };
    expect(verifyGame(game)).toMatchObject({ status: 'unverifiable', hashOk: false, rugTick: 3, peak: 1.5 });
  });
});
