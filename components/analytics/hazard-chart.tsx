'use client';
import { LineChart } from '@/components/charts/line-chart';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import type { CalibrationAnswer, HazardBucket } from '@/lib/protocol/analytics';
import { formatNumber } from '@/lib/units/format';

/** Whether the rug comes sooner at some tick: the measured hazard along the game, against the published 0.005. */
export function HazardChart({ state }: { state: FetchState<CalibrationAnswer> }) {
  return (
    <ChartCard
      title="Rug hazard by tick"
      state={mapState(state, ({ hazard }) => hazard)}
      rows={({ buckets }) => buckets.filter(({ atRisk }) => atRisk > 0)}
      columns={COLUMNS}
      fileName="fortytick-hazard-by-tick"
      reading={describe}
      empty="No finished game in this range."
    >
      {({ published, breakEven }, rows) => (
        <LineChart
          label="Measured rug hazard per tick along the game"
          series={[
            {
              name: 'Measured',
              look: 'points',
              points: rows.filter(fits).map((bucket) => ({
                x: middleOf(bucket),
                y: bucket.hazard!.value,
                interval: { low: bucket.hazard!.lower, high: Math.min(bucket.hazard!.upper, HAZARD_SHOWN_MAX) },
                note: `${bucket.rugs} of ${bucket.atRisk} games rugged at ticks ${ticksText(bucket)}`,
              })),
            },
          ]}
          x={{ label: 'Tick', format: (value) => formatNumber(value, 0), domain: [0, 'auto'] }}
          y={{ label: '% per tick', format: (value) => formatNumber(100 * value, 2), domain: [0, HAZARD_SHOWN_MAX] }}
          references={[
            { axis: 'y', at: published, label: 'published', tone: 'ink' },
            { axis: 'y', at: breakEven, label: 'break-even', tone: 'break-even' },
          ]}
          intervalName="95 % interval"
        />
      )}
    </ChartCard>
  );
}

/** Four times the published hazard: the last buckets hold a handful of games, and their intervals would dwarf the rest. */
const HAZARD_SHOWN_MAX = 0.02;

/** The others are in the table and the exports, and the reading counts them. */
function fits({ hazard }: HazardBucket): boolean {
  return hazard !== null && hazard.value <= HAZARD_SHOWN_MAX;
}

function describe({ overall, outside, outsideExpected, buckets, test }: CalibrationAnswer['hazard']): string {
  if (!overall) return '';
  const measured = `Measured ${formatNumber(100 * overall.value, 3)} % per tick over all ticks; published 0.500 %.`;
  const counted = ` ${outside} of ${buckets.length} buckets lie off it, chance alone makes about ${formatNumber(outsideExpected, 1)}.`;
  const hidden = buckets.filter((bucket) => bucket.hazard !== null && !fits(bucket)).length;
  const beyond =
    hidden === 0
      ? ''
      : ` ${hidden === 1 ? 'One bucket of few games lies' : `${hidden} buckets of few games lie`} above the chart.`;
  return `${measured}${counted}${test ? ` ${test.words}` : ''}${beyond}`;
}

function middleOf({ from, to }: HazardBucket): number {
  return to === null ? from : (from + to) / 2;
}

function ticksText({ from, to }: HazardBucket): string {
  return to === null ? `${from} and later` : `${from} to ${to - 1}`;
}

const COLUMNS: readonly ChartColumn<HazardBucket>[] = [
  { key: 'fromTick', label: 'From tick', value: ({ from }) => from },
  { key: 'toTick', label: 'Before tick', value: ({ to }) => to },
  { key: 'atRisk', label: 'Games alive', value: ({ atRisk }) => atRisk },
  { key: 'rugs', label: 'Rugs', value: ({ rugs }) => rugs },
  {
    key: 'hazardPerTick',
    label: 'Hazard, % per tick',
    value: ({ hazard }) => hazard?.value ?? null,
    text: ({ hazard }) => formatNumber(100 * hazard!.value, 3),
  },
  {
    key: 'lower95',
    label: 'Lower',
    value: ({ hazard }) => hazard?.lower ?? null,
    text: ({ hazard }) => formatNumber(100 * hazard!.lower, 3),
  },
  {
    key: 'upper95',
    label: 'Upper',
    value: ({ hazard }) => hazard?.upper ?? null,
    text: ({ hazard }) => formatNumber(100 * hazard!.upper, 3),
  },
  {
    key: 'holds',
    label: 'Published inside',
    value: ({ holds }) => holds,
    text: ({ holds }) => (holds ? 'yes' : 'no'),
  },
];
