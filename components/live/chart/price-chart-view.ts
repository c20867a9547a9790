// Draws the running game's price, tick by tick, on a canvas. Given the whole state each time, it adds only what is new;
// a repair, another game or a rug makes it start over. The horizontal axis counts ticks: no time is involved.
import {
  ColorType,
  createOptionsChart,
  LineSeries,
  LineStyle,
  type AutoscaleInfo,
  type IChartApiBase,
  type ISeriesApi,
  type LineData,
  type WhitespaceData,
} from 'lightweight-charts';
import { createBetWindowLayer } from '@/components/live/chart/bet-window-layer';
import type { ChartTheme } from '@/components/live/chart/chart-theme';
import type { LiveState } from '@/components/live/live-state';
import { isClaiming } from '@/lib/decision/verdict';
import { EMPTY_PATH, priceAt, type PricePath } from '@/lib/game/price-path';
import { WINDOW_TICKS } from '@/lib/game/rules';
import { formatPrice } from '@/lib/units/format';

export type ChartRange = 'recent' | 'whole';

export type PriceChartView = {
  show(state: LiveState): void;
  setRange(range: ChartRange): void;
  paint(theme: ChartTheme): void;
  remove(): void;
};

/** Recent ticks in view: about a minute on a wide screen, half of it on a narrow one. */
const RECENT_TICKS_MIN = 100;
const RECENT_TICKS_MAX = 240;
const PIXELS_PER_TICK = 3;
/** Room behind the bet window, and the least that is shown of a young game. */
const AHEAD_TICKS = WINDOW_TICKS + 1;
const YOUNG_TICKS = 100;
const RULER_STEP = 100;
/** A flat stretch is not magnified into drama: at least this share of the price is in view either side. */
const MARGIN_SHARE = 0.04;

type Point = LineData<number> | WhitespaceData<number>;

export function createPriceChartView(container: HTMLElement, theme: ChartTheme): PriceChartView {
  const chart = createOptionsChart(container, chartOptions(theme));
  const series = chart.addSeries(LineSeries, seriesOptions(theme));
  series.createPriceLine({
    price: 1,
    color: theme.rule,
    lineWidth: 1,
    lineStyle: LineStyle.Dashed,
    axisLabelVisible: false,
  });
  const ruler = chart.addSeries(LineSeries, { lastValueVisible: false, priceLineVisible: false });
  const layer = createBetWindowLayer(theme);
  series.attachPrimitive(layer);
  const drawn: Drawn = { path: EMPTY_PATH, length: 0 };
  let ruledTicks = 0;
  let range: ChartRange = 'recent';
  let newestTick = 0;
  const frame = () => setVisibleTicks({ chart, container, range, newestTick });
  const observer = new ResizeObserver(frame);
  observer.observe(container);

  return {
    show(state) {
      const { game, prices } = state;
      const rugTick = game?.phase === 'rugged' ? game.rugTick : null;
      // The rug price is nearly zero: drawn to scale it would flatten the whole game, so the rug is a mark instead.
      drawPath({ series, drawn, path: prices, length: Math.min(prices.length, rugTick ?? Infinity) });
      const lastPrice = drawn.length > 0 ? priceAt(prices, drawn.length - 1) : null;
      layer.show({
        startTick: isClaiming(state.health) ? (state.assessment?.tick ?? null) : null,
        head: lastPrice === null ? null : { tick: drawn.length - 1, price: lastPrice },
        rugTick,
      });
      newestTick = Math.max(0, drawn.length - 1);
      ruledTicks = extendRuler(ruler, { from: ruledTicks, to: newestTick + AHEAD_TICKS });
      frame();
    },
    setRange(next) {
      range = next;
      frame();
    },
    paint(next) {
      chart.applyOptions(chartOptions(next));
      series.applyOptions(seriesOptions(next));
      for (const line of series.priceLines()) line.applyOptions({ color: next.rule });
      layer.paint(next);
    },
    remove() {
      observer.disconnect();
      chart.remove();
    },
  };
}

/** Empty points ahead of the game, so that the axis numbers ticks which have not come yet, always the round ones. */
function extendRuler(ruler: ISeriesApi<'Line', number>, { from, to }: { from: number; to: number }): number {
  const end = Math.ceil((to + 1) / RULER_STEP) * RULER_STEP + 1;
  for (let tick = from; tick < end; tick++) ruler.update({ time: tick });
  return Math.max(from, end);
}

type Drawn = { path: PricePath; length: number };

function drawPath({
  series,
  drawn,
  path,
  length,
}: {
  series: ISeriesApi<'Line', number>;
  drawn: Drawn;
  path: PricePath;
  length: number;
}): void {
  // Paths that share storage differ only in length: the same game, grown at its end.
  const hasGrown = drawn.length > 0 && path.storage === drawn.path.storage && length >= drawn.length;
  if (hasGrown) {
    for (let tick = drawn.length; tick < length; tick++) series.update(pointAt(path, tick));
  } else if (length > 0 || drawn.length > 0) {
    series.setData(Array.from({ length }, (_, tick) => pointAt(path, tick)));
  }
  drawn.path = path;
  drawn.length = length;
}

function pointAt(path: PricePath, tick: number): Point {
  const value = priceAt(path, tick);
  return value === null ? { time: tick } : { time: tick, value };
}

function setVisibleTicks({
  chart,
  container,
  range,
  newestTick,
}: {
  chart: IChartApiBase<number>;
  container: HTMLElement;
  range: ChartRange;
  newestTick: number;
}): void {
  const recent = Math.max(RECENT_TICKS_MIN, Math.min(RECENT_TICKS_MAX, container.clientWidth / PIXELS_PER_TICK));
  const from = range === 'whole' ? 0 : Math.max(0, newestTick + AHEAD_TICKS - Math.round(recent));
  chart
    .timeScale()
    .setVisibleLogicalRange({ from: from - 1, to: Math.max(newestTick + AHEAD_TICKS, from + YOUNG_TICKS) });
}

function chartOptions(theme: ChartTheme) {
  return {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: theme.text,
      fontFamily: theme.fontFamily,
      fontSize: 12,
      attributionLogo: false, // The footer carries the notice and the link.
    },
    grid: { vertLines: { visible: false }, horzLines: { color: theme.rule } },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.12, bottom: 0.08 } },
    timeScale: { borderColor: theme.rule, minBarSpacing: 0.01 },
    crosshair: {
      vertLine: { color: theme.text, labelBackgroundColor: theme.text },
      horzLine: { color: theme.text, labelBackgroundColor: theme.text },
    },
    localization: { precision: 0, priceFormatter: formatPrice },
    // The view follows the game by itself; panning would only fight it, and on a phone trap the page's scroll.
    handleScroll: false,
    handleScale: false,
  };
}

function seriesOptions(theme: ChartTheme) {
  return {
    color: theme.line,
    lineWidth: 2 as const,
    priceLineVisible: false,
    lastValueVisible: true,
    crosshairMarkerRadius: 3,
    autoscaleInfoProvider: (original: () => AutoscaleInfo | null) => widen(original()),
  };
}

function widen(info: AutoscaleInfo | null): AutoscaleInfo | null {
  if (!info?.priceRange) return info;
  const { minValue, maxValue } = info.priceRange;
  const missing = Math.max(0, maxValue * MARGIN_SHARE * 2 - (maxValue - minValue)) / 2;
  return { ...info, priceRange: { minValue: minValue - missing, maxValue: maxValue + missing } };
}
