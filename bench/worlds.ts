// Edge evidence in simulated worlds whose truth is known: how often a positive zone is false, how many games an edge takes to
// be seen, against what Wald's test would need, and what share of the oracle's profit is taken after that. Seeds fixed.
import {
  simulateWorld,
  waldGames,
  waldTestGames,
  type EdgeWorld,
  type HazardSteps,
  type WorldOutcome,
} from '@/lib/edge/test-kit/edge-worlds';
import { EDGE_ERROR } from '@/lib/edge/edge-evidence';
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import { percentile, round } from '@/lib/math/percentile';
import seedrandom from 'seedrandom';

const GAMES = 2_000;
/** Worlds for false zones in the fair world and for detection; the medians' standard error is then about 2 %. */
const WORLDS = 1_000;
/** Worlds played to the end, for the profit and the false zones of biased worlds: these take a hundred times longer. */
const FULL_WORLDS = 200;

const FAIR: HazardSteps = [[1, PUBLISHED_HAZARD]];
const FIXED: Record<string, EdgeWorld> = {
  global: { hazards: [[1, 0.0075]] },
  afterTick200: { hazards: [...FAIR, [201, 0.01]] },
  beforeTick10: {
    hazards: [
      [1, 0.05],
      [10, PUBLISHED_HAZARD],
    ],
  },
  shiftAfter1000Games: { hazards: [[1, 0.0075]], before: { games: 1_000, hazards: FAIR } },
};

/** Worlds not laid out in advance: the place and the size of the effect are drawn for each. */
const DRAWN: Record<string, (random: () => number) => EdgeWorld> = {
  globalAnySize: (random) => ({ hazards: [[1, between(random, 0.0065, 0.012)]] }),
  afterAnyTick: (random) => ({ hazards: [...FAIR, [tickBetween(random, 60, 400), between(random, 0.008, 0.02)]] }),
  beforeAnyTick: (random) => {
    const end = tickBetween(random, 5, 120);
    // Enough for the window at tick 0 to win 25 to 60 % of the time.
    const window = -Math.log1p(-between(random, 0.25, 0.6));
    const ticks = Math.min(40, end - 1);
    return {
      hazards: [
        [1, -Math.expm1(-(window - (40 - ticks) * PUBLISHED_HAZARD) / ticks)],
        [end, PUBLISHED_HAZARD],
      ],
    };
  },
  betweenAnyTicks: (random) => {
    const first = tickBetween(random, 10, 150);
    return {
      hazards: [...FAIR, [first, between(random, 0.01, 0.03)], [tickBetween(random, 2 * first, 300), PUBLISHED_HAZARD]],
    };
  },
};

export async function run() {
  const start = performance.now();
  const worlds: Record<string, unknown> = { fair: fairWorld() };
  for (const [name, world] of Object.entries(FIXED)) worlds[name] = biasedWorld(name, () => world);
  const anyPlace: Record<string, unknown> = {};
  for (const [name, draw] of Object.entries(DRAWN)) anyPlace[name] = biasedWorld(name, draw, FULL_WORLDS);
  return {
    errorLevel: EDGE_ERROR,
    gamesPerWorld: GAMES,
    worlds,
    anyPlace,
    seconds: round((performance.now() - start) / 1000, 1),
  };
}

function fairWorld() {
  const outcomes = seeds(WORLDS).map((seed) =>
    simulateWorld({ world: { hazards: FAIR }, seed: `fair ${seed}`, gamesMax: GAMES }),
  );
  return { worlds: WORLDS, falseZoneShare: share(outcomes) };
}

function biasedWorld(name: string, draw: (random: () => number) => EdgeWorld, worlds = WORLDS) {
  const drawn = seeds(worlds).map((seed) => ({
    seed: `${name} ${seed}`,
    world: draw(seedrandom(`${name} ${seed} place`)),
  }));
  const wald = drawn.map(({ world }) => waldGames(world.hazards, EDGE_ERROR));
  const waldTest = drawn.map(({ seed, world }) =>
    waldTestGames({ hazards: world.hazards, seed: `${seed} wald`, alpha: EDGE_ERROR }),
  );
  const full = drawn.slice(0, FULL_WORLDS).map(({ seed, world }) => simulateWorld({ world, seed, gamesMax: GAMES }));
  const outcomes = [
    ...full,
    ...drawn
      .slice(FULL_WORLDS)
      .map(({ seed, world }) => simulateWorld({ world, seed, gamesMax: GAMES, stopAtDetection: true })),
  ];
  const median = (values: readonly number[]) => round(percentile(values, 0.5), 2);
  return {
    worlds,
    medianGamesToDetection: median(outcomes.map(({ detectionGames }) => detectionGames)),
    waldBoundGames: median(wald),
    overWaldBound: median(outcomes.map(({ detectionGames }, i) => detectionGames / wald[i]!)),
    medianGamesToAlarm: median(outcomes.map(({ alarmGames }) => alarmGames)),
    waldTestMedianGames: median(waldTest),
    worldsPlayedToTheEnd: full.length,
    falseZoneShare: share(full),
    worstShortfall: round(Math.max(0, ...full.map(({ worstShortfall }) => worstShortfall)), 4),
    oracleProfitCaptured: round(total(full, 'profit') / total(full, 'oracleProfit'), 3),
  };
}

function share(outcomes: readonly WorldOutcome[]): number {
  return round(outcomes.filter(({ falseZone }) => falseZone).length / outcomes.length, 4);
}

function total(outcomes: readonly WorldOutcome[], field: 'profit' | 'oracleProfit'): number {
  return outcomes.reduce((sum, outcome) => sum + outcome[field], 0);
}

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}

function between(random: () => number, low: number, high: number): number {
  return low + (high - low) * random();
}

function tickBetween(random: () => number, low: number, high: number): number {
  return Math.floor(between(random, low, high + 1));
}
