import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DataProvider } from '@/components/data/data-provider';
import { GamePage } from '@/components/games/game-page';

type Props = { params: Promise<{ gameId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { gameId } = await params;
  return { title: `Game ${gameId.slice(0, 40)}` };
}

export default async function Game({ params }: Props) {
  const { gameId } = await params;
  return (
    <DataProvider>
      <Suspense>
        <GamePage key={gameId} gameId={gameId} />
      </Suspense>
    </DataProvider>
  );
}
