import type { Metadata } from 'next';
import { DataProvider } from '@/components/data/data-provider';
import { SessionsPage } from '@/components/sessions/sessions-page';

export const metadata: Metadata = {
  title: 'Sessions',
  description: 'Your betting sessions: what they brought, what was advised, and how much of the result is luck.',
};

export default function Sessions() {
  return (
    <DataProvider>
      <SessionsPage />
    </DataProvider>
  );
}
