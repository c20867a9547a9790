// What a page says of a chart; how it is drawn is decided in recharts/, the same everywhere.
import type { ChartTone } from '@/components/charts/chart-tones';

export type ChartAxis = {
  readonly label: string;
  readonly format: (value: number) => string;
  /** For tooltips, where there is room for more digits; `format` unless given. */
  readonly formatExact?: (value: number) => string;
  /** Fits the data unless given (`bars` always include 0). Two fixed ends cut off what lies outside: say so in the reading. */
  readonly domain?: readonly [number | 'auto', number | 'auto'];
  /** Where it is labelled: round numbers unless given; `points`: some of the data's own (for days and other buckets). */
  readonly ticks?: 'points' | readonly number[];
  readonly scale?: 'linear' | 'log';
};

/** A line across the chart that figures are compared with: break-even, the published hazard. */
export type ChartReference = {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly label: string;
  readonly tone?: ChartTone;
};

/** What the figure may be, with the confidence that `intervalName` states. */
export type ChartInterval = { readonly low: number; readonly high: number };

export type ChartPoint = {
  readonly x: number;
  /** Null leaves a gap. */
  readonly y: number | null;
  readonly interval?: ChartInterval | null;
  /** What else the tooltip says of it: "412 windows". */
  readonly note?: string;
};

/** `points` are dots with interval bars; the others are lines whose interval is a shaded band. */
export type ChartSeries = {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** Series without one take ink, soft and faint in turn. */
  readonly tone?: ChartTone;
  readonly look?: 'line' | 'dashed' | 'step' | 'points';
};

export type ChartBar = {
  readonly label: string;
  readonly value: number | null;
  readonly interval?: ChartInterval | null;
  readonly tone?: ChartTone;
  readonly note?: string;
};

export type LineChartProps = {
  /** What is drawn, for those who cannot see it; the reading of the card says what it shows. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly references?: readonly ChartReference[];
  /** "95 % interval": named in the legend when a series has one. */
  readonly intervalName?: string;
  readonly heightPx?: number;
};

export type BarChartProps = {
  readonly label: string;
  readonly bars: readonly ChartBar[];
  /** Of the values. */
  readonly axis: ChartAxis;
  /** What the bars stand for: "Tick the bet was placed at". */
  readonly categories: string;
  /** `columns` stand side by side; `rows` lie below each other, for long names. */
  readonly layout?: 'columns' | 'rows';
  /** `dots` for figures whose distance from 0 means nothing; the axis then need not include it. */
  readonly mark?: 'bars' | 'dots';
  /** Lines at a value: their `axis` is `y`, whatever the layout. */
  readonly references?: readonly ChartReference[];
  readonly intervalName?: string;
  readonly heightPx?: number;
};

export type CalibrationChartProps = {
  readonly label: string;
  readonly name: string;
  readonly points: readonly {
    readonly predicted: number;
    readonly observed: number;
    readonly interval: ChartInterval;
    readonly count: number;
  }[];
  /** What is compared with, on the same windows: the documented curve. */
  readonly baseline?: { readonly name: string; readonly points: readonly { predicted: number; observed: number }[] };
  readonly domain?: readonly [number, number];
  readonly heightPx?: number;
};

export const CHART_HEIGHT_PX = 280;
