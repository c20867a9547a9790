'use client';
// What every chart has in common: its width from the page, the words along its axes, the legend, the tooltip's look. Drawn
// without animation: a figure that moves while it is read is no figure.
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { ChartAxis, ChartInterval, ChartReference } from '@/components/charts/chart-spec';
import { CHART_TONES, type ChartTone } from '@/components/charts/chart-tones';

export const FAINT_TEXT = { fill: 'var(--ink-faint)', fontSize: 12 };
export const AXIS_LINE = { stroke: 'var(--line-strong)' };
export const GRID = { stroke: 'var(--line)', strokeWidth: 1 };
export const CURSOR = { stroke: 'var(--line-strong)', strokeDasharray: '2 3' };
/** The last label of the axis may be wider than the plot's edge, and a reference's label stands above it. */
export const MARGIN = { top: 12, right: 12, bottom: 0, left: 0 };
/** A label of the horizontal axis needs about this much room. */
export const LABEL_ROOM_PX = 56;

export type LegendEntry = {
  readonly name: string;
  readonly tone: ChartTone;
  readonly mark: 'line' | 'dashed' | 'across' | 'points' | 'interval' | 'whisker';
};

/** `children` draws at the width the page gives; until that is known the chart's place is kept. */
export function ChartFrame({
  label,
  heightPx,
  xLabel,
  yLabel,
  legend,
  children,
}: {
  label: string;
  heightPx: number;
  xLabel: string;
  yLabel: string;
  legend: readonly LegendEntry[];
  children: (widthPx: number) => ReactNode;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(frame);
  return (
    <figure aria-label={label} className="m-0 flex min-w-0 flex-col gap-1.5" data-testid="chart-figure">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-caption text-ink-faint">
        <span>{yLabel}</span>
        {legend.length > 0 && <Legend entries={legend} />}
      </figcaption>
      <div
        ref={frame}
        style={{ height: heightPx }}
        className="min-w-0 rounded-small outline-offset-4 outline-ink has-[svg:focus-visible]:outline-2 [&_svg]:overflow-visible [&_svg]:outline-none"
      >
        {widthPx > 0 && children(widthPx)}
      </div>
      <span className="text-right text-caption text-ink-faint">{xLabel}</span>
    </figure>
  );
}

function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {entries.map(({ name, tone, mark }) => (
        <li key={`${name} ${mark}`} className="flex items-center gap-1.5 text-ink-soft">
          <Mark tone={tone} mark={mark} />
          {name}
        </li>
      ))}
    </ul>
  );
}

function Mark({ tone, mark }: Pick<LegendEntry, 'tone' | 'mark'>) {
  const colour = CHART_TONES[tone];
  return (
    <svg aria-hidden width="18" height="10" className="shrink-0">
      {mark === 'interval' && <rect width="18" height="10" fill={colour} opacity={0.22} />}
      {mark === 'whisker' && <path d="M9 0v10M6 .5h6M6 9.5h6" stroke={colour} strokeWidth="1.25" fill="none" />}
      {mark === 'across' && <path d="M9 0v10" stroke={colour} strokeWidth="2" strokeDasharray="4 2" />}
      {mark === 'points' && <circle cx="9" cy="5" r="3.5" fill={colour} />}
      {(mark === 'line' || mark === 'dashed') && (
        <path d="M0 5h18" stroke={colour} strokeWidth="2" strokeDasharray={mark === 'dashed' ? '4 3' : undefined} />
      )}
    </svg>
  );
}

export type TooltipLine = {
  readonly name: string;
  readonly value: string;
  readonly tone: ChartTone;
  readonly note?: string;
};

export function ChartTooltip({ title, lines }: { title: string; lines: readonly TooltipLine[] }) {
  return (
    <div className="max-w-72 rounded-control border border-line-strong bg-raised px-3 py-2 text-caption text-ink shadow-float">
      <p className="text-ink-faint">{title}</p>
      <dl>
        {lines.map((line) => (
          <div key={line.name} className="mt-1 flex items-baseline justify-between gap-4">
            <dt className="flex items-center gap-1.5 text-ink-soft">
              <span
                aria-hidden
                className="size-2 shrink-0 rounded-full"
                style={{ background: CHART_TONES[line.tone] }}
              />
              {line.name}
            </dt>
            <dd className="text-right font-medium">
              {line.value}
              {line.note && <span className="block font-normal text-ink-faint">{line.note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Lines that are compared with are named here and not on the plot, where the data would cross their words out. */
export function referenceLegend(references: readonly ChartReference[]): LegendEntry[] {
  return references.map(({ label, tone = 'soft', axis }) => ({
    name: label,
    tone,
    mark: axis === 'x' ? 'across' : 'dashed',
  }));
}

export function exact(axis: ChartAxis): (value: number) => string {
  return axis.formatExact ?? axis.format;
}

/** "0.181 (0.170 to 0.193)": the figure, and what it may be. */
export function withInterval(
  { value, interval }: { value: number; interval: ChartInterval | null | undefined },
  format: (value: number) => string,
): string {
  return interval ? `${format(value)} (${format(interval.low)} to ${format(interval.high)})` : format(value);
}

/** How far the interval reaches below and above the figure, as the library wants it. */
export function reachOf(value: number | null | undefined, interval: ChartInterval | null | undefined) {
  if (value === null || value === undefined || !interval) return null;
  return [value - interval.low, interval.high - value] as [number, number];
}

function useWidth(frame: RefObject<HTMLDivElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidthPx(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return widthPx;
}
