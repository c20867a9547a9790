// The series of a line chart, each with points of its own, as the rows the library draws: one for each x. Pure.
import type { ChartPoint, ChartSeries } from '@/components/charts/chart-spec';
import { lonePoints } from '@/components/charts/lone-points';

/** `points[i]` is the i-th series' point at this x; undefined where that series has none. */
export type LineRow = { readonly x: number; readonly points: readonly (ChartPoint | undefined)[] };

export function toLineRows(series: readonly ChartSeries[]): LineRow[] {
  const rows = new Map<number, (ChartPoint | undefined)[]>();
  series.forEach((one, index) => {
    for (const point of one.points) {
      const at = rows.get(point.x) ?? new Array<ChartPoint | undefined>(series.length).fill(undefined);
      at[index] = point;
      rows.set(point.x, at);
    }
  });
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([x, points]) => ({ x, points }));
}

/** A series without gaps of its own is drawn across the x that only others have. */
export function bridgesRows(series: ChartSeries): boolean {
  return series.points.every((point) => point.y !== null);
}

/** The x of the i-th series' points that its line leaves out, since nothing stands beside them to draw it to. */
export function loneRows(rows: readonly LineRow[], index: number, series: ChartSeries): ReadonlySet<number> {
  const drawn = bridgesRows(series) ? rows.filter((row) => row.points[index]) : rows;
  return new Set(lonePoints(drawn.map((row) => row.points[index]?.y)).map((at) => drawn[at]!.x));
}

/** At most `max` of them, the first and evenly on, so that labelled buckets are equally far apart. */
export function pickTicks(values: readonly number[], max: number): number[] {
  const step = Math.max(1, Math.ceil(values.length / Math.max(1, max)));
  return values.filter((_, index) => index % step === 0);
}
