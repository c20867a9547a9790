'use client';
import Link from 'next/link';
import { VerifiedMark } from '@/components/games/verified-mark';
import { useLive } from '@/components/live/live-provider';
import { Time } from '@/components/time/time';
import { ZoneName } from '@/components/time/zone-name';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import { NOMINAL_TICK_MS } from '@/lib/game/rules';
import { RECENT_GAMES, type RecentGame } from '@/lib/protocol/push';
import { formatPrice, formatSeconds } from '@/lib/units/format';

export function RecentGames({ className }: { className?: string }) {
  const games = useLive((state) => state.recentGames);
  return (
    <Card title="Last ten games" className={className}>
      {games === null ? <Loading /> : games.length === 0 ? <Nothing /> : <Games games={games} />}
    </Card>
  );
}

function Games({ games }: { games: readonly RecentGame[] }) {
  const intervalMs = useLive((state) => Math.round(state.timing?.intervalMs ?? NOMINAL_TICK_MS));
  return (
    <Table>
      <thead>
        <tr>
          <TableHead>
            Ended (<ZoneName />)
          </TableHead>
          <TableHead className="text-right">Rug tick</TableHead>
          <TableHead className="text-right">Length</TableHead>
          <TableHead className="text-right">Peak</TableHead>
          <TableHead className="pl-3">Fairness</TableHead>
        </tr>
      </thead>
      <tbody>
        {games.map((game) => (
          <TableRow key={game.gameId} data-testid="recent-game" data-game-id={game.gameId}>
            <TableCell>
              {/* Not fetched ahead: the live page loads nothing for the others. */}
              <Link
                href={`/games/${game.gameId}`}
                prefetch={false}
                aria-label={`Game ${game.gameId}`}
                className="rounded-small underline decoration-line-strong underline-offset-4 hover:decoration-current"
              >
                <Time at={game.endedAt} form="time" bare className="text-ink-soft" />
              </Link>
            </TableCell>
            <TableCell className="text-right font-medium">{game.rugTick}</TableCell>
            <TableCell className="text-right text-ink-soft">≈ {formatSeconds(game.rugTick * intervalMs, 0)}</TableCell>
            <TableCell className="text-right font-medium">{formatPrice(game.peak)}</TableCell>
            <TableCell className="pl-3">
              <VerifiedMark verified={game.verified} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function Nothing() {
  return <p className="text-ink-faint">None yet: a game appears here when it has rugged and its seed is revealed.</p>;
}

function Loading() {
  return (
    <div className="flex flex-col gap-4 pt-2">
      {Array.from({ length: RECENT_GAMES }, (_, row) => (
        <Skeleton key={row} className="h-4 w-full" />
      ))}
    </div>
  );
}
