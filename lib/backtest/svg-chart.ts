// Small charts as inline SVG text: no script, no request, colours from the page's CSS variables so that light and dark
// both read. Pure; used by the HTML report of a backtest only.

export type Point = { readonly x: number; readonly y: number };
export type Series = {
  readonly name: string;
  readonly points: readonly Point[];
  /** Vertical interval at each point, same order; drawn as a bar with marks instead of a line. */
  readonly intervals?: readonly { readonly lower: number; readonly upper: number }[];
  /** What each mark stands for, in any unit: its area follows. */
  readonly weights?: readonly number[];
};

export type ChartOptions = {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  /** A dashed reference from corner to corner: perfect calibration. */
  readonly diagonal?: boolean;
  readonly format?: (value: number) => string;
};

const WIDTH = 640;
const HEIGHT = 340;
const MARGIN = { top: 12, right: 28, bottom: 44, left: 56 } as const;
/** The page's palette has this many colours; further series repeat them with dashes. */
export const PALETTE_SIZE = 8;
const TICKS_WANTED = 5;
const MARK_RADIUS_MIN = 1.5;
const MARK_RADIUS_SPAN = 4.5;

export function svgChart(options: ChartOptions): string {
  const { series, title, xLabel, yLabel, format = (value) => String(value) } = options;
  const all = series.flatMap((one) => one.points);
  const [x0, x1] = options.xRange ?? range(all.map((point) => point.x));
  const [y0, y1] = options.yRange ?? range(all.map((point) => point.y));
  const x = (value: number) => MARGIN.left + ((value - x0) / (x1 - x0)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value: number) =>
    HEIGHT - MARGIN.bottom - ((value - y0) / (y1 - y0)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const scale = { x, y };
  const body = [
    ...niceTicks(y0, y1).map((value) => gridLine({ at: y(value), text: format(value) })),
    ...niceTicks(x0, x1).map((value) => xTick({ at: x(value), text: format(value) })),
    options.diagonal
      ? `<path class="reference" d="${linePath(
          [
            { x: x0, y: y0 },
            { x: x1, y: y1 },
          ],
          scale,
        )}"/>`
      : '',
    ...series.map((one, i) => (one.intervals ? marks(one, i, scale) : line(one, i, scale))),
    `<text class="axis" x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(xLabel)}</text>`,
    `<text class="axis" transform="translate(14 ${(MARGIN.top + HEIGHT - MARGIN.bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(yLabel)}</text>`,
  ];
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${legend(series)}<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${body.join('')}</svg></figure>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

type Scale = { readonly x: (value: number) => number; readonly y: (value: number) => number };

function line({ name, points }: Series, index: number, scale: Scale): string {
  return `<path class="line ${seriesClass(index)}" d="${linePath(points, scale)}"><title>${escapeHtml(name)}</title></path>`;
}

function marks({ name, points, intervals, weights }: Series, index: number, scale: Scale): string {
  const heaviest = Math.max(...(weights ?? [1]));
  return points
    .map((point, i) => {
      const radius = MARK_RADIUS_MIN + MARK_RADIUS_SPAN * Math.sqrt((weights?.[i] ?? heaviest) / heaviest);
      const { lower, upper } = intervals![i]!;
      const at = scale.x(point.x).toFixed(1);
      const bar = `M${at} ${scale.y(lower).toFixed(1)}V${scale.y(upper).toFixed(1)}`;
      return `<g class="${seriesClass(index)}"><title>${escapeHtml(name)}</title><path class="bar" d="${bar}"/><circle cx="${at}" cy="${scale.y(point.y).toFixed(1)}" r="${radius.toFixed(1)}"/></g>`;
    })
    .join('');
}

function linePath(points: readonly Point[], { x, y }: Scale): string {
  return points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join('');
}

function gridLine({ at, text }: { at: number; text: string }): string {
  const y = at.toFixed(1);
  return `<path class="grid" d="M${MARGIN.left} ${y}H${WIDTH - MARGIN.right}"/><text class="tick" x="${MARGIN.left - 8}" y="${y}" dy="0.32em" text-anchor="end">${escapeHtml(text)}</text>`;
}

function xTick({ at, text }: { at: number; text: string }): string {
  return `<text class="tick" x="${at.toFixed(1)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${escapeHtml(text)}</text>`;
}

function legend(series: readonly Series[]): string {
  const entries = series.map(({ name }, i) => `<li class="${seriesClass(i)}">${escapeHtml(name)}</li>`);
  return `<ul class="legend">${entries.join('')}</ul>`;
}

export function seriesClass(index: number): string {
  return `s${index % PALETTE_SIZE}${index >= PALETTE_SIZE ? ' dashed' : ''}`;
}

/** The values' range with a little air; never empty, so that a flat line has a place. */
function range(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (low > high) return [0, 1];
  const air = (high - low) * 0.05 || Math.abs(low) * 0.1 || 1;
  return [low === 0 ? 0 : low - air, high + air];
}

/** Round values (1, 2 or 5 times a power of ten apart) inside the range. */
export function niceTicks(low: number, high: number): number[] {
  const rough = (high - low) / TICKS_WANTED;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}
