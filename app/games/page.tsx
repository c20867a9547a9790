import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DataProvider } from '@/components/data/data-provider';
import { GamesPage } from '@/components/games/games-page';

export const metadata: Metadata = {
  title: 'Games',
  description: 'Every game on record: price path, what was said about it, what came of it, and whether it checks out.',
};

export default function Games() {
  return (
    <DataProvider>
      {/* The filter is in the address, which is known only in the browser. */}
      <Suspense>
        <GamesPage />
      </Suspense>
    </DataProvider>
  );
}
