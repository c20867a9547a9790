// The title of a game's page, its one-sentence summary, and the way to its neighbours.
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Time } from '@/components/time/time';
import { buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { GameDetail } from '@/lib/protocol/games-api';
import { formatPrice } from '@/lib/units/format';

export function GameHeading({ gameId, detail }: { gameId: string; detail: GameDetail | null }): {
  title: ReactNode;
  lead: ReactNode;
  aside: ReactNode;
} {
  return {
    title: (
      <>
        Game <span className="font-mono text-[0.8em] font-medium break-all">{gameId}</span>
      </>
    ),
    lead: detail && <Lead detail={detail} />,
    aside: (
      <nav aria-label="Other games" className="flex flex-wrap gap-2">
        <Neighbour gameId={detail?.neighbours.previous ?? null} rel="prev">
          <ChevronLeft aria-hidden /> Previous
        </Neighbour>
        <Link href="/games" prefetch={false} className={buttonVariants({ variant: 'quiet' })}>
          All games
        </Link>
        <Neighbour gameId={detail?.neighbours.next ?? null} rel="next">
          Next <ChevronRight aria-hidden />
        </Neighbour>
      </nav>
    ),
  };
}

function Lead({ detail: { game } }: { detail: GameDetail }) {
  const kind = game.source === 'simulator' ? 'A simulated game' : 'A real game';
  if (game.rugTick === null) {
    return <>{kind} that has not ended: its page follows it.</>;
  }
  return (
    <>
      {kind} that rugged at tick {game.rugTick}
      {game.peak !== null && <> after a peak of {formatPrice(game.peak)}</>}
      {game.endedAt !== null && (
        <>
          , on <Time at={game.endedAt} />
        </>
      )}
      .
    </>
  );
}

function Neighbour({ gameId, rel, children }: { gameId: string | null; rel: 'prev' | 'next'; children: ReactNode }) {
  const className = cn(buttonVariants(), 'px-3');
  if (gameId === null) {
    return (
      <span aria-disabled className={cn(className, 'opacity-40')}>
        {children}
      </span>
    );
  }
  return (
    <Link href={`/games/${gameId}`} rel={rel} prefetch={false} data-testid={`${rel}-game`} className={className}>
      {children}
    </Link>
  );
}
