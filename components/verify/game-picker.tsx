'use client';
import Link from 'next/link';
import { useApi } from '@/components/data/use-api';
import { Fetched } from '@/components/data/fetched';
import { Time } from '@/components/time/time';
import { ZoneName } from '@/components/time/zone-name';
import { recentGamesSchema, type RecentGame } from '@/components/verify/verifiable-game';
import { cn } from '@/components/ui/cn';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import { formatPrice } from '@/lib/units/format';

/** About as many as stand beside the form without scrolling. */
const SHOWN = 8;
/** A game takes about a minute; the newest one is worth waiting for. */
const REFRESH_MS = 15_000;

/** Recent finished games; picking one is a link, so that the choice can be sent to somebody. */
export function GamePicker({ chosen }: { chosen: string | null }) {
  const state = useApi('/api/games?limit=20', recentGamesSchema, { refreshMs: REFRESH_MS });
  return (
    <Fetched
      state={state}
      isEmpty={({ games }) => games.every((game) => game.rugTick === null)}
      empty="No finished game is on record yet: the first appears here when it has rugged."
    >
      {({ games }) => (
        <Table>
          <caption className="sr-only">Recent finished games</caption>
          <thead>
            <tr>
              <TableHead>
                Ended (<ZoneName />)
              </TableHead>
              <TableHead className="text-right">Rug tick</TableHead>
              <TableHead className="text-right">Peak</TableHead>
              <TableHead className="text-right">
                <span className="sr-only">Verify</span>
              </TableHead>
            </tr>
          </thead>
          <tbody>
            {games
              .filter((game) => game.rugTick !== null)
              .slice(0, SHOWN)
              .map((game) => (
                <GameRow key={game.gameId} game={game} isChosen={game.gameId === chosen} />
              ))}
          </tbody>
        </Table>
      )}
    </Fetched>
  );
}

function GameRow({ game, isChosen }: { game: RecentGame; isChosen: boolean }) {
  return (
    <TableRow data-testid="pick-game" data-game-id={game.gameId} className={cn(isChosen && 'font-medium')}>
      <TableCell className="text-ink-soft">
        <Time at={game.endedAt} form="seconds" bare />
      </TableCell>
      <TableCell className="text-right">{game.rugTick}</TableCell>
      <TableCell className="text-right">{game.peak === null ? '—' : formatPrice(game.peak)}</TableCell>
      <TableCell className="text-right">
        <Link
          href={`/verify?game=${game.gameId}`}
          prefetch={false}
          scroll={false}
          aria-label={`Verify game ${game.gameId}`}
          aria-current={isChosen || undefined}
          className="rounded-small underline underline-offset-2 hover:text-ink"
        >
          {isChosen ? 'Chosen' : 'Verify'}
        </Link>
      </TableCell>
    </TableRow>
  );
}
