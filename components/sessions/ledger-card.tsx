'use client';
// The three-way ledger: what was advised, what was taken, and what the game made of either.
import Link from 'next/link';
import { sol } from '@/components/games/sol';
import { LEDGER_WORDS, ledgerReading } from '@/components/sessions/describe-session';
import { Result } from '@/components/sessions/result';
import { Card } from '@/components/ui/card';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { LedgerRowView, SessionDetail, SkippedBet } from '@/lib/protocol/sessions-api';

export function LedgerCard({ detail, className }: { detail: SessionDetail; className?: string }) {
  const { ledger, skipped, omitted } = detail;
  const shown = ledger.filter(({ kind, bets }) => bets > 0 || kind !== 'unadvised');
  return (
    <Card title="Advised, taken, settled" className={className} data-testid="ledger">
      <p className="max-w-prose text-ink-soft" data-testid="ledger-reading">
        {ledgerReading(ledger)}
      </p>
      <div role="region" aria-label="Three-way ledger" tabIndex={0} className="overflow-x-auto">
        <Table>
          <thead>
            <tr>
              <TableHead>Bets</TableHead>
              <TableHead className="text-right hidden @min-[30rem]:table-cell">Advised</TableHead>
              <TableHead className="text-right hidden @min-[30rem]:table-cell">Taken</TableHead>
              <TableHead className="text-right">Won</TableHead>
              <TableHead className="text-right">Result</TableHead>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.kind} row={row} />
            ))}
          </tbody>
        </Table>
      </div>
      <dl className="flex flex-col gap-1 text-caption text-ink-faint">
        {shown.map(({ kind }) => (
          <div key={kind}>
            <dt className="inline font-medium">{LEDGER_WORDS[kind].name}:</dt>{' '}
            <dd className="inline">{LEDGER_WORDS[kind].about}</dd>
          </div>
        ))}
      </dl>
      {skipped.length > 0 && <Skipped skipped={skipped} omitted={omitted.skipped} />}
    </Card>
  );
}

function Row({ row }: { row: LedgerRowView }) {
  const settled = row.won + row.lost;
  return (
    <TableRow data-testid="ledger-row" data-kind={row.kind}>
      <TableCell className="whitespace-normal">
        {LEDGER_WORDS[row.kind].name} <span className="text-ink-faint">{row.bets}</span>
        {settled > 0 && (
          <span className="block text-caption text-ink-faint @min-[30rem]:hidden">
            advised {sol(row.advisedLamports)}, took {sol(row.takenLamports)}
          </span>
        )}
      </TableCell>
      <TableCell className="text-right text-ink-soft hidden @min-[30rem]:table-cell">
        {settled === 0 ? '—' : sol(row.advisedLamports)}
      </TableCell>
      <TableCell className="text-right text-ink-soft hidden @min-[30rem]:table-cell">
        {settled === 0 ? '—' : sol(row.takenLamports)}
      </TableCell>
      <TableCell className="text-right align-top">{settled === 0 ? '—' : `${row.won} of ${settled}`}</TableCell>
      <TableCell className="text-right align-top font-medium">
        <Result lamports={settled === 0 ? null : row.netLamports} />
      </TableCell>
    </TableRow>
  );
}

const SKIPPED_OUTCOMES = { won: 'would have won', lost: 'would have lost', missed: 'too late for the game' } as const;

function Skipped({ skipped, omitted }: { skipped: readonly SkippedBet[]; omitted: number }) {
  return (
    <details className="text-ink-soft">
      <summary className="cursor-pointer rounded-small text-ink-soft hover:text-ink">Advice that was skipped</summary>
      <ul className="mt-2 flex max-h-60 flex-col gap-1 overflow-auto">
        {skipped.map((one) => (
          <li key={`${one.gameId} ${one.tick}`} className="flex justify-between gap-4">
            <Link
              href={`/games/${one.gameId}?tick=${one.tick}`}
              prefetch={false}
              className="underline-offset-2 hover:underline"
            >
              Game <span className="font-mono text-caption">…{one.gameId.slice(-8)}</span>, tick {one.tick}
            </Link>
            <span>
              {one.outcome === null ? 'not settled' : SKIPPED_OUTCOMES[one.outcome]}{' '}
              <Result lamports={one.netLamports} />
            </span>
          </li>
        ))}
      </ul>
      {omitted > 0 && <p className="text-caption text-ink-faint">{omitted} more are counted and not listed.</p>}
    </details>
  );
}
