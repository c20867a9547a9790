'use client';
import dynamic from 'next/dynamic';
import { CHART_HEIGHT_PX, type BarChartProps } from '@/components/charts/chart-spec';
import { ChartPlace } from '@/components/charts/chart-place';

/** The drawing library comes after the page, when a chart is first wanted. */
export const BarChart = dynamic<BarChartProps>(
  () => import('@/components/charts/recharts/bar-chart-view').then((module) => module.BarChartView),
  { ssr: false, loading: () => <ChartPlace heightPx={CHART_HEIGHT_PX} /> },
);
