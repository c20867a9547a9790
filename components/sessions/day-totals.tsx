'use client';
// Totals of the last days. Venues stay apart: practice and paper SOL are no money, and adding them to it would lie.
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { Fetched } from '@/components/data/fetched';
import type { FetchState } from '@/components/data/fetch-state';
import { Result } from '@/components/sessions/result';
import { ZoneName } from '@/components/time/zone-name';
import { Card } from '@/components/ui/card';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { DayTotal } from '@/lib/protocol/sessions-api';

export function DayTotals({ state, className }: { state: FetchState<readonly DayTotal[]>; className?: string }) {
  return (
    <Card title="Totals by day" className={className} data-testid="day-totals">
      <Fetched
        state={state}
        isEmpty={(days) => days.length === 0}
        empty="No bet was settled in the last 30 days. Each day with one gets a line here."
      >
        {(days) => (
          <div role="region" aria-label="Totals by day" tabIndex={0} className="max-h-96 overflow-auto">
            <Table>
              <thead className="sticky top-0 bg-surface">
                <tr>
                  <TableHead>
                    Day (<ZoneName />)
                  </TableHead>
                  <TableHead>Venue</TableHead>
                  <TableHead className="text-right">Won</TableHead>
                  <TableHead className="text-right">Result</TableHead>
                </tr>
              </thead>
              <tbody>
                {days.map(({ day, venue, won, lost, netLamports }) => (
                  <TableRow key={`${day} ${venue}`} data-testid="day-total">
                    <TableCell>{day}</TableCell>
                    <TableCell className="text-ink-soft">{VENUE_WORDS[venue].name}</TableCell>
                    <TableCell className="text-right text-ink-soft">
                      {won} of {won + lost}
                    </TableCell>
                    <TableCell className="text-right font-medium">
                      <Result lamports={netLamports} />
                    </TableCell>
                  </TableRow>
                ))}
              </tbody>
            </Table>
          </div>
        )}
      </Fetched>
    </Card>
  );
}
