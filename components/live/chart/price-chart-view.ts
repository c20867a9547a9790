// Draws the running game's price, tick by tick, on a canvas. Given the whole state each time, it adds only what is new;
// a repair, another game or a rug makes it start over. The horizontal axis counts ticks: no time is involved.
import {
  ColorType,
  LineSeries,
  LineStyle,
  type AutoscaleInfo,
  type IChartApiBase,
  type ISeriesApi,
  type LineData,
  type WhitespaceData,
} from 'lightweight-charts';
import { getOwnBetMarks, onOwnBetMarks, type OwnBetMarks } from '@/components/bets-live/own-bet-marks';
import { createBetWindowLayer } from '@/components/live/chart/bet-window-layer';
import type { ChartTheme } from '@/components/live/chart/chart-theme';
import { createTickChart } from '@/components/live/chart/tick-axis';
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
/** A flat stretch is not magnified into drama: at least this share of the price is in view either side. */
const MARGIN_SHARE = 0.04;

type Point = LineData<number> | WhitespaceData<number>;

export function createPriceChartView(container: HTMLElement, theme: ChartTheme): PriceChartView {
  const chart = createTickChart(container, chartOptions(theme));
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
  let drawn = NOTHING;
  let ruledTicks = extendRuler(ruler, { from: 0, to: 0 });
  let range: ChartRange = 'recent';
  let newestTick = 0;
  const frame = () => setVisibleTicks({ chart, container, range, newestTick });
  const observer = new ResizeObserver(frame);
  observer.observe(container);
  let shown: LiveState | null = null;
  const leaveMarks = onOwnBetMarks(() => shown && view.show(shown));

  const view: PriceChartView = {
    show(state) {
      shown = state;
      const next = toDrawing(state, getOwnBetMarks());
      if (isSameDrawing(drawn, next) || (range === 'whole' && isWithinPixel(drawn, next, container))) return;
      drawPath(series, drawn, next);
      drawn = next;
      newestTick = Math.max(0, next.length - 1);
      ruledTicks = extendRuler(ruler, { from: ruledTicks, to: newestTick + AHEAD_TICKS });
      const headPrice = priceAt(next.path, next.length - 1);
      layer.show({ ...next, head: headPrice === null ? null : { tick: next.length - 1, price: headPrice } });
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
      leaveMarks();
      observer.disconnect();
      chart.remove();
    },
  };
  return view;
}

/** What the chart shows of a state: the first `length` ticks of a path, and the marks. */
type Drawing = {
  readonly path: PricePath;
  readonly length: number;
  readonly startTick: number | null;
  readonly rugTick: number | null;
  readonly own: OwnBetMarks | null;
};

const NOTHING: Drawing = { path: EMPTY_PATH, length: 0, startTick: null, rugTick: null, own: null };

function toDrawing({ game, prices, assessment, health }: LiveState, own: OwnBetMarks | null): Drawing {
  const rugTick = game?.phase === 'rugged' ? game.rugTick : null;
  return {
    path: prices,
    // The rug price is nearly zero: drawn to scale it would flatten the whole game, so the rug is a mark instead.
    length: Math.min(prices.length, rugTick ?? Infinity),
    startTick: isClaiming(health) ? (assessment?.tick ?? null) : null,
    rugTick,
    own: own?.gameId === game?.gameId ? own : null,
  };
}

function isSameDrawing(a: Drawing, b: Drawing): boolean {
  return (
    a.path === b.path &&
    a.length === b.length &&
    a.startTick === b.startTick &&
    a.rugTick === b.rugTick &&
    a.own === b.own
  );
}

/** In a long game seen whole, several ticks share a pixel: redrawing thousands of points for each would buy nothing. */
function isWithinPixel(drawn: Drawing, next: Drawing, container: HTMLElement): boolean {
  const onlyMoved =
    isGrownFrom(drawn, next) && drawn.startTick !== null && next.startTick !== null && drawn.own === next.own;
  return onlyMoved && (next.length - drawn.length) * container.clientWidth < next.length;
}

/** Paths that share storage differ only in length: the same game, grown at its end. */
function isGrownFrom(drawn: Drawing, next: Drawing): boolean {
  return drawn.length > 0 && next.path.storage === drawn.path.storage && next.length >= drawn.length;
}

function drawPath(series: ISeriesApi<'Line', number>, drawn: Drawing, next: Drawing): void {
  if (isGrownFrom(drawn, next)) {
    for (let tick = drawn.length; tick < next.length; tick++) series.update(pointAt(next.path, tick));
  } else if (next.length > 0 || drawn.length > 0) {
    series.setData(Array.from({ length: next.length }, (_, tick) => pointAt(next.path, tick)));
  }
}

/** Empty points up to the end of the view, so that the axis numbers ticks which have not come yet. */
function extendRuler(ruler: ISeriesApi<'Line', number>, { from, to }: { from: number; to: number }): number {
  const end = Math.max(to, YOUNG_TICKS) + 1;
  if (end < from) ruler.setData(Array.from({ length: end }, (_, time) => ({ time })));
  for (let time = from; time < end; time++) ruler.update({ time });
  return end;
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
    localization: { priceFormatter: formatPrice },
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
