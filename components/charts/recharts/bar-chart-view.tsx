'use client';
// Bars or dots for named things, with their intervals and the lines they are compared with.
import {
  Bar,
  BarChart,
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
  type BarShapeProps,
} from 'recharts';
import {
  CHART_HEIGHT_PX,
  type BarChartProps,
  type ChartBar,
  type ChartReference,
} from '@/components/charts/chart-spec';
import { CHART_TONES } from '@/components/charts/chart-tones';
import {
  AXIS_LINE,
  ChartFrame,
  ChartTooltip,
  exact,
  FAINT_TEXT,
  GRID,
  MARGIN,
  reachOf,
  referenceLegend,
  withInterval,
  type LegendEntry,
} from '@/components/charts/recharts/chart-frame';

const ROW_PX = 34;
const BAR_PX_MAX = 36;

export function BarChartView(props: BarChartProps) {
  const { label, bars, axis, categories, layout = 'columns', mark = 'bars', references = [] } = props;
  const isRows = layout === 'rows';
  const heightPx = props.heightPx ?? (isRows ? bars.length * ROW_PX + 44 : CHART_HEIGHT_PX);
  const values = {
    type: 'number',
    domain: domainOf(props),
    niceTicks: 'snap125',
    allowDataOverflow: axis.domain?.every((end) => typeof end === 'number') ?? false,
    tickFormatter: axis.format,
    tickLine: false,
    tick: FAINT_TEXT,
  } as const;
  const names = { dataKey: 'label', type: 'category', tickLine: false, axisLine: AXIS_LINE, tick: FAINT_TEXT } as const;
  return (
    <ChartFrame
      label={label}
      heightPx={heightPx}
      xLabel={isRows ? axis.label : categories}
      yLabel={isRows ? categories : axis.label}
      legend={legendOf(props)}
    >
      {(widthPx) => (
        <BarChart
          width={widthPx}
          height={heightPx}
          data={[...bars]}
          layout={isRows ? 'vertical' : 'horizontal'}
          margin={MARGIN}
          barCategoryGap="25%"
          aria-label={label}
        >
          <CartesianGrid vertical={isRows} horizontal={!isRows} {...GRID} />
          {isRows ? <XAxis {...values} axisLine={false} /> : <XAxis {...names} tickMargin={6} minTickGap={8} />}
          {isRows ? (
            <YAxis {...names} width="auto" interval={0} />
          ) : (
            <YAxis {...values} axisLine={false} width="auto" />
          )}
          {references.map((line) => drawReference(line, isRows))}
          <Bar
            dataKey="value"
            isAnimationActive={false}
            maxBarSize={BAR_PX_MAX}
            shape={(shape: BarShapeProps) => <BarMark {...shape} mark={mark} isRows={isRows} />}
          >
            <ErrorBar
              dataKey={(bar: ChartBar) => reachOf(bar.value, bar.interval)}
              width={6}
              stroke="var(--ink-soft)"
              strokeWidth={1.25}
              isAnimationActive={false}
            />
          </Bar>
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--line)', fillOpacity: 0.35, stroke: 'none' }}
            content={({ active, payload }) => {
              const bar = payload?.[0]?.payload as ChartBar | undefined;
              return active && bar ? (
                <ChartTooltip title={`${categories}: ${bar.label}`} lines={linesOf(bar, axis)} />
              ) : null;
            }}
          />
        </BarChart>
      )}
    </ChartFrame>
  );
}

function drawReference({ at, label, tone = 'soft' }: ChartReference, isRows: boolean) {
  return (
    <ReferenceLine
      key={label}
      {...(isRows ? { x: at } : { y: at })}
      stroke={CHART_TONES[tone]}
      strokeDasharray="5 4"
      ifOverflow="extendDomain"
    />
  );
}

/** Round ends, and 0 where bars grow from it. */
function domainOf({ bars, axis, mark = 'bars' }: BarChartProps): ['auto' | number, 'auto' | number] {
  if (axis.domain) return [...axis.domain];
  const reached = bars.flatMap(({ value, interval }) => [value ?? 0, interval?.low ?? 0, interval?.high ?? 0]);
  if (mark === 'dots') return ['auto', 'auto'];
  if (Math.min(...reached) >= 0) return [0, 'auto'];
  return Math.max(...reached) <= 0 ? ['auto', 0] : ['auto', 'auto'];
}

function BarMark({
  x,
  y,
  width,
  height,
  payload,
  mark,
  isRows,
}: BarShapeProps & { mark: 'bars' | 'dots'; isRows: boolean }) {
  const colour = CHART_TONES[(payload as ChartBar).tone ?? 'ink'];
  const [left, top, wide, high] = [Number(x), Number(y), Number(width), Number(height)];
  if ([left, top, wide, high].some(Number.isNaN)) return null;
  if (mark === 'dots') {
    // The value's end of the bar: its right or left for rows, its top or bottom for columns.
    return isRows ? (
      <circle cx={left + wide} cy={top + high / 2} r={4} fill={colour} />
    ) : (
      <circle cx={left + wide / 2} cy={top} r={4} fill={colour} />
    );
  }
  return (
    <rect
      x={Math.min(left, left + wide)}
      y={Math.min(top, top + high)}
      width={Math.abs(wide)}
      height={Math.abs(high)}
      fill={colour}
      fillOpacity={0.75}
    />
  );
}

function linesOf(bar: ChartBar, axis: BarChartProps['axis']) {
  const value =
    bar.value === null ? 'not known' : withInterval({ value: bar.value, interval: bar.interval }, exact(axis));
  return [{ name: axis.label, value, tone: bar.tone ?? 'ink', note: bar.note } as const];
}

function legendOf({ bars, intervalName, layout, references = [] }: BarChartProps): LegendEntry[] {
  const hasIntervals = bars.some((bar) => bar.interval);
  return [
    ...(hasIntervals && intervalName ? [{ name: intervalName, tone: 'soft', mark: 'whisker' } as const] : []),
    ...referenceLegend(references.map((line) => ({ ...line, axis: layout === 'rows' ? 'x' : 'y' }))),
  ];
}
