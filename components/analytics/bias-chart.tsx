'use client';
import { BarChart } from '@/components/charts/bar-chart';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import type { HistogramView, PerformanceAnswer, PredictionFigures } from '@/lib/protocol/analytics';
import { formatNumber, formatPercent, formatSigned } from '@/lib/units/format';

type Bin = HistogramView[number];

/** Which way the predicted end errs, in windows: were it biased, the bars would lean and the mean say so. */
export function BiasChart({ state }: { state: FetchState<PerformanceAnswer> }) {
  return (
    <ChartCard
      title="Bias of the predicted end"
      state={mapState(state, ({ predictions }) => predictions)}
      rows={(predictions) => predictions?.bias.histogram ?? []}
      columns={COLUMNS}
      fileName="fortytick-e40-bias"
      reading={(predictions) => predictions && describeBias(predictions.bias)}
      empty="No predictions with a known outcome in this range."
    >
      {(_, rows) => (
        <BarChart
          label="Predictions by signed error of the predicted end"
          bars={rows.map((bin) => ({ label: binText(bin), value: bin.share, note: `${bin.count} predictions` }))}
          axis={{ label: 'Share of predictions', format: (value) => formatPercent(value, 0) }}
          categories="Lived longer than predicted, in ticks"
        />
      )}
    </ChartCard>
  );
}

/** The distribution of an end without memory is skewed: half end before the median, a few live far beyond it. */
function describeBias({ late, meanE40, medianE40 }: PredictionFigures['bias']): string {
  const held = late.lower <= 0.5 && 0.5 <= late.upper;
  const side = held
    ? 'as many as should'
    : late.value > 0.5
      ? 'more than half: the predictions come late'
      : 'fewer than half: the predictions come early';
  return `${formatPercent(late.value)} of the games ended before the predicted median, ${side}. Median error ${formatSigned(medianE40, 2)} windows, mean ${formatSigned(meanE40, 2)}: a few long games pull the mean up.`;
}

const COLUMNS: readonly ChartColumn<Bin>[] = [
  { key: 'fromTicks', label: 'From, ticks', value: ({ from }) => from },
  { key: 'toTicks', label: 'To, ticks', value: ({ to }) => to },
  { key: 'predictions', label: 'Predictions', value: ({ count }) => count },
  { key: 'share', label: 'Share', value: ({ share }) => share, text: ({ share }) => formatPercent(share) },
];

function binText({ from, to }: Bin): string {
  if (from === null) return `below ${formatNumber(to!, 0)}`;
  return to === null ? `${formatNumber(from, 0)} and more` : `${formatNumber(from, 0)} to ${formatNumber(to, 0)}`;
}
