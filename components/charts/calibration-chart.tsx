'use client';
import dynamic from 'next/dynamic';
import { CHART_HEIGHT_PX, type CalibrationChartProps } from '@/components/charts/chart-spec';
import { ChartPlace } from '@/components/charts/chart-place';

/** The drawing library comes after the page, when a chart is first wanted. */
export const CalibrationChart = dynamic<CalibrationChartProps>(
  () => import('@/components/charts/recharts/calibration-view').then((module) => module.CalibrationView),
  { ssr: false, loading: () => <ChartPlace heightPx={CHART_HEIGHT_PX} /> },
);
