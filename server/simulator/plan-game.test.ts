import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyGame } from '@/lib/game/provably-fair';
import { STAKE_MAX_LAMPORTS, STAKE_MIN_LAMPORTS, WINDOW_TICKS } from '@/lib/game/rules';
import { solToLamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { createCrowd } from '@/server/simulator/crowd';
import { planGame } from '@/server/simulator/plan-game';
import { createRandom } from '@/server/simulator/random';

const AT = epochMs(Date.UTC(2026, 0, 2, 3));
const players = createCrowd(createRandom('crowd'));
const plan = (seed: string, options: { index?: number; hazard?: number } = {}) =>
  planGame({ seed, index: 0, at: AT, hazard: 0.005, players, ...options });

describe('the crowd', () => {
  it('has 100 to 200 players of distinct ids, some without a name, some with practice coins', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const crowd = createCrowd(createRandom(seed));
      expect(crowd.length).toBeGreaterThanOrEqual(100);
      expect(crowd.length).toBeLessThanOrEqual(200);
      expect(new Set(crowd.map(({ id }) => id)).size).toBe(crowd.length);
    }
    expect(players.some(({ username }) => username === null)).toBe(true);
    expect(players.some(({ practice }) => practice)).toBe(true);
  });
});

describe('a planned game', () => {
  it('verifies, whatever the seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -10, max: 10_000 }), (seed, index) => {
        const game = plan(seed, { index });
        expect(game.gameId).toMatch(/^20260102-[0-9a-f]{16}$/);
        expect(game.serverSeed).toMatch(/^[0-9a-f]{64}$/);
        expect(verifyGame(game)).toMatchObject({ status: 'verified', rugTick: game.rugTick, peak: game.peak });
        expect(game.tickOffsetsMs).toHaveLength(game.rugTick + 1);
        const rugPrice = game.prices.at(-1)!;
        expect(rugPrice).toBeGreaterThanOrEqual(0.004);
        expect(rugPrice).toBeLessThan(0.02);
      }),
      { numRuns: 60 },
    );
  });

  it('never lets a player have two open side bets, and keeps every stake within the limits', () => {
    fc.assert(
      fc.property(fc.nat(), (index) => {
        const freeFrom = new Map<string, number>();
        let previous = 0;
        for (const { player, startTick, stakeLamports, presaleLeftMs } of plan('bets', { index }).sideBets) {
          expect(startTick).toBeGreaterThanOrEqual(Math.max(previous, freeFrom.get(player.id) ?? 0));
          expect(stakeLamports).toBeGreaterThanOrEqual(STAKE_MIN_LAMPORTS);
          expect(stakeLamports).toBeLessThanOrEqual(STAKE_MAX_LAMPORTS);
          if (presaleLeftMs !== null) expect(startTick).toBe(0);
          freeFrom.set(player.id, startTick + WINDOW_TICKS);
          previous = startTick;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has trades in tick order, before the rug, with amounts that are whole lamports', () => {
    for (let index = 0; index < 20; index++) {
      const game = plan('trades', { index });
      let previous = 0;
      for (const { tick, amount, price } of game.trades) {
        expect(tick).toBeGreaterThanOrEqual(previous);
        expect(tick).toBeLessThan(game.rugTick);
        expect(price).toBe(game.prices[tick]);
        expect(solToLamports(amount).ok).toBe(true);
        previous = tick;
      }
    }
  });

  it('stakes heavy-tailed amounts: mostly small, a few large, some in practice coins', () => {
    const bets = Array.from({ length: 100 }, (_, index) => plan('stakes', { index }).sideBets).flat();
    const share = (test: (bet: (typeof bets)[number]) => boolean) => bets.filter(test).length / bets.length;
    expect(bets.length).toBeGreaterThan(1_000);
    expect(share(({ stakeLamports }) => stakeLamports <= 50_000_000n)).toBeGreaterThan(0.6);
    expect(share(({ stakeLamports }) => stakeLamports >= 200_000_000n)).toBeGreaterThan(0.005);
    expect(share(({ coinAddress }) => coinAddress === '0xPractice')).toBeGreaterThan(0.001);
  });

  it('rugs about as often as its hazard says', () => {
    const mean = (hazard: number) => {
      const ticks = Array.from({ length: 400 }, (_, index) => plan('hazard', { index, hazard }).rugTick);
      return ticks.reduce((sum, tick) => sum + tick, 0) / ticks.length;
    };
    // Geometric: the mean is 1 / hazard, its standard error over 400 games a twentieth of that.
    expect(Math.abs(mean(0.02) * 0.02 - 1)).toBeLessThan(0.2);
    expect(plan('v', { hazard: 0.02 }).version).toBe('v3+hazard=0.02');
    expect(verifyGame(plan('v', { hazard: 0.02 })).status).toBe('unverifiable');
  });
});
