import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { createEdgeEvidence, type FinishedGame } from '@/lib/edge/edge-evidence';
import {
  drawRugTick,
  simulateWorld,
  waldGames,
  winProbabilities,
  type HazardSteps,
} from '@/lib/edge/test-kit/edge-worlds';

const FAIR: HazardSteps = [[1, 0.005]];
const WORLDS: readonly HazardSteps[] = [
  FAIR,
  [[1, 0.0075]],
  [[1, 0.02]],
  [
    [1, 0.05],
    [10, 0.005],
  ],
  [
    [1, 0.005],
    [201, 0.01],
  ],
  [
    [1, 0.005],
    [60, 0.03],
    [120, 0.002],
  ],
];
const TICKS = [0, 3, 9, 40, 99, 160, 200, 333, 650, 4_000];

function play(games: readonly FinishedGame[], payout = 5) {
  const evidence = createEdgeEvidence({ payout });
  for (const game of games) evidence.observeGame(game);
  return evidence;
}

function draw(hazards: HazardSteps, count: number, seed: string): FinishedGame[] {
  const random = seedrandom(seed);
  return Array.from({ length: count }, () => ({ rugTick: drawRugTick(hazards, random) }));
}

describe('the edge evidence', () => {
  it('calls a zone positive exactly when the lower bound clears break-even and the e-value reaches 1/α', () => {
    const games = fc
      .record({ world: fc.constantFrom(...WORLDS), count: fc.integer({ min: 0, max: 400 }), seed: fc.integer() })
      .map(({ world, count, seed }) => draw(world, count, `duality ${seed}`));
    let positives = 0;
    fc.assert(
      fc.property(games, fc.constantFrom(5, 5, 3), (finished, payout) => {
        const evidence = play(finished, payout);
        for (const tick of TICKS) {
          const { eValue, positive, winProbability, scope } = evidence.evidenceAt(tick);
          expect(evidence.isPositive(tick)).toBe(positive);
          expect(winProbability.lower > 1 / payout).toBe(positive);
          expect(eValue >= 100).toBe(positive);
          expect(scope !== null).toBe(positive);
          expect(winProbability.lower).toBeGreaterThanOrEqual(0);
          expect(winProbability.lower).toBeLessThanOrEqual(winProbability.upper);
          expect(winProbability.upper).toBeLessThanOrEqual(1);
          if (positive) positives++;
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(positives).toBeGreaterThan(50); // Or the equivalence has only been seen from one side.
  });

  it('claims nothing before the first game', () => {
    const evidence = createEdgeEvidence({ payout: 5 });
    const { positive, winProbability, games } = evidence.evidenceAt(0);
    expect({ positive, games }).toEqual({ positive: false, games: 0 });
    expect(winProbability).toEqual({ lower: 0, upper: 1, level: 0.99 });
    expect(evidence.summary().anywhere.eValue).toBeCloseTo(1, 12);
    expect(evidence.summary().overall.winProbability.value).toBeNull();
  });

  it('shows no positive zone in fair worlds', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(simulateWorld({ world: { hazards: FAIR }, seed: `fair test ${seed}`, gamesMax: 500 }).falseZone).toBe(
        false,
      );
    }
  });

  it.each([
    ['global', WORLDS[1]!, 300],
    ['early', WORLDS[3]!, 60],
    ['late', WORLDS[4]!, 350],
  ] as const)('finds a %s edge, in the right place, and takes most of its profit', (name, hazards, gamesMax) => {
    const outcome = simulateWorld({ world: { hazards }, seed: `${name} test`, gamesMax: gamesMax * 4 });
    expect(outcome.detectionGames).toBeLessThan(gamesMax);
    expect(outcome.falseZone).toBe(false);
    // One short world each; the worlds bench measures the share over hundreds of long ones.
    expect(outcome.profit / outcome.oracleProfit).toBeGreaterThan(0.7);
  });

  it('finds an edge that begins after a thousand fair games, and says when', () => {
    const evidence = play([...draw(FAIR, 1_000, 'before'), ...draw([[1, 0.0085]], 500, 'after')]);
    expect(evidence.isPositive(40)).toBe(true);
    const { change } = evidence.summary();
    expect(change.eValue).toBeGreaterThan(100);
    expect(Math.abs(change.sinceGame - 1_000)).toBeLessThan(150);
  });

  it('makes no claim where a weak early excess is paid for by a missing rest of the window', () => {
    const hazards: HazardSteps = [
      [1, 0.012],
      [10, 0.001],
    ];
    expect(winProbabilities(hazards)[0]).toBeLessThan(0.2);
    const outcome = simulateWorld({ world: { hazards }, seed: 'compensated', gamesMax: 800 });
    expect(outcome.alarmGames).toBeLessThan(800); // The hazard is above break-even, and is seen to be.
    expect(outcome.falseZone).toBe(false);
  });

  it('counts the same whatever the order of games', () => {
    const games = fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 40 });
    fc.assert(
      fc.property(games, (rugTicks) => {
        const forth = play(rugTicks.map((rugTick) => ({ rugTick }))).summary();
        const back = play([...rugTicks].reverse().map((rugTick) => ({ rugTick }))).summary();
        expect(back.overall).toEqual(forth.overall);
        expect(back.buckets).toEqual(forth.buckets);
      }),
    );
  });

  it('is a sharper witness the more rugs there are', () => {
    const overall = (rugs: number) =>
      play([
        ...Array.from({ length: rugs }, () => ({ rugTick: 100 })),
        { rugTick: null, aliveAt: 4_000 - 100 * rugs },
      ]).summary().overall;
    for (let rugs = 1; rugs < 30; rugs++) {
      expect(overall(rugs).ticks).toBe(4_000);
      expect(overall(rugs).eValue).toBeGreaterThan(overall(rugs - 1).eValue);
      expect(overall(rugs).winProbability.lower).toBeGreaterThanOrEqual(overall(rugs - 1).winProbability.lower);
    }
  });

  it('uses what was seen of games joined late, cut short or cut off, and nothing else', () => {
    const { overall } = play([
      { rugTick: 150, observedFrom: 50 },
      { rugTick: null, aliveAt: 80 },
      { rugTick: 5_000 },
      { rugTick: 30, observedFrom: 30 },
      { rugTick: null },
    ]).summary();
    expect({ rugs: overall.rugs, ticks: overall.ticks }).toEqual({ rugs: 1, ticks: 100 + 80 + 4_999 });
  });

  it('continues from its state bit for bit, through JSON, and starts afresh for another payout', () => {
    const [first, second] = [draw([[1, 0.012]], 120, 'first'), draw([[1, 0.012]], 40, 'second')];
    const whole = play([...first, ...second]);
    const state = JSON.parse(JSON.stringify(play(first).serialize()));
    const resumed = createEdgeEvidence({ payout: 5 }, state);
    for (const game of second) resumed.observeGame(game);
    expect(resumed.serialize()).toEqual(whole.serialize());
    expect(resumed.summary()).toEqual(whole.summary());
    for (const tick of TICKS) expect(resumed.evidenceAt(tick)).toEqual(whole.evidenceAt(tick));
    expect(createEdgeEvidence({ payout: 4 }, state).summary().games).toBe(0);
  });

  it('refuses a payout that cannot win', () => {
    expect(() => createEdgeEvidence({ payout: 1 })).toThrow(/payout/);
  });
});

describe("Wald's bound", () => {
  it('is ln(100) over the information of a game in the affected ticks', () => {
    expect(waldGames(WORLDS[1]!, 0.01)).toBeCloseTo(113.0, 1);
    expect(waldGames(WORLDS[4]!, 0.01)).toBeCloseTo(87.3, 1);
    expect(waldGames(WORLDS[3]!, 0.01)).toBeCloseTo(9.4, 1);
    expect(waldGames(FAIR, 0.01)).toBe(Infinity);
  });
});
