import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AnalyticsPage } from '@/components/analytics/analytics-page';
import { DataProvider } from '@/components/data/data-provider';

export const metadata: Metadata = {
  title: 'Analytics',
  description:
    'How good the predictions were, what the crowd’s side bets brought, and what following a strategy would have.',
};

export default function Analytics() {
  return (
    <DataProvider>
      <Suspense>
        <AnalyticsPage />
      </Suspense>
    </DataProvider>
  );
}
