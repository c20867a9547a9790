import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DataProvider } from '@/components/data/data-provider';
import { Page } from '@/components/shell/page';
import { VerifyWorkbench, WorkbenchPlace } from '@/components/verify/verify-workbench';

export const metadata: Metadata = { title: 'Verify' };

export default function VerifyPage() {
  return (
    <Page
      title="Verify a game"
      lead="Plays a finished game again in your browser, from its revealed seed, and compares the two bit for bit. The check runs on this device, without the server."
      className="lg:grid-cols-12 lg:grid-rows-[auto_1fr]"
    >
      {/* The address names the game, which is known only in the browser. */}
      <Suspense fallback={<WorkbenchPlace />}>
        <DataProvider>
          <VerifyWorkbench />
        </DataProvider>
      </Suspense>
    </Page>
  );
}
