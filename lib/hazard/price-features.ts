// The volatility covariates, from prices up to a tick: realised volatility over 10 and 40 ticks, momentum, distance from
// the peak, relative strength. Running sums make each tick cost the same whatever the game's length.
import { GAME_TICKS_MAX } from '@/lib/game/rules';

const SHORT_TICKS = 10;
const LONG_TICKS = 40;
const RSI_TICKS = 14;
/** Keeps the logarithm of a still price finite; a tenth of the smallest usual drift step. */
const VOLATILITY_FLOOR = 1e-3;
/** A price of 0 has no logarithm; far below any price seen alive. */
const PRICE_MIN = 1e-9;

export function createPriceFeatures(): {
  startGame(): void;
  /** Ticks ascending; ticks skipped or of unknown price carry the last one known. */
  observe(tick: number, price: number | null): void;
  /** Writes columns 10 to 14, NaN where too few ticks have passed. */
  write(row: Float64Array): void;
} {
  const logs = new Float64Array(GAME_TICKS_MAX);
  const squares = new Float64Array(GAME_TICKS_MAX);
  const gains = new Float64Array(GAME_TICKS_MAX);
  const losses = new Float64Array(GAME_TICKS_MAX);
  let tick = -1;
  let peak = -Infinity;
  let known = false;
  const push = (log: number) => {
    const previous = tick < 0 ? log : logs[tick]!;
    const change = log - previous;
    const before = Math.max(0, tick);
    tick++;
    logs[tick] = log;
    squares[tick] = (tick === 0 ? 0 : squares[before]!) + change * change;
    gains[tick] = (tick === 0 ? 0 : gains[before]!) + Math.max(0, change);
    losses[tick] = (tick === 0 ? 0 : losses[before]!) + Math.max(0, -change);
    if (log > peak) peak = log;
  };
  const volatility = (ticks: number) => {
    if (tick < ticks) return NaN;
    const meanSquare = Math.max(0, squares[tick]! - squares[tick - ticks]!) / ticks;
    return Math.log(VOLATILITY_FLOOR + Math.sqrt(meanSquare));
  };
  return {
    startGame() {
      tick = -1;
      peak = -Infinity;
      known = false;
    },
    observe(next, price) {
      known ||= price !== null;
      while (tick < next - 1) push(tick < 0 ? 0 : logs[tick]!); // Price 1 at tick 0: the rule.
      push(price === null ? (tick < 0 ? 0 : logs[tick]!) : Math.log(Math.max(PRICE_MIN, price)));
    },
    write(row) {
      if (!known) {
        row.fill(NaN, 10, 15);
        return;
      }
      row[10] = volatility(SHORT_TICKS);
      row[11] = volatility(LONG_TICKS);
      row[12] = tick < SHORT_TICKS ? NaN : logs[tick]! - logs[tick - SHORT_TICKS]!;
      row[13] = logs[tick]! - peak;
      row[14] = relativeStrength();
    },
  };

  /** Wilder (1978), with plain sums: gains / (gains + losses) − ½, from −½ (only falls) to ½ (only rises). */
  function relativeStrength(): number {
    if (tick < RSI_TICKS) return NaN;
    const gain = gains[tick]! - gains[tick - RSI_TICKS]!;
    const loss = losses[tick]! - losses[tick - RSI_TICKS]!;
    return gain + loss > 1e-12 ? gain / (gain + loss) - 0.5 : 0;
  }
}
