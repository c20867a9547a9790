'use client';
// The game's part of the event log: what was recorded of it, in order, each event sealed by the hash of the one before it in
// the whole log.
import { ChartExport } from '@/components/charts/chart-export';
import type { ChartColumn } from '@/components/charts/chart-data';
import { Time } from '@/components/time/time';
import { ZoneName } from '@/components/time/zone-name';
import { Card } from '@/components/ui/card';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { GameDetail, GameEvent } from '@/lib/protocol/games-api';

const HASH_SHOWN = 12;

export function EventsPanel({ detail, className }: { detail: GameDetail; className?: string }) {
  const { events, omitted, game } = detail;
  return (
    <Card title="Event log" className={className} data-testid="events">
      {events.length === 0 ? (
        <p className="text-ink-faint">
          No event of this game is in the log: it was recorded before there was one, or loaded past it.
        </p>
      ) : (
        <>
          <p className="max-w-prose text-ink-soft">
            {events.length} events. Each hash covers the event and the hash of the one before it in the whole log, so
            that a changed byte anywhere shows.
          </p>
          <div role="region" aria-label="Events of the game" tabIndex={0} className="max-h-80 overflow-auto">
            <Table>
              <thead className="sticky top-0 bg-surface">
                <tr>
                  <TableHead className="text-right">Position</TableHead>
                  <TableHead>Event</TableHead>
                  <TableHead>
                    Happened (<ZoneName />)
                  </TableHead>
                  <TableHead>Hash</TableHead>
                </tr>
              </thead>
              <tbody>
                {events.map((event) => (
                  <TableRow key={event.version} data-testid="event">
                    <TableCell className="text-right text-ink-faint">{event.position}</TableCell>
                    <TableCell title={JSON.stringify(event.payload)}>{event.type}</TableCell>
                    <TableCell className="text-ink-soft">
                      <Time at={event.occurredAt} form="seconds" bare />
                    </TableCell>
                    <TableCell className="font-mono text-caption text-ink-soft" title={event.hash}>
                      {event.hash.slice(0, HASH_SHOWN)}…
                    </TableCell>
                  </TableRow>
                ))}
              </tbody>
            </Table>
          </div>
          {omitted.events > 0 && (
            <p className="text-caption text-ink-faint">{omitted.events} more are on record and not shown here.</p>
          )}
          <ChartExport
            className="mt-auto"
            columns={COLUMNS}
            rows={events}
            fileName={`fortytick-events-${game.gameId}`}
            subject="Event log"
          />
        </>
      )}
    </Card>
  );
}

const COLUMNS: readonly ChartColumn<GameEvent>[] = [
  { key: 'position', label: 'Position', value: (row) => row.position },
  { key: 'version', label: 'Version', value: (row) => row.version },
  { key: 'type', label: 'Event', value: (row) => row.type },
  { key: 'occurredAt', label: 'Happened', value: (row) => new Date(row.occurredAt).toISOString() },
  { key: 'recordedAt', label: 'Recorded', value: (row) => new Date(row.recordedAt).toISOString() },
  { key: 'payload', label: 'Payload', value: (row) => JSON.stringify(row.payload) },
  { key: 'previousHash', label: 'Previous hash', value: (row) => row.previousHash },
  { key: 'hash', label: 'Hash', value: (row) => row.hash },
];
