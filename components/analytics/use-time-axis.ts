'use client';
import type { ChartAxis } from '@/components/charts/chart-spec';
import { formatInstant, zoneNameAt } from '@/components/time/format-instant';
import { useNow } from '@/components/time/use-now';
import { useZone } from '@/components/time/use-zone';
import { epochMs } from '@/lib/units/time';

/** Hours in the reader's zone; days are UTC days whatever the zone, and say so. */
export function useTimeAxis(resolution: 'hour' | 'day'): ChartAxis {
  const zone = useZone();
  const now = useNow(60_000);
  if (resolution === 'day') {
    return {
      label: 'Day (UTC)',
      format: (at) => formatInstant(epochMs(at), { form: 'date', zone: 'utc' }),
      ticks: 'points',
    };
  }
  const name = now === null ? 'UTC' : zoneNameAt(now, zone);
  return {
    label: `Hour (${name})`,
    format: (at) => formatInstant(epochMs(at), { form: 'time', zone }),
    ticks: 'points',
  };
}
