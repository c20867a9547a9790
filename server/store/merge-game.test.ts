import { describe, expect, it } from 'vitest';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { listedAt, mergeGame, type FinishedFact, type GameRowFact } from '@/server/store/merge-game';
import type { GameRow } from '@/server/store/rows';

const id = gameId('20260101-0000000000000001');
const announced: GameRowFact = {
  type: 'game-announced',
  gameId: id,
  at: epochMs(1_000),
  serverSeedHash: 'a'.repeat(64),
  version: 'v3',
};
const active: GameRowFact = { type: 'phase', gameId: id, phase: 'active', at: epochMs(2_000) };
const rugged: GameRowFact[] = [
  { type: 'phase', gameId: id, phase: 'rugged', at: epochMs(3_000) },
  { type: 'game-rugged', gameId: id, rugTick: 3, at: epochMs(3_000) },
];

function finished(status: 'verified' | 'failed' | 'unverifiable', changes: Partial<FinishedFact> = {}): FinishedFact {
  return {
    type: 'game-finished',
    game: {
      gameId: id,
      endedAt: epochMs(3_100),
      prices: [1, 2, 3, 0.1],
      peak: 3,
      version: 'v3',
      serverSeed: `seed of the ${status} copy`,
      serverSeedHash: 'a'.repeat(64),
      sideBets: [],
    },
    at: epochMs(4_000),
    rugTick: 3,
    verification: { status, hashOk: true, pathOk: true, peakOk: true, rugTick: 3, peak: 3, maxDifference: 0 },
    commitmentKept: true,
    watched: true,
    ticksRepaired: 0,
    ticksCorrected: 0,
    ...changes,
  };
}

function merge(...facts: GameRowFact[]): GameRow {
  return facts.reduce<GameRow | null>((row, fact) => mergeGame(row, fact), null)!;
}

describe('a game on record', () => {
  it('takes the copy that verifies, whichever came first', () => {
    const orders = [
      [finished('failed'), finished('verified')],
      [finished('verified'), finished('failed')],
      [finished('unverifiable'), finished('verified'), finished('failed')],
    ];
    for (const order of orders) {
      expect(merge(announced, ...order)).toMatchObject({
        verification: 'verified',
        serverSeed: 'seed of the verified copy',
      });
    }
  });

  it('is not taken back by live facts that come after the history', () => {
    const row = merge(finished('verified'), announced, active, {
      type: 'game-rugged',
      gameId: id,
      rugTick: 99,
      at: epochMs(9_000),
    });
    expect(row).toMatchObject({ phase: 'rugged', rugTick: 3, verification: 'verified', startedAt: 2_000 });
  });

  it('keeps a promise once seen kept, also when a restart has not seen it', () => {
    expect(merge(finished('verified'), finished('verified', { commitmentKept: null })).commitmentKept).toBe(true);
    expect(merge(finished('verified', { commitmentKept: null }), finished('verified')).commitmentKept).toBe(true);
    expect(merge(finished('verified', { commitmentKept: false })).commitmentKept).toBe(false);
  });

  it('counts repairs as whoever watched it did', () => {
    const watched = finished('verified', { ticksRepaired: 1, ticksCorrected: 2 });
    const again = finished('verified', { ticksRepaired: 4, watched: false });
    for (const row of [merge(watched, again), merge(again, watched)]) {
      expect(row).toMatchObject({ ticksRepaired: 1, ticksCorrected: 2 });
    }
  });

  it('goes on when a rug that one frame claimed is denied', () => {
    const row = merge(announced, active, ...rugged, { type: 'phase', gameId: id, phase: 'active', at: epochMs(3_250) });
    expect(row).toMatchObject({ phase: 'active', startedAt: 2_000 });
  });

  it('is listed by its end, else by what came last before it', () => {
    expect(listedAt(merge(announced))).toBe(1_000);
    expect(listedAt(merge(announced, active))).toBe(2_000);
    expect(listedAt(merge(announced, active, ...rugged))).toBe(3_000);
    expect(listedAt(merge(announced, active, ...rugged, finished('verified')))).toBe(3_100);
    expect(listedAt(merge(rugged[1]!))).toBe(3_000);
  });

  it('keeps text that PostgreSQL refuses readable', () => {
    const game = { ...finished('failed').game, serverSeed: 'a\0b\ud800' };
    expect(merge(finished('failed', { game })).serverSeed).toBe('a\uFFFDb\uFFFD');
  });
});
