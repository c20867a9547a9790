// What the chart draws beside its line: the window a bet placed now would cover, that of the player's own bet, the newest
// price, and the rug.
import type {
  IChartApiBase,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitiveBase,
  Logical,
  SeriesAttachedParameter,
} from 'lightweight-charts';
import type { ChartTheme } from '@/components/live/chart/chart-theme';
import type { OwnBetMarks } from '@/components/bets-live/own-bet-marks';
import { WINDOW_TICKS } from '@/lib/game/rules';

export type BetWindowMarks = {
  /** Tick a bet placed now would start at; null draws no window. */
  readonly startTick: number | null;
  readonly head: { readonly tick: number; readonly price: number } | null;
  readonly rugTick: number | null;
  readonly own: OwnBetMarks | null;
};

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];
type Frame = {
  readonly context: CanvasRenderingContext2D;
  readonly height: number;
  readonly xOf: (tick: number) => number | null;
};

const HATCH_STEP_PX = 8;
const LABEL_PX = 12;
const HEAD_RADIUS_PX = 3.5;
const OWN_BAND_PX = 4;

export type BetWindowLayer = ISeriesPrimitiveBase<SeriesAttachedParameter<number, 'Line'>> & {
  show(marks: BetWindowMarks): void;
  paint(theme: ChartTheme): void;
};

export function createBetWindowLayer(initialTheme: ChartTheme): BetWindowLayer {
  let theme = initialTheme;
  let marks: BetWindowMarks = { startTick: null, head: null, rugTick: null, own: null };
  let chart: IChartApiBase<number> | null = null;
  let series: ISeriesApi<'Line', number> | null = null;
  let requestUpdate: (() => void) | null = null;

  // Ticks are the chart's points one by one, so a tick is its own logical index.
  const xOf = (tick: number) => chart?.timeScale().logicalToCoordinate(tick as Logical) ?? null;
  const withFrame = (target: Target, draw: (frame: Frame) => void) =>
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      context.save();
      context.font = `${LABEL_PX}px ${theme.fontFamily}`;
      draw({ context, height: mediaSize.height, xOf });
      context.restore();
    });

  const below: IPrimitivePaneView = {
    zOrder: () => 'bottom',
    renderer: () => ({
      draw: (target) =>
        withFrame(target, (frame) => {
          frame.context.save(); // It draws within its own bounds.
          drawWindow(frame, marks.startTick, theme);
          frame.context.restore();
          if (marks.own) drawOwnBet(frame, marks.own, theme);
        }),
    }),
  };
  const above: IPrimitivePaneView = {
    zOrder: () => 'top',
    renderer: () => ({
      draw: (target) =>
        withFrame(target, (frame) => {
          const y = marks.head ? (series?.priceToCoordinate(marks.head.price) ?? null) : null;
          if (marks.rugTick !== null) drawRug(frame, { tick: marks.rugTick, fromY: y ?? 0, theme });
          else if (marks.head && y !== null) drawHead(frame, { tick: marks.head.tick, y, theme });
        }),
    }),
  };
  const views = [below, above];

  return {
    attached(attachment) {
      chart = attachment.chart;
      series = attachment.series;
      requestUpdate = attachment.requestUpdate;
    },
    detached() {
      chart = null;
      series = null;
      requestUpdate = null;
    },
    paneViews: () => views,
    show(next) {
      marks = next;
      requestUpdate?.();
    },
    paint(next) {
      theme = next;
      requestUpdate?.();
    },
  };
}

function drawWindow({ context, height, xOf }: Frame, startTick: number | null, theme: ChartTheme): void {
  if (startTick === null) return;
  const left = xOf(startTick);
  const right = xOf(startTick + WINDOW_TICKS);
  if (left === null || right === null) return;
  context.fillStyle = theme.window;
  context.globalAlpha = 0.09;
  context.fillRect(left, 0, right - left, height);
  context.globalAlpha = 0.16;
  context.strokeStyle = theme.window;
  context.lineWidth = 1;
  context.beginPath();
  context.rect(left, 0, right - left, height);
  context.clip();
  context.beginPath();
  for (let x = left - height; x < right; x += HATCH_STEP_PX) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
  context.globalAlpha = 0.7;
  context.beginPath();
  for (const x of [left + 0.5, right - 0.5]) {
    context.moveTo(Math.round(x) + 0.5, 0);
    context.lineTo(Math.round(x) + 0.5, height);
  }
  context.stroke();
  drawWindowLabel({ context, left, right, theme });
}

/** A band along the bottom, so that it can be told from the window of a bet placed now where the two overlap. */
function drawOwnBet({ context, height, xOf }: Frame, own: OwnBetMarks, theme: ChartTheme): void {
  const left = xOf(own.startTick);
  const right = xOf(own.endTick);
  if (left === null || right === null) return;
  context.fillStyle = theme.own[own.outcome];
  context.globalAlpha = 0.12;
  context.fillRect(left, 0, right - left, height);
  context.globalAlpha = 1;
  context.fillRect(left, height - OWN_BAND_PX, right - left, OWN_BAND_PX);
  context.fillRect(Math.round(left), 0, 1.5, height);
  const label = ['your bet', 'bet'].find((text) => context.measureText(text).width + 12 < right - left);
  if (!label) return;
  context.textAlign = 'left';
  context.fillText(label, left + 6, height - OWN_BAND_PX - 6);
}

/** The longest wording that fits; none when the window is only a few pixels wide. */
function drawWindowLabel({
  context,
  left,
  right,
  theme,
}: {
  context: CanvasRenderingContext2D;
  left: number;
  right: number;
  theme: ChartTheme;
}): void {
  const label = [`a bet now covers ${WINDOW_TICKS} ticks`, `${WINDOW_TICKS} ticks`, `${WINDOW_TICKS}`].find(
    (text) => context.measureText(text).width + 12 < right - left,
  );
  if (!label) return;
  context.globalAlpha = 1;
  context.fillStyle = theme.text;
  context.textAlign = 'center';
  context.fillText(label, (left + right) / 2, LABEL_PX + 6);
}

function drawHead({ context, xOf }: Frame, { tick, y, theme }: { tick: number; y: number; theme: ChartTheme }): void {
  const x = xOf(tick);
  if (x === null) return;
  context.fillStyle = theme.line;
  context.strokeStyle = theme.surface;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, HEAD_RADIUS_PX, 0, 2 * Math.PI);
  context.stroke();
  context.fill();
}

function drawRug(
  { context, height, xOf }: Frame,
  { tick, fromY, theme }: { tick: number; fromY: number; theme: ChartTheme },
): void {
  const x = xOf(tick);
  if (x === null) return;
  const at = Math.round(x) + 0.5;
  context.strokeStyle = theme.rug;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(at, fromY);
  context.lineTo(at, height);
  context.stroke();
  context.beginPath();
  for (const side of [-1, 1]) {
    context.moveTo(at - 4 * side, height - 12);
    context.lineTo(at + 4 * side, height - 4);
  }
  context.stroke();
  const label = `rug, tick ${tick}`;
  const goesLeft = at + context.measureText(label).width + 16 > context.canvas.clientWidth;
  context.fillStyle = theme.rug;
  context.textAlign = goesLeft ? 'right' : 'left';
  context.fillText(label, at + (goesLeft ? -9 : 9), height - 5);
}
