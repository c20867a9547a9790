// The chart's horizontal axis counts ticks. The library's own axes count time or prices and label whatever fits; this
// one numbers round ticks only, so that the same places keep their numbers while the game moves.
import {
  createChartEx,
  type ChartOptionsImpl,
  type DeepPartial,
  type IChartApiBase,
  type IHorzScaleBehavior,
} from 'lightweight-charts';

type Behavior = IHorzScaleBehavior<number>;
type Item = ReturnType<Behavior['convertHorzItemToInternal']>;
type Weight = ReturnType<Behavior['maxTickMarkWeight']>;

/** Rounder ticks first; where there is room, the next finer ones join. */
const STEPS = [1_000, 500, 250, 100, 50, 25];

export function createTickChart(
  container: HTMLElement,
  options: DeepPartial<ChartOptionsImpl<number>>,
): IChartApiBase<number> {
  return createChartEx<number, Behavior>(container, createTickAxis(), options);
}

/** Ticks are numbers outside and inside; the library's brands only say which side a number is on. */
function createTickAxis(): Behavior {
  let current: ChartOptionsImpl<number>;
  const toItem = (tick: number) => tick as unknown as Item;
  const toTick = (item: unknown) => item as number;
  return {
    options: () => current,
    setOptions(options) {
      current = options;
    },
    preprocessData: () => undefined,
    updateFormatter: () => undefined,
    createConverterToInternalObj: () => toItem,
    convertHorzItemToInternal: toItem,
    key: (item) => toTick(item) as unknown as ReturnType<Behavior['key']>,
    cacheKey: (item) => toTick(item),
    formatHorzItem: (item) => `tick ${toTick(item)}`,
    formatTickmark: ({ time }) => (weightOf(toTick(time)) > 0 ? String(toTick(time)) : ''),
    maxTickMarkWeight: (marks) => marks.reduce((most, mark) => (mark.weight > most ? mark.weight : most), 0 as Weight),
    fillWeightsForPoints(points, startIndex) {
      for (const point of points.slice(startIndex)) point.timeWeight = weightOf(toTick(point.time)) as Weight;
    },
  };
}

function weightOf(tick: number): number {
  const step = STEPS.findIndex((size) => tick % size === 0);
  return step < 0 ? 0 : STEPS.length - step;
}
