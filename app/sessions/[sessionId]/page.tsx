import type { Metadata } from 'next';
import { DataProvider } from '@/components/data/data-provider';
import { SessionPage } from '@/components/sessions/session-page';

export const metadata: Metadata = { title: 'Session' };

export default async function Session({ params }: { params: Promise<{ sessionId: string }> }) {
  const { sessionId } = await params;
  return (
    <DataProvider>
      <SessionPage key={sessionId} sessionId={sessionId} />
    </DataProvider>
  );
}
