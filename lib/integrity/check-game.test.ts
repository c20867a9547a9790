// Laws: a sound game passes every check; whatever is changed in it fails the check that is about it, and says where.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGame } from '@/lib/integrity/check-game';
import { CHECK_IDS, type CheckId } from '@/lib/integrity/check-result';
import type { GameOnRecord } from '@/lib/integrity/game-on-record';
import { createSoundGame } from '@/lib/integrity/test-kit/sound-game';
import { lamports } from '@/lib/units/lamports';

const game = fc.nat({ max: 100_000 }).map(createSoundGame);
const longGame = game.filter(({ rugTick }) => rugTick > 60);

function resultOf(changed: GameOnRecord, check: CheckId) {
  return checkGame(changed).results.find((result) => result.check === check)!;
}

/** The checks that do not pass. */
function complaints(changed: GameOnRecord) {
  const found = checkGame(changed).results.filter(({ status }) => status !== 'passed');
  return Object.fromEntries(found.map(({ check, status }) => [check, status]));
}

function without(prices: GameOnRecord['prices'], tick: number) {
  return prices.map((price, i) => (i === tick ? null : price));
}

describe('a sound game', () => {
  it('passes every check, in the order in which they are told', () => {
    fc.assert(
      fc.property(game, (sound) => {
        expect(checkGame(sound).results.map(({ check }) => check)).toEqual([...CHECK_IDS]);
        expect(complaints(sound)).toEqual({});
        expect(complaints({ ...sound, tickPrices: sound.prices })).toEqual({});
        expect(checkGame(sound).status).toBe('passed');
      }),
    );
  });
});

describe('a path', () => {
  it('fails when any price differs by its last bit, and the tick is named', () => {
    fc.assert(
      fc.property(longGame, fc.nat({ max: 59 }), (sound, tick) => {
        const prices = sound.prices.map((price, i) => (i === tick ? price! * (1 + Number.EPSILON) : price));
        const result = resultOf({ ...sound, prices }, 'provably-fair');
        expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining(`At tick ${tick} `) });
      }),
    );
  });

  it('fails when the seed or its hash is another, and when the rug is elsewhere', () => {
    const sound = createSoundGame(3);
    expect(complaints({ ...sound, serverSeed: 'another' })).toEqual({ 'provably-fair': 'failed' });
    expect(complaints({ ...sound, serverSeedHash: 'f'.repeat(64) })).toEqual({ 'provably-fair': 'failed' });
    expect(complaints({ ...sound, serverSeedHash: null })).toEqual({ 'provably-fair': 'failed' });
    const moved = { ...sound, rugTick: sound.rugTick - 1 };
    expect(resultOf(moved, 'provably-fair')).toMatchObject({ status: 'failed' });
    expect(resultOf(moved, 'tick-sequence')).toMatchObject({ status: 'failed' });
  });

  it('fails when it replays although the copy that confirmed it did not', () => {
    const sound = createSoundGame(4);
    expect(complaints({ ...sound, verification: 'failed' })).toEqual({ 'provably-fair': 'failed' });
  });

  it('without a seed or of another generator is unverifiable, and so is the game', () => {
    const seedless = { ...createSoundGame(5), serverSeed: null, serverSeedHash: null, commitmentKept: null };
    expect(complaints(seedless)).toEqual({ 'provably-fair': 'unverifiable', commitment: 'unverifiable' });
    expect(checkGame(seedless).status).toBe('unverifiable');
    const other = { ...createSoundGame(5), version: 'v3+hazard=0.01', verification: 'unverifiable' as const };
    expect(complaints(other)).toEqual({ 'provably-fair': 'unverifiable' });
  });

  it('that breaks the promise made before the game fails', () => {
    expect(complaints({ ...createSoundGame(6), commitmentKept: false })).toEqual({ commitment: 'failed' });
  });
});

describe('a hole', () => {
  it('fails a game that claims to be whole, names the ticks, and leaves the rest of the path unproven', () => {
    fc.assert(
      fc.property(longGame, fc.integer({ min: 1, max: 59 }), (sound, tick) => {
        const holed = { ...sound, prices: without(sound.prices, tick) };
        const result = resultOf(holed, 'tick-sequence');
        expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining(`(${tick})`) });
        expect(resultOf(holed, 'provably-fair').status).toBe('unverifiable');
      }),
    );
  });

  it('that the record knows of is unverifiable, and one that it only believes in fails', () => {
    const sound = createSoundGame(8);
    const holed = { ...sound, complete: false, prices: without(sound.prices, 2) };
    expect(resultOf(holed, 'tick-sequence').status).toBe('unverifiable');
    expect(resultOf({ ...sound, complete: false }, 'tick-sequence').status).toBe('failed');
  });

  it('at the end of a path is a hole too', () => {
    const sound = createSoundGame(9);
    expect(resultOf({ ...sound, prices: sound.prices.slice(0, -1) }, 'tick-sequence').status).toBe('failed');
  });
});

describe('ticks', () => {
  it('after the rug fail', () => {
    const sound = createSoundGame(10);
    const result = resultOf({ ...sound, prices: [...sound.prices, 0.01] }, 'tick-sequence');
    expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining(`tick ${sound.rugTick + 1}`) });
  });

  it('that arrived before the tick they follow fail; those learnt later have no place in that order', () => {
    fc.assert(
      fc.property(longGame, fc.integer({ min: 10, max: 59 }), (sound, tick) => {
        const arrivalsMs = sound.arrivalsMs!.map((at, i) => (i === tick ? -1 : at));
        expect(resultOf({ ...sound, arrivalsMs }, 'tick-sequence')).toMatchObject({
          status: 'failed',
          detail: expect.stringContaining(`Tick ${tick} `),
        });
        expect(complaints({ ...sound, arrivalsMs: null })).toEqual({});
      }),
    );
  });

  it('that are told otherwise by their own rows fail, and are named', () => {
    fc.assert(
      fc.property(longGame, fc.nat({ max: 59 }), fc.constantFrom(null, 1e9), (sound, tick, price) => {
        const tickPrices = sound.prices.map((known, i) => (i === tick ? price : known));
        expect(complaints({ ...sound, tickPrices })).toEqual({ 'tick-sequence': 'failed' });
        expect(resultOf({ ...sound, tickPrices }, 'tick-sequence').detail).toContain(`At tick ${tick} `);
      }),
    );
  });

  it('must lead to the peak, begin at 1 and be a number a game can have', () => {
    const sound = createSoundGame(11);
    expect(complaints({ ...sound, peak: sound.peak! * 2 })).toEqual({ 'length-and-peak': 'failed' });
    expect(complaints({ ...sound, peak: null })).toEqual({ 'length-and-peak': 'failed' });
    const prices = [1.01, ...sound.prices.slice(1)];
    expect(resultOf({ ...sound, prices }, 'length-and-peak').status).toBe('failed');
    expect(resultOf({ ...sound, rugTick: 0 }, 'length-and-peak').status).toBe('failed');
    expect(resultOf({ ...sound, rugTick: 5_001 }, 'length-and-peak').status).toBe('failed');
  });
});

describe('a trade', () => {
  it('after the rug, or not at the price of its tick, fails', () => {
    const sound = createSoundGame(12);
    const late = [...sound.trades, { tick: sound.rugTick + 1, price: 1 }];
    expect(complaints({ ...sound, trades: late })).toEqual({ trades: 'failed' });
    const dear = [{ tick: 3, price: sound.prices[3]! * 1.0001 }];
    expect(complaints({ ...sound, trades: dear })).toEqual({ trades: 'failed' });
  });

  it('at a tick that nobody knows is not judged', () => {
    const sound = createSoundGame(13);
    const holed = { ...sound, complete: false, prices: without(sound.prices, 3), trades: [{ tick: 3, price: 99 }] };
    expect(resultOf(holed, 'trades').status).toBe('passed');
  });
});

describe('a side bet', () => {
  const sound = createSoundGame(14);
  const bet = sound.sideBets[0]!;
  const lost = { ...bet, outcome: 'lost' as const, payoutLamports: lamports(0n) };
  const won = { ...bet, outcome: 'won' as const, payoutLamports: lamports(62_500_000n) };

  it.each([
    ['settled against the rule', { ...(bet.outcome === 'won' ? lost : won) }],
    ['that is not settled', { ...bet, outcome: null, payoutLamports: null }],
    ['that pays a lamport too much', { ...bet, payoutLamports: lamports(bet.payoutLamports! + 1n) }],
    ['with another window', { ...bet, endTick: bet.endTick + 1 }],
  ])('%s fails', (_, changed) => {
    const result = resultOf({ ...sound, sideBets: [changed] }, 'side-bets');
    expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining('0.0125 SOL at tick 0') });
  });

  it('is told among the first three that are wrong, and the others are counted', () => {
    const five = Array.from({ length: 5 }, () => ({ ...bet, outcome: null, payoutLamports: null }));
    expect(resultOf({ ...sound, sideBets: five }, 'side-bets').detail).toContain('and 2 more');
  });
});

describe('a prediction', () => {
  it('without its outcome, or with that of another rug, fails', () => {
    const sound = createSoundGame(15);
    const [prediction] = sound.predictions;
    for (const wrong of [
      { ...prediction!, rugTick: null, won: null },
      { ...prediction!, rugTick: sound.rugTick + 1 },
      { ...prediction!, won: !prediction!.won },
    ]) {
      expect(complaints({ ...sound, predictions: [wrong] })).toEqual({ predictions: 'failed' });
    }
  });
});
