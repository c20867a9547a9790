'use client';
import { useSearchParams } from 'next/navigation';
import { readChoice, writeChoice, type AnalyticsChoice } from '@/components/analytics/analytics-choice';

/** The choice lives in the address, so that it can be sent to somebody and survives a reload. */
export function useAnalyticsChoice(): [AnalyticsChoice, (change: Partial<AnalyticsChoice>) => void] {
  const choice = readChoice(useSearchParams());
  return [choice, choose];
}

/** Onto the address itself: the router tells it a moment later, and two quick choices must both count. */
function choose(change: Partial<AnalyticsChoice>): void {
  const current = readChoice(new URLSearchParams(window.location.search));
  window.history.replaceState(null, '', writeChoice({ ...current, ...change }));
}
