// When each tick of a game comes, in ms after tick 0. Pure; called once for each planned game.
// Fitted to the recorded server-side intervals (22,507 of them, game-facts.md): mean 271.5, median 251, p5 237, p95 269,
// p99 332, 0.44 % above 1 s, max 5,199. Four kinds of interval make them up:
//   ordinary  the inverse distribution function below, linear between its knots;
//   opening   the long frame sent at the start holds the loop: tick 1 is late and tick 2 follows at once (as captured);
//   stall     the mean leaves no room for stalls of one or two seconds: with 0.44 % of them they must average 4.6 s;
//   burst     one or two ticks caught up right after a stall. More would show in p5, which is 237.
import type { Random } from '@/server/simulator/random';

export const STALL_CHANCE = 0.0044;
const STALL_MS_MIN = 4_000;
const STALL_MS_MAX = 5_200;
const BURST_TICKS_MAX = 2;
const BURST_MS_MAX = 30;

const OPENING_MS_MIN = 500;
const OPENING_MS_MAX = 670;
const OPENING_CATCH_UP_MS_MAX = 14;

/** [cumulative probability, ms] of an ordinary interval. */
const ORDINARY: readonly (readonly [number, number])[] = [
  [0, 226],
  [0.0385, 237],
  [0.3, 249.5],
  [0.499, 251],
  [0.7, 256],
  [0.9584, 269],
  [0.9993, 332],
  [1, 420],
];

/** Offsets of ticks 0 to `lastTick`; offsets[0] is 0 and they never go down. */
export function sampleTickOffsets({ lastTick, random }: { lastTick: number; random: Random }): readonly number[] {
  const offsets = [0];
  let burstTicks = 0;
  for (let tick = 1; tick <= lastTick; tick++) {
    const previous = offsets[tick - 1]!;
    if (tick === 1) offsets.push(previous + random.between(OPENING_MS_MIN, OPENING_MS_MAX));
    else if (tick === 2) offsets.push(previous + random.between(0, OPENING_CATCH_UP_MS_MAX));
    else if (burstTicks > 0) {
      burstTicks--;
      offsets.push(previous + random.between(1, BURST_MS_MAX));
    } else if (random.chance(STALL_CHANCE)) {
      burstTicks = random.integer(1, BURST_TICKS_MAX);
      offsets.push(previous + random.between(STALL_MS_MIN, STALL_MS_MAX));
    } else offsets.push(previous + sampleOrdinaryMs(random));
  }
  return offsets;
}

function sampleOrdinaryMs(random: Random): number {
  const p = random.next();
  let index = 1;
  while (index < ORDINARY.length - 1 && ORDINARY[index]![0] < p) index++;
  const [pBelow, msBelow] = ORDINARY[index - 1]!;
  const [pAbove, msAbove] = ORDINARY[index]!;
  return msBelow + ((p - pBelow) / (pAbove - pBelow)) * (msAbove - msBelow);
}
