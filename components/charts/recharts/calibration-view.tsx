'use client';
import type { CalibrationChartProps, ChartSeries } from '@/components/charts/chart-spec';
import { LineChartView } from '@/components/charts/recharts/line-chart-view';
import { formatPercent } from '@/lib/units/format';

/** How often it happened against how often it was said to: dots on the diagonal were right. */
export function CalibrationView({ label, name, points, baseline, domain = [0, 1], heightPx }: CalibrationChartProps) {
  const said: ChartSeries = {
    name,
    look: 'points',
    points: points.map(({ predicted, observed, interval, count }) => ({
      x: predicted,
      y: observed,
      interval,
      note: `${count} ${count === 1 ? 'window' : 'windows'}`,
    })),
  };
  const compared: ChartSeries | null = baseline
    ? {
        name: baseline.name,
        look: 'dashed',
        tone: 'negative',
        points: baseline.points.map(({ predicted, observed }) => ({ x: predicted, y: observed })),
      }
    : null;
  const formatShare = (share: number) => formatPercent(share, 1);
  const percent = (share: number) => formatPercent(share, 0);
  const ticks = Array.from({ length: 6 }, (_, n) => domain[0] + ((domain[1] - domain[0]) * n) / 5);
  return (
    <LineChartView
      label={label}
      series={compared ? [said, compared] : [said]}
      x={{ label: 'Predicted', format: percent, formatExact: formatShare, domain, ticks }}
      y={{ label: 'Observed', format: percent, formatExact: formatShare, domain, ticks }}
      diagonal={{ from: domain[0], to: domain[1], label: 'As predicted' }}
      intervalName="95 % interval"
      heightPx={heightPx}
    />
  );
}
