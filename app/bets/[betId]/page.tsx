import type { Metadata } from 'next';
import { ProofPage } from '@/components/bet-proof/proof-page';
import { DataProvider } from '@/components/data/data-provider';

/** Whoever has the link may read it; nobody else is to find it. */
export const metadata: Metadata = { title: 'Proof of a bet', robots: { index: false, follow: false } };

export default async function Bet({ params }: { params: Promise<{ betId: string }> }) {
  const { betId } = await params;
  return (
    <DataProvider>
      <ProofPage key={betId} betId={betId} />
    </DataProvider>
  );
}
