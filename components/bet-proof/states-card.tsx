'use client';
// Every state the bet went through, each an event of the log with its place and hash. Payloads are not shown: the first names the
// player's account.
import { Time } from '@/components/time/time';
import { ZoneName } from '@/components/time/zone-name';
import { Card } from '@/components/ui/card';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { BetProof } from '@/lib/protocol/sessions-api';

const HASH_SHOWN = 12;

export function StatesCard({ proof: { events }, className }: { proof: BetProof; className?: string }) {
  return (
    <Card title="States, from the log" className={className} data-testid="proof-states">
      {events.length === 0 ? (
        <p className="text-ink-faint">No event of this bet is in the log.</p>
      ) : (
        <>
          <p className="max-w-prose text-ink-soft">
            Each hash covers its event and the hash of the one before it in the whole log, so that a changed byte
            anywhere shows.
          </p>
          <div role="region" aria-label="States of the bet" tabIndex={0} className="overflow-x-auto">
            <Table>
              <thead>
                <tr>
                  <TableHead className="text-right">Position</TableHead>
                  <TableHead>State</TableHead>
                  <TableHead>
                    Since (<ZoneName />)
                  </TableHead>
                  <TableHead>Hash</TableHead>
                </tr>
              </thead>
              <tbody>
                {events.map(({ version, position, type, occurredAt, hash }) => (
                  <TableRow key={version} data-testid="proof-state">
                    <TableCell className="text-right text-ink-faint">{position}</TableCell>
                    <TableCell>{type.replaceAll('-', ' ')}</TableCell>
                    <TableCell className="text-ink-soft">
                      <Time at={occurredAt} form="seconds" bare />
                    </TableCell>
                    <TableCell className="font-mono text-caption text-ink-soft" title={hash}>
                      {hash.slice(0, HASH_SHOWN)}…
                    </TableCell>
                  </TableRow>
                ))}
              </tbody>
            </Table>
          </div>
        </>
      )}
    </Card>
  );
}
