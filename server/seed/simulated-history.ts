// A history of simulated games that ends at a given moment: one after the other, at the pace of the real game. Planned from
// its end backwards, since a game's id carries its date and its length follows from its id. Pure: the same seed, number and
// end give the same games. Called by seed-history and by benches.
import { COOLDOWN_MS, PRESALE_MS, PUBLISHED_HAZARD } from '@/lib/game/rules';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { createCrowd, type SimulatedPlayer } from '@/server/simulator/crowd';
import { planCourse, planGame, type CrowdActs, type GamePlan } from '@/server/simulator/plan-game';
import { createRandom } from '@/server/simulator/random';

export type SeededGame = {
  readonly plan: GamePlan;
  readonly announcedAt: EpochMs;
  readonly presaleAt: EpochMs;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  /** When the history would have named it: with the next game's announcement. */
  readonly confirmedAt: EpochMs;
};

export type SimulatedHistory = {
  /** Oldest first. */
  games(): Generator<SeededGame>;
};

/** From a rug to the announcement of the next game, as the run script plays it. */
const AFTERMATH_MS = 1_300;

export function planHistory({
  seed,
  games,
  until,
  trades = true,
  sideBets = true,
}: {
  seed: string;
  games: number;
  /** The last game has ended and is confirmed by then. */
  until: EpochMs;
  /** False: a crowd that does not trade, or place side bets. They take most of the time to plan. */
  trades?: boolean;
  sideBets?: boolean;
}): SimulatedHistory {
  const players = createCrowd(createRandom(`${seed}/players`));
  const acts = { trades, sideBets };
  const ends = planEnds({ seed, games, until });
  return {
    *games() {
      for (let index = 0; index < ends.length; index++)
        yield planOne({ seed, index, endedAt: ends[index]!, players, acts });
    },
  };
}

/** A number each: a hundred thousand games must not be held in memory. */
function planEnds({ seed, games, until }: { seed: string; games: number; until: EpochMs }): Float64Array {
  const ends = new Float64Array(games);
  let confirmedAt: number = until;
  for (let index = games - 1; index >= 0; index--) {
    const endedAt = epochMs(confirmedAt - AFTERMATH_MS);
    const { tickOffsetsMs, rugTick } = planCourse({ seed, index, at: endedAt, hazard: PUBLISHED_HAZARD });
    ends[index] = endedAt;
    confirmedAt = startOf({ endedAt, lengthMs: tickOffsetsMs[rugTick]! }) - COOLDOWN_MS;
  }
  return ends;
}

function planOne({
  seed,
  index,
  endedAt: end,
  players,
  acts,
}: {
  seed: string;
  index: number;
  endedAt: number;
  players: readonly SimulatedPlayer[];
  acts: CrowdActs;
}): SeededGame {
  const endedAt = epochMs(end);
  const plan = planGame({ seed, index, at: endedAt, hazard: PUBLISHED_HAZARD, players, acts });
  const startedAt = startOf({ endedAt, lengthMs: plan.tickOffsetsMs[plan.rugTick]! });
  return {
    plan,
    announcedAt: epochMs(startedAt - COOLDOWN_MS),
    presaleAt: epochMs(startedAt - PRESALE_MS),
    startedAt,
    endedAt,
    confirmedAt: epochMs(endedAt + AFTERMATH_MS),
  };
}

function startOf({ endedAt, lengthMs }: { endedAt: EpochMs; lengthMs: number }): EpochMs {
  return epochMs(Math.round(endedAt - lengthMs));
}
