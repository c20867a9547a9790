// When a running game will end, as the hazards say it: exact quantiles of the end tick, no simulation. Pure; called at
// tick 0, every 40 ticks and with each recommendation, live and in the backtester.
import { GAME_TICKS_MAX, WINDOW_TICKS } from '@/lib/game/rules';

export type EndPrediction = {
  /** The tick it was made at, the game being alive. */
  readonly tick: number;
  readonly median: number;
  readonly lower50: number;
  readonly upper50: number;
  readonly lower90: number;
  readonly upper90: number;
  /** P(the game ends within one window, 40 ticks, of the median). */
  readonly confidence: number;
};

/**
 * `cumulativeHazard(to)` = −ln P(alive at `to` | alive at `tick`), not decreasing in `to`. The generator stops every game
 * at GAME_TICKS_MAX. Worked value: hazard 0.005 from tick 0 → median 139, 50 % interval [58, 277], 90 % [11, 598].
 */
export function predictEnd({
  tick,
  cumulativeHazard,
}: {
  tick: number;
  cumulativeHazard: (to: number) => number;
}): EndPrediction {
  const at = (quantile: number) => endQuantile({ tick, quantile, cumulativeHazard });
  const median = at(0.5);
  const endsBy = (to: number) => {
    if (to <= tick) return 0;
    return to >= GAME_TICKS_MAX ? 1 : -Math.expm1(-cumulativeHazard(to));
  };
  return {
    tick,
    median,
    lower50: at(0.25),
    upper50: at(0.75),
    lower90: at(0.05),
    upper90: at(0.95),
    confidence: endsBy(median + WINDOW_TICKS) - endsBy(median - WINDOW_TICKS - 1),
  };
}

/** The smallest tick by which the game has ended with at least this probability. */
export function endQuantile({
  tick,
  quantile,
  cumulativeHazard,
}: {
  tick: number;
  quantile: number;
  cumulativeHazard: (to: number) => number;
}): number {
  const target = -Math.log1p(-quantile);
  let low = tick + 1;
  let high = Math.max(low, GAME_TICKS_MAX);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulativeHazard(middle) >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}
