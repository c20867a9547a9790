'use client';
import { useSearchParams } from 'next/navigation';
import { readChoice, writeChoice, type AnalyticsChoice } from '@/components/analytics/analytics-choice';

/** The choice lives in the address, so that it can be sent to somebody and survives a reload. */
export function useAnalyticsChoice(): [AnalyticsChoice, (change: Partial<AnalyticsChoice>) => void] {
  const choice = readChoice(useSearchParams());
  return [choice, (change) => window.history.replaceState(null, '', writeChoice({ ...choice, ...change }))];
}
