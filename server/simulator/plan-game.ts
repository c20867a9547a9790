// Everything that is settled about a game before it starts: seed, path, the moment of each tick, what the crowd will do.
// Pure: a game follows from the run's seed, its number and its date alone. Called once for each game by the run script.
import { hashServerSeed, replayGame } from '@/lib/game/provably-fair';
import { PRESALE_MS, PUBLISHED_HAZARD } from '@/lib/game/rules';
import { gameId, type GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import type { SimulatedPlayer } from '@/server/simulator/crowd';
import { planSideBets, type PlannedSideBet } from '@/server/simulator/plan-side-bets';
import { planTrades, type PlannedTrade } from '@/server/simulator/plan-trades';
import { createRandom } from '@/server/simulator/random';
import { sampleTickOffsets } from '@/server/simulator/tick-intervals';

/** A game without its crowd. */
export type GameCourse = {
  readonly gameId: GameId;
  /** `v3`, or `v3+hazard=<h>` when the hazard is not the published one, so that nobody takes it for verifiable. */
  readonly version: string;
  readonly serverSeed: string;
  readonly serverSeedHash: string;
  /** The published path: index = tick, the rug price last. */
  readonly prices: readonly number[];
  readonly rugTick: number;
  readonly peak: number;
  readonly tickOffsetsMs: readonly number[];
};

export type GamePlan = GameCourse & {
  readonly trades: readonly PlannedTrade[];
  readonly sideBets: readonly PlannedSideBet[];
};

/** The rug price is not drawn by the generator; 0.0086 to 0.0197 were recorded. */
const RUG_PRICE_MIN = 0.004;
const RUG_PRICE_MAX = 0.02;

type CourseOptions = {
  readonly seed: string;
  /** Number of the game in its run; games before the run's first one are negative. */
  readonly index: number;
  /** Gives the id its date. */
  readonly at: EpochMs;
  readonly hazard: number;
};

/** Which of its acts the crowd plans; each kind draws from a stream of its own. */
export type CrowdActs = { readonly trades: boolean; readonly sideBets: boolean };

export function planGame({
  players,
  acts = { trades: true, sideBets: true },
  ...options
}: CourseOptions & { players: readonly SimulatedPlayer[]; acts?: CrowdActs }): GamePlan {
  const { seed, index } = options;
  const stream = (name: string) => createRandom(`${seed}/game ${index}/${name}`);
  const course = planCourse(options);
  const { prices, rugTick } = course;
  const path = prices.slice(0, rugTick);
  return {
    ...course,
    trades: acts.trades ? planTrades({ players, prices: path, presaleMs: PRESALE_MS, random: stream('trades') }) : [],
    sideBets: acts.sideBets
      ? planSideBets({ players, rugTick, presaleMs: PRESALE_MS, random: stream('side bets') })
      : [],
  };
}

export function planCourse({ seed, index, at, hazard }: CourseOptions): GameCourse {
  const stream = (name: string) => createRandom(`${seed}/game ${index}/${name}`);
  const random = stream('prices');
  const serverSeed = random.hex(64);
  const id = gameId(`${utcDate(at)}-${random.hex(16)}`);
  const { prices, rugTick, peak } = replayGame({ serverSeed, gameId: id, version: 'v3', hazard });
  return {
    gameId: id,
    version: versionOf(hazard),
    serverSeed,
    serverSeedHash: hashServerSeed(serverSeed),
    prices: [...prices, random.between(RUG_PRICE_MIN, RUG_PRICE_MAX)],
    rugTick,
    peak,
    tickOffsetsMs: sampleTickOffsets({ lastTick: rugTick, random: stream('timing') }),
  };
}

export function versionOf(hazard: number): string {
  return hazard === PUBLISHED_HAZARD ? 'v3' : `v3+hazard=${hazard}`;
}

export function utcDate(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
}
