'use client';
import { intervalText } from '@/components/analytics/describe-figures';
import { CalibrationChart } from '@/components/charts/calibration-chart';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import type { FetchState } from '@/components/data/fetch-state';
import type { CalibrationAnswer, CalibrationCurve } from '@/lib/protocol/analytics';
import { formatNumber, formatPercent } from '@/lib/units/format';

type Row = CalibrationCurve['bins'][number] & { readonly curve: string };

/** What was said against what happened, and the same for the curve that circulates. */
export function CalibrationPanel({ state }: { state: FetchState<CalibrationAnswer> }) {
  return (
    <ChartCard
      title="Said against happened"
      state={state}
      rows={({ curves }) => curves.flatMap(({ name, bins }) => bins.map((bin): Row => ({ ...bin, curve: name })))}
      columns={COLUMNS}
      fileName="fortytick-calibration"
      reading={describe}
      empty="No predictions with a known outcome in this range."
    >
      {({ curves }) => {
        const headline = curves.find(({ id }) => id === 'headline');
        const documented = curves.find(({ id }) => id === 'documented-curve');
        return (
          <CalibrationChart
            label="Predicted win probability against the share of windows won"
            name={headline?.name ?? 'Fortytick'}
            points={(headline?.bins ?? []).map(({ meanForecast, observed }) => ({
              predicted: meanForecast,
              observed: observed.value,
              interval: { low: observed.lower, high: observed.upper },
              count: observed.of,
            }))}
            baseline={
              documented && {
                name: documented.name,
                points: documented.bins.map((bin) => ({ predicted: bin.meanForecast, observed: bin.observed.value })),
              }
            }
            domain={[0, 1]}
          />
        );
      }}
    </ChartCard>
  );
}

function describe({ curves }: CalibrationAnswer): string {
  const headline = curves.find(({ id }) => id === 'headline');
  const documented = curves.find(({ id }) => id === 'documented-curve');
  if (!headline) return '';
  const off = headline.bins.filter(({ holds }) => !holds).length;
  const own =
    off === 0
      ? 'Every point of ours lies on the diagonal within its interval'
      : `${off} of our ${headline.bins.length} points lie off the diagonal by more than chance`;
  if (!documented) return `${own}.`;
  return `${own}. The documented curve promises ${formatPercent(documented.meanForecast, 0)} on average and is off by ${formatPercent(documented.ece, 0)}; its log-loss is ${formatNumber(documented.logLoss, 3)} against our ${formatNumber(headline.logLoss, 3)}.`;
}

const COLUMNS: readonly ChartColumn<Row>[] = [
  { key: 'curve', label: 'Curve', value: ({ curve }) => curve },
  {
    key: 'meanForecast',
    label: 'Said',
    value: ({ meanForecast }) => meanForecast,
    text: ({ meanForecast }) => formatPercent(meanForecast),
  },
  {
    key: 'observed',
    label: 'Happened',
    value: ({ observed }) => observed.value,
    text: ({ observed }) => formatPercent(observed.value),
  },
  { key: 'interval95', label: '95 % interval', value: ({ observed }) => intervalText(observed) },
  { key: 'windows', label: 'Windows', value: ({ observed }) => observed.of },
  { key: 'holds', label: 'Holds', value: ({ holds }) => holds, text: ({ holds }) => (holds ? 'yes' : 'no') },
];
