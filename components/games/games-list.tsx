'use client';
// The list itself: a table where there is room, cards on a phone. The whole of either leads to its game.
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Sparkline } from '@/components/charts/sparkline';
import { VerifiedMark } from '@/components/games/verified-mark';
import { Time } from '@/components/time/time';
import { ZoneName } from '@/components/time/zone-name';
import { Badge } from '@/components/ui/badge';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { ListedGame } from '@/lib/protocol/games-api';
import { formatPrice } from '@/lib/units/format';

export function GamesList({ games }: { games: readonly ListedGame[] }) {
  return (
    <>
      <Table className="max-sm:hidden">
        <caption className="sr-only">Games, newest first</caption>
        <thead>
          <tr>
            <TableHead>
              Ended (<ZoneName />)
            </TableHead>
            <TableHead>Game</TableHead>
            <TableHead>Price path</TableHead>
            <TableHead className="text-right">Rug tick</TableHead>
            <TableHead className="text-right">Peak</TableHead>
            <TableHead className="pl-3">Fairness</TableHead>
            <TableHead>Record</TableHead>
          </tr>
        </thead>
        <tbody>
          {games.map((game) => (
            <GameRow key={game.gameId} game={game} />
          ))}
        </tbody>
      </Table>
      <ul className="flex flex-col divide-y divide-line sm:hidden">
        {games.map((game) => (
          <GameCard key={game.gameId} game={game} />
        ))}
      </ul>
    </>
  );
}

/** The link in the row's first cell covers the row, so that a click anywhere and one press of Enter do the same. */
const COVERS = "after:absolute after:inset-0 after:content-['']";

function GameRow({ game }: { game: ListedGame }) {
  return (
    <TableRow
      data-testid="game-row"
      data-game-id={game.gameId}
      data-rug-tick={game.rugTick ?? ''}
      className="relative transition-colors focus-within:bg-raised hover:bg-raised"
    >
      <TableCell className="text-ink-soft">
        <Ended game={game} />
      </TableCell>
      <TableCell>
        <GameLink game={game} />
      </TableCell>
      <TableCell>
        <Path game={game} />
      </TableCell>
      <TableCell className="text-right font-medium">{game.rugTick ?? '—'}</TableCell>
      <TableCell className="text-right font-medium">{game.peak === null ? '—' : formatPrice(game.peak)}</TableCell>
      <TableCell className="relative z-10 pl-3 [&>*]:align-middle">
        <Fairness game={game} />
      </TableCell>
      <TableCell>
        <RecordNote game={game} />
      </TableCell>
    </TableRow>
  );
}

function GameCard({ game }: { game: ListedGame }) {
  return (
    <li data-testid="game-card" data-game-id={game.gameId} className="relative flex flex-col gap-2 py-3">
      <div className="flex items-baseline justify-between gap-3">
        <GameLink game={game} />
        <span className="text-ink-soft">
          <Ended game={game} />
        </span>
      </div>
      <div className="flex items-center gap-4">
        <Path game={game} />
        <dl className="flex grow justify-end gap-4">
          <Figure label="Rug tick">{game.rugTick ?? '—'}</Figure>
          <Figure label="Peak">{game.peak === null ? '—' : formatPrice(game.peak)}</Figure>
        </dl>
      </div>
      <div className="relative z-10 flex flex-wrap items-center gap-2">
        <Fairness game={game} />
        <RecordNote game={game} />
      </div>
    </li>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="text-right">
      <dt className="text-caption text-ink-faint">{label}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}

function GameLink({ game }: { game: ListedGame }) {
  return (
    <Link
      href={`/games/${game.gameId}`}
      prefetch={false}
      className={`font-mono text-caption text-ink underline-offset-2 hover:underline ${COVERS}`}
      aria-label={`Game ${game.gameId}`}
    >
      …{game.gameId.slice(-8)}
    </Link>
  );
}

function Ended({ game }: { game: ListedGame }) {
  return game.endedAt === null ? <Badge tone="phase">{PHASES[game.phase]}</Badge> : <Time at={game.endedAt} bare />;
}

const PHASES = { cooldown: 'about to start', presale: 'presale', active: 'running', rugged: 'rugged' } as const;

function Path({ game }: { game: ListedGame }) {
  if (game.sparkline.every((price) => price === null)) {
    return <span className="text-ink-faint">{game.endedAt === null ? 'no price yet' : 'no price on record'}</span>;
  }
  const peak = game.peak === null ? '' : `, peak ${formatPrice(game.peak)}`;
  return <Sparkline prices={game.sparkline} label={`Price path${peak}`} className="shrink-0" />;
}

/** Before the seed is revealed there is nothing to say about fairness; afterwards the record's own checks may object too. */
function Fairness({ game }: { game: ListedGame }) {
  if (game.verification === null) return <span className="text-ink-faint">not yet</span>;
  return <VerifiedMark verified={game.verified} />;
}

function RecordNote({ game }: { game: ListedGame }) {
  if (game.checks === 'failed') return <Badge tone="danger">checks failed</Badge>;
  if (game.verification === null) return null;
  if (!game.complete) return <Badge>ticks missing</Badge>;
  const repaired = game.ticksRepaired;
  return repaired > 0 ? (
    <span className="text-caption text-ink-faint">{repaired} ticks repaired</span>
  ) : (
    <span className="text-caption text-ink-faint">every tick seen</span>
  );
}
