'use client';
// Lines with interval bands, dots with interval bars, and the lines they are compared with.
import {
  Area,
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
  type DotItemDotProps,
} from 'recharts';
import {
  CHART_HEIGHT_PX,
  type ChartAxis,
  type ChartPoint,
  type ChartReference,
  type ChartSeries,
  type LineChartProps,
} from '@/components/charts/chart-spec';
import { CHART_TONES, type ChartTone } from '@/components/charts/chart-tones';
import {
  AXIS_LINE,
  ChartFrame,
  ChartTooltip,
  CURSOR,
  exact,
  FAINT_TEXT,
  GRID,
  LABEL_ROOM_PX,
  MARGIN,
  reachOf,
  referenceLegend,
  withInterval,
  type LegendEntry,
} from '@/components/charts/recharts/chart-frame';
import { bridgesRows, loneRows, pickTicks, toLineRows, type LineRow } from '@/components/charts/recharts/line-rows';
import { roundTicks } from '@/components/charts/recharts/round-ticks';

type Diagonal = { readonly from: number; readonly to: number; readonly label: string };

/** `diagonal`: where y equals x, for calibration. */
export function LineChartView({
  label,
  series: given,
  x,
  y,
  references = [],
  intervalName = 'Interval',
  heightPx = CHART_HEIGHT_PX,
  diagonal,
}: LineChartProps & { diagonal?: Diagonal }) {
  const series = withTones(given);
  const rows = toLineRows(series);
  return (
    <ChartFrame
      label={label}
      heightPx={heightPx}
      xLabel={x.label}
      yLabel={y.label}
      legend={legendOf({ series, intervalName, references, diagonal: diagonal?.label })}
    >
      {(widthPx) => (
        <ComposedChart width={widthPx} height={heightPx} data={rows} margin={MARGIN} aria-label={label}>
          <CartesianGrid vertical={false} {...GRID} />
          <XAxis
            dataKey="x"
            type="number"
            {...scaleOf(x, ['dataMin', 'dataMax'])}
            ticks={ticksOf(x, rows, widthPx)}
            tickFormatter={x.format}
            tickLine={false}
            axisLine={AXIS_LINE}
            tick={FAINT_TEXT}
            tickMargin={6}
            minTickGap={12}
          />
          <YAxis
            {...scaleOf(y, fitOf(series))}
            niceTicks="snap125"
            tickFormatter={y.format}
            ticks={y.ticks === 'points' ? undefined : y.ticks && [...y.ticks]}
            tickLine={false}
            axisLine={false}
            tick={FAINT_TEXT}
            width="auto"
          />
          {diagonal && drawDiagonal(diagonal)}
          {references.map(drawReference)}
          {series.flatMap((one, index) => drawSeries(one, index, rows))}
          <Tooltip
            isAnimationActive={false}
            cursor={CURSOR}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as LineRow | undefined;
              return active && row ? (
                <ChartTooltip title={`${x.label} ${exact(x)(row.x)}`} lines={linesOf(row, series, y)} />
              ) : null;
            }}
          />
        </ComposedChart>
      )}
    </ChartFrame>
  );
}

function drawDiagonal({ from, to }: Diagonal) {
  const segment = [
    { x: from, y: from },
    { x: to, y: to },
  ] as const;
  return <ReferenceLine segment={segment} stroke={CHART_TONES.faint} strokeDasharray="3 3" ifOverflow="hidden" />;
}

function drawReference({ axis, at, label, tone = 'soft' }: ChartReference) {
  return (
    <ReferenceLine
      key={`${axis} ${label}`}
      {...(axis === 'x' ? { x: at } : { y: at })}
      stroke={CHART_TONES[tone]}
      strokeDasharray="5 4"
      ifOverflow="extendDomain"
    />
  );
}

function drawSeries(series: ChartSeries, index: number, rows: readonly LineRow[]) {
  const colour = CHART_TONES[series.tone ?? 'ink'];
  const look = series.look ?? 'line';
  const curve = look === 'step' ? 'stepAfter' : 'linear';
  const at = (row: LineRow): ChartPoint | undefined => row.points[index];
  const common = { isAnimationActive: false, type: curve, connectNulls: bridgesRows(series) } as const;
  const isPoints = look === 'points';
  const dot = isPoints ? { r: 3.5, fill: colour, stroke: 'none' } : loneDots(loneRows(rows, index, series), colour);
  const line = (
    <Line
      key={`line ${index}`}
      {...common}
      name={series.name}
      dataKey={(row: LineRow) => at(row)?.y ?? null}
      stroke={isPoints ? 'none' : colour}
      strokeWidth={1.5}
      strokeDasharray={look === 'dashed' ? '5 4' : undefined}
      dot={dot}
      activeDot={{ r: 4, fill: colour, stroke: 'var(--surface)' }}
    >
      {isPoints && (
        <ErrorBar
          dataKey={(row: LineRow) => reachOf(at(row)?.y, at(row)?.interval)}
          width={6}
          stroke={colour}
          strokeWidth={1.25}
          isAnimationActive={false}
        />
      )}
    </Line>
  );
  if (isPoints || !hasInterval(series)) return [line];
  const band = (
    <Area
      key={`band ${index}`}
      {...common}
      dataKey={(row: LineRow) => intervalOf(at(row))}
      stroke="none"
      fill={colour}
      fillOpacity={0.16}
      activeDot={false}
      tooltipType="none"
    />
  );
  return [band, line];
}

/** A game of one price is one dot; in most series the line shows all there is. */
function loneDots(lone: ReadonlySet<number>, colour: string) {
  if (lone.size === 0) return false;
  return ({ key, cx, cy, payload }: DotItemDotProps) =>
    lone.has((payload as LineRow).x) ? (
      <circle key={key} className="recharts-line-dot" cx={cx} cy={cy} r={3} fill={colour} />
    ) : null;
}

function intervalOf(point: ChartPoint | undefined): [number, number] | null {
  return point?.interval ? [point.interval.low, point.interval.high] : null;
}

function hasInterval(series: ChartSeries): boolean {
  return series.points.some((point) => point.interval);
}

function linesOf(row: LineRow, series: readonly ChartSeries[], y: ChartAxis) {
  return series.flatMap((one, index) => {
    const point = row.points[index];
    if (!point || point.y === null) return [];
    return [
      {
        name: one.name,
        tone: one.tone ?? 'ink',
        value: withInterval({ value: point.y, interval: point.interval }, exact(y)),
        note: point.note,
      } as const,
    ];
  });
}

/** One series says in the title what it is; more need telling apart. */
function legendOf({
  series,
  intervalName,
  references,
  diagonal,
}: {
  series: readonly ChartSeries[];
  intervalName: string;
  references: readonly ChartReference[];
  diagonal: string | undefined;
}): LegendEntry[] {
  const named = series.length > 1 || diagonal !== undefined || references.length > 0;
  const entries = named
    ? series.map(
        ({ name, tone = 'ink', look = 'line' }) => ({ name, tone, mark: look === 'step' ? 'line' : look }) as const,
      )
    : [];
  const uncertain = series.find(hasInterval);
  return [
    ...entries,
    ...(diagonal ? [{ name: diagonal, tone: 'faint', mark: 'dashed' } as const] : []),
    ...(uncertain ? [intervalEntry(uncertain, intervalName)] : []),
    ...referenceLegend(references),
  ];
}

function intervalEntry({ tone = 'ink', look }: ChartSeries, name: string): LegendEntry {
  return { name, tone, mark: look === 'points' ? 'whisker' : 'interval' };
}

type Domain = [number | string, number | string];

/** One value alone has no span to fit: its axis begins at 0, or it would run to values that cannot be, a price below 0. */
function fitOf(series: readonly ChartSeries[]): Domain {
  const values = new Set(series.flatMap(({ points }) => points.flatMap(({ y }) => y ?? [])));
  const [only = 0] = values;
  if (values.size !== 1 || only === 0 || series.some(hasInterval)) return ['auto', 'auto'];
  return only > 0 ? [0, 'auto'] : ['auto', 0];
}

function scaleOf(axis: ChartAxis, fit: Domain) {
  const domain: Domain = axis.domain ? [...axis.domain] : fit;
  const scale: 'log' | 'linear' = axis.scale ?? 'linear';
  const isFixed = domain.every((end) => typeof end === 'number');
  return { scale, domain, allowDataOverflow: isFixed || scale === 'log' };
}

function ticksOf(axis: ChartAxis, rows: readonly LineRow[], widthPx: number): number[] | undefined {
  const count = Math.max(2, Math.floor(widthPx / LABEL_ROOM_PX));
  const all = rows.map((row) => row.x);
  if (axis.ticks === 'points') return pickTicks(all, count);
  if (axis.ticks) return [...axis.ticks];
  if (axis.scale === 'log' || all.length === 0) return undefined;
  const [low = 'auto', high = 'auto'] = axis.domain ?? [];
  return roundTicks({ from: low === 'auto' ? all[0]! : low, to: high === 'auto' ? all.at(-1)! : high, count });
}

const NEUTRALS: readonly ChartTone[] = ['ink', 'soft', 'faint'];

/** Lines of which none means good or bad are told apart by their strength. */
function withTones(series: readonly ChartSeries[]): ChartSeries[] {
  let neutral = 0;
  return series.map((one) => ({ ...one, tone: one.tone ?? NEUTRALS[neutral++ % NEUTRALS.length]! }));
}
