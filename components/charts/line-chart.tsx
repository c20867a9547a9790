'use client';
import dynamic from 'next/dynamic';
import { CHART_HEIGHT_PX, type LineChartProps } from '@/components/charts/chart-spec';
import { ChartPlace } from '@/components/charts/chart-place';

/** The drawing library comes after the page, when a chart is first wanted. */
export const LineChart = dynamic<LineChartProps>(
  () => import('@/components/charts/recharts/line-chart-view').then((module) => module.LineChartView),
  { ssr: false, loading: () => <ChartPlace heightPx={CHART_HEIGHT_PX} /> },
);
