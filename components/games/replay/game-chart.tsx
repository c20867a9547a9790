'use client';
// The price path with what happened on it: trades where they were made, and below, side bets, predictions and advice by
// tick. What lies after the replayed tick is faint; pressing or dragging moves the replay there.
import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { lonePoints } from '@/components/charts/lone-points';
import { createChartScale, type ChartScale } from '@/components/games/replay/chart-scale';
import { AdviceLane, BetsLane, PredictionsLane } from '@/components/games/replay/chart-lanes';
import { gatherTrades, type TradeMark } from '@/components/games/replay/chart-marks';
import type { Moment } from '@/components/games/replay/moment';
import { WINDOW_TICKS } from '@/lib/game/rules';
import type { GameDetail } from '@/lib/protocol/games-api';
import { formatPrice } from '@/lib/units/format';

export const LAYERS = ['trades', 'sideBets', 'predictions', 'recommendations'] as const;
export type Layer = (typeof LAYERS)[number];

/** Of the price path; a phone's screen is low. */
const PLOT_HEIGHTS = { wide: 400, narrow: 260 };
const WIDE_FROM = 700;
const LANE_HEIGHT = 44;
const AXIS_HEIGHT = 22;
const AXIS_WIDTH = 46;
/** A mark is about as wide. */
const PIXELS_PER_MARK = 7;
/** "rug at tick 1": before an earlier rug there is no room for it. */
const RUG_LABEL_PX = 100;
const WIDTH_AT_FIRST = 640;

export function GameChart({
  detail,
  moment,
  layers,
  onSeek,
}: {
  detail: GameDetail;
  moment: Moment;
  layers: ReadonlySet<Layer>;
  onSeek: (tick: number) => void;
}) {
  const [frame, width] = useWidth();
  const { prices, game, trades } = detail;
  const plotWidth = Math.max(120, width - AXIS_WIDTH);
  const plotHeight = width >= WIDE_FROM ? PLOT_HEIGHTS.wide : PLOT_HEIGHTS.narrow;
  const scale = useMemo(
    () => createChartScale({ prices, rugTick: game.rugTick, width: plotWidth, height: plotHeight }),
    [prices, game.rugTick, plotWidth, plotHeight],
  );
  const step = Math.max(1, Math.round(scale.tickAt(PIXELS_PER_MARK)));
  const marks = useMemo(() => gatherTrades(trades, step), [trades, step]);
  const lanes = LAYERS.slice(1).filter((layer) => layers.has(layer) && detail[layer].length > 0);
  const laneTop = (layer: Layer) => plotHeight + AXIS_HEIGHT + lanes.indexOf(layer) * LANE_HEIGHT;
  const height = plotHeight + AXIS_HEIGHT + lanes.length * LANE_HEIGHT;

  const seek = (event: PointerEvent<SVGSVGElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    onSeek(scale.tickAt(event.clientX - left));
  };
  return (
    <div ref={frame} className="w-full min-w-0 select-none">
      <svg
        role="img"
        aria-label={`Price path of game ${game.gameId}, tick ${moment.tick} of ${scale.lastTick}`}
        data-testid="game-chart"
        data-tick={moment.tick}
        width={width}
        height={height}
        className="block cursor-crosshair touch-pan-y overflow-visible text-caption"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          seek(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && seek(event)}
      >
        <Axes scale={scale} width={plotWidth} height={plotHeight} />
        <BetWindow scale={scale} moment={moment} width={plotWidth} height={plotHeight} />
        <PricePath prices={prices} scale={scale} rugTick={game.rugTick} tick={moment.tick} />
        {layers.has('trades') && <Trades marks={marks} scale={scale} tick={moment.tick} />}
        <Rug scale={scale} rugTick={game.rugTick} height={plotHeight} />
        {lanes.includes('sideBets') && (
          <BetsLane top={laneTop('sideBets')} bets={detail.sideBets} step={step} scale={scale} />
        )}
        {lanes.includes('predictions') && (
          <PredictionsLane
            top={laneTop('predictions')}
            predictions={detail.predictions}
            moment={moment}
            scale={scale}
          />
        )}
        {lanes.includes('recommendations') && (
          <AdviceLane top={laneTop('recommendations')} recommendations={detail.recommendations} scale={scale} />
        )}
        <Head scale={scale} moment={moment} height={height} />
      </svg>
    </div>
  );
}

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH_AT_FIRST);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}

function Axes({ scale, width, height }: { scale: ChartScale; width: number; height: number }) {
  return (
    <g>
      {scale.yPrices.map((price) => (
        <g key={price} transform={`translate(0 ${scale.y(price)})`}>
          <line
            x2={width}
            stroke={price === 1 ? 'var(--line-strong)' : 'var(--line)'}
            strokeDasharray={price === 1 ? '4 4' : undefined}
          />
          <text x={width + 8} dy="0.32em" fill="var(--ink-faint)">
            {formatPrice(price)}
          </text>
        </g>
      ))}
      {scale.xTicks.map((tick) => (
        <text
          key={tick}
          x={scale.x(tick)}
          y={height + 15}
          fill="var(--ink-faint)"
          textAnchor={tick === 0 ? 'start' : 'middle'}
        >
          {tick === 0 ? 'tick 0' : tick}
        </text>
      ))}
      <line x2={width} y1={height} y2={height} stroke="var(--line-strong)" />
    </g>
  );
}

/** What a bet placed at the replayed tick covered. */
function BetWindow({
  scale,
  moment,
  width,
  height,
}: {
  scale: ChartScale;
  moment: Moment;
  width: number;
  height: number;
}) {
  if (moment.isRug) return null;
  const left = scale.x(moment.tick);
  const right = Math.min(width, scale.x(moment.tick + WINDOW_TICKS));
  return <rect x={left} width={Math.max(0, right - left)} height={height} fill="var(--ink-soft)" opacity={0.09} />;
}

function PricePath({
  prices,
  scale,
  rugTick,
  tick,
}: {
  prices: readonly (number | null)[];
  scale: ChartScale;
  rugTick: number | null;
  tick: number;
}) {
  const drawn = useMemo(() => prices.slice(0, rugTick ?? prices.length), [prices, rugTick]);
  const whole = useMemo(() => toPath(drawn, scale), [drawn, scale]);
  return (
    <g fill="none" stroke="var(--ink)" strokeLinejoin="round">
      <path d={whole} opacity={0.28} strokeWidth={1.5} />
      <path d={toPath(drawn.slice(0, tick + 1), scale)} strokeWidth={2} />
      {lonePoints(drawn).map((at) => (
        <circle
          key={at}
          data-testid="lone-price"
          cx={scale.x(at)}
          cy={scale.y(drawn[at]!)}
          r={2.5}
          fill="var(--ink)"
          stroke="none"
          opacity={at <= tick ? 1 : 0.28}
        />
      ))}
    </g>
  );
}

/** Ticks nobody knows leave a gap. */
function toPath(prices: readonly (number | null)[], scale: ChartScale): string {
  let pen = 'M';
  return prices
    .map((price, tick) => {
      if (price === null) {
        pen = 'M';
        return '';
      }
      const point = `${pen}${scale.x(tick).toFixed(1)} ${scale.y(price).toFixed(1)}`;
      pen = 'L';
      return point;
    })
    .join('');
}

/** Up and down triangles; the more trades one stands for, the larger. */
function Trades({ marks, scale, tick }: { marks: readonly TradeMark[]; scale: ChartScale; tick: number }) {
  return (
    <g data-testid="trade-marks">
      {marks.map((mark) => {
        const size = Math.min(7, 3 + Math.sqrt(mark.count));
        const up = mark.direction === 'up';
        const y = scale.y(mark.price) + (up ? size + 3 : -size - 3);
        return (
          <path
            key={`${mark.tick} ${mark.direction}`}
            transform={`translate(${scale.x(mark.tick)} ${y})`}
            d={up ? `M0 ${-size}L${size} ${size}H${-size}Z` : `M0 ${size}L${size} ${-size}H${-size}Z`}
            fill={up ? 'var(--up)' : 'var(--down)'}
            opacity={mark.tick <= tick ? 0.85 : 0.25}
          >
            <title>{`${mark.count} ${up ? 'bought or covered' : 'sold or shorted'} near tick ${Math.round(mark.tick)}`}</title>
          </path>
        );
      })}
    </g>
  );
}

function Rug({ scale, rugTick, height }: { scale: ChartScale; rugTick: number | null; height: number }) {
  if (rugTick === null) return null;
  const x = scale.x(rugTick);
  const isEarly = x < RUG_LABEL_PX;
  return (
    <g>
      <line x1={x} x2={x} y2={height} stroke="var(--phase-rugged)" strokeWidth={2} />
      <text
        x={isEarly ? x + 6 : x - 6}
        y={12}
        textAnchor={isEarly ? 'start' : 'end'}
        fill="var(--phase-rugged)"
        fontWeight={600}
      >
        rug at tick {rugTick}
      </text>
    </g>
  );
}

function Head({ scale, moment, height }: { scale: ChartScale; moment: Moment; height: number }) {
  const x = scale.x(moment.tick);
  return (
    <g>
      <line x1={x} x2={x} y2={height} stroke="var(--ink)" strokeDasharray="2 3" />
      {moment.price !== null && !moment.isRug && <circle cx={x} cy={scale.y(moment.price)} r={4} fill="var(--ink)" />}
    </g>
  );
}
