// Where ticks and prices lie on the game's chart, in pixels. The rug price is nearly zero: drawn to scale it would flatten the
// whole game, so the rug is a mark and no point of the line. Pure.

export type ChartScale = {
  readonly x: (tick: number) => number;
  /** Of a price on the axis; others lie at its edge. */
  readonly y: (price: number) => number;
  readonly tickAt: (x: number) => number;
  readonly lastTick: number;
  readonly xTicks: readonly number[];
  readonly yPrices: readonly number[];
};

/** From here on a linear axis flattens the beginning of the game into a line. */
const LOG_FROM_PEAK = 20;
/** A flat game is not magnified into drama: at least this share of its peak is in view. */
const SPAN_SHARE_MIN = 0.08;
const PIXELS_PER_LABEL = { x: 72, y: 44 };
/** The least that is shown of a short game. */
const TICKS_MIN = 20;

export function createChartScale({
  prices,
  rugTick,
  width,
  height,
}: {
  prices: readonly (number | null)[];
  rugTick: number | null;
  width: number;
  height: number;
}): ChartScale {
  const lastTick = Math.max(rugTick ?? prices.length - 1, 0);
  const shownTicks = Math.max(lastTick, TICKS_MIN);
  const drawn = prices.slice(0, rugTick ?? prices.length).filter((price) => price !== null);
  const [low, high] = widen(Math.min(1, ...drawn), Math.max(1, ...drawn));
  const isLog = high >= LOG_FROM_PEAK && low > 0;
  const toShare = isLog
    ? (price: number) => Math.log(price / low) / Math.log(high / low)
    : (price: number) => (price - low) / (high - low);
  return {
    x: (tick) => (tick / shownTicks) * width,
    y: (price) => height * (1 - Math.min(1, Math.max(0, toShare(price)))),
    tickAt: (x) => Math.min(lastTick, Math.max(0, Math.round((x / Math.max(1, width)) * shownTicks))),
    lastTick,
    xTicks: multiplesOf(niceStep(shownTicks / Math.max(2, width / PIXELS_PER_LABEL.x), 5), 0, shownTicks),
    yPrices: isLog
      ? powersOfTwo(low, high)
      : multiplesOf(niceStep((high - low) / (height / PIXELS_PER_LABEL.y), 0), low, high),
  };
}

function widen(low: number, high: number): [number, number] {
  const missing = Math.max(0, high * SPAN_SHARE_MIN - (high - low)) / 2;
  const margin = (high - low) * 0.04;
  return [Math.max(low > 0 ? low / 2 : 0, low - missing - margin), high + missing + margin];
}

/** 1, 2 or 5 times a power of ten, at least `min`. */
function niceStep(raw: number, min: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(raw, 1e-9)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw)!;
  return Math.max(step, min);
}

function multiplesOf(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function powersOfTwo(low: number, high: number): number[] {
  const first = Math.ceil(Math.log2(low));
  const count = Math.max(0, Math.floor(Math.log2(high)) - first + 1);
  const step = Math.ceil(count / 6);
  return Array.from({ length: count }, (_, i) => 2 ** (first + i)).filter((_, i) => i % step === 0);
}
