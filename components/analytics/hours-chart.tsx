'use client';
import { BarChart } from '@/components/charts/bar-chart';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import type { FetchState } from '@/components/data/fetch-state';
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import type { PatternsAnswer } from '@/lib/protocol/analytics';
import { formatNumber } from '@/lib/units/format';

type Hour = PatternsAnswer['hours'][number];

export function HoursChart({ state }: { state: FetchState<PatternsAnswer> }) {
  return (
    <ChartCard
      title="Length of the games by hour of the day"
      state={state}
      rows={({ hours }) => (hours.some(({ games }) => games > 0) ? hours : [])}
      columns={COLUMNS}
      fileName="fortytick-length-by-hour"
      reading={() => 'Were there a good hour, its interval would lie clear of the published mean of 200 ticks.'}
      empty="No finished game in this range."
      heightPx={360}
    >
      {(_, rows) => (
        <BarChart
          label="Mean length of the games by UTC hour"
          mark="dots"
          bars={rows.map(({ hour, meanLength, games }) => ({
            label: String(hour).padStart(2, '0'),
            value: meanLength?.value ?? null,
            interval: meanLength && { low: meanLength.lower, high: meanLength.upper },
            note: `${games} games`,
          }))}
          axis={{ label: 'Ticks', format: (value) => formatNumber(value, 0) }}
          categories="Hour (UTC)"
          references={[{ axis: 'y', at: 1 / PUBLISHED_HAZARD, label: 'published mean', tone: 'faint' }]}
          intervalName="95 % interval"
          heightPx={360}
        />
      )}
    </ChartCard>
  );
}

const COLUMNS: readonly ChartColumn<Hour>[] = [
  { key: 'hourUtc', label: 'Hour (UTC)', value: ({ hour }) => hour },
  { key: 'games', label: 'Games', value: ({ games }) => games },
  {
    key: 'meanLengthTicks',
    label: 'Mean length',
    value: ({ meanLength }) => meanLength?.value ?? null,
    text: ({ meanLength }) => formatNumber(meanLength!.value, 0),
  },
  {
    key: 'lower95',
    label: 'Lower',
    value: ({ meanLength }) => meanLength?.lower ?? null,
    text: ({ meanLength }) => formatNumber(meanLength!.lower, 0),
  },
  {
    key: 'upper95',
    label: 'Upper',
    value: ({ meanLength }) => meanLength?.upper ?? null,
    text: ({ meanLength }) => formatNumber(meanLength!.upper, 0),
  },
  {
    key: 'medianPeak',
    label: 'Median peak',
    value: ({ medianPeak }) => medianPeak,
    text: ({ medianPeak }) => `${formatNumber(medianPeak!, 2)}×`,
  },
];
