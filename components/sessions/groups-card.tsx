'use client';
// The same figures for parts of a session: each part is smaller than the whole and says less, so that every return comes with
// its interval.
import type { ReactNode } from 'react';
import { intervalSigned, percentSigned } from '@/components/sessions/describe-session';
import { Result } from '@/components/sessions/result';
import { Card } from '@/components/ui/card';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { SessionGroupView } from '@/lib/protocol/sessions-api';
import { formatNumber } from '@/lib/units/format';

export function GroupsCard({
  title,
  groups,
  nameOf,
  className,
}: {
  title: string;
  groups: readonly SessionGroupView[];
  nameOf: (key: string | null) => string;
  className?: string;
}) {
  return (
    <Card title={title} className={className} data-testid="groups">
      {groups.length === 0 ? (
        <p className="text-ink-faint">Nothing is settled yet.</p>
      ) : (
        <div role="region" aria-label={title} tabIndex={0} className="overflow-x-auto">
          <Table>
            <thead>
              <tr>
                <TableHead>{title.split(' ')[1] === 'zone' ? 'Zone' : 'Strategy'}</TableHead>
                <TableHead className="text-right">Won</TableHead>
                <TableHead className="text-right">Result</TableHead>
                <TableHead className="text-right">Return</TableHead>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <GroupRow key={group.key ?? ''} group={group} name={nameOf(group.key)} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}

function Under({ children }: { children: ReactNode }) {
  return <span className="block text-caption font-normal text-ink-faint">{children}</span>;
}

function GroupRow({ group: { bets, won, luck, netLamports, roi }, name }: { group: SessionGroupView; name: string }) {
  return (
    <TableRow data-testid="group">
      <TableCell className="align-top whitespace-normal">{name}</TableCell>
      <TableCell className="text-right align-top">
        {won} of {bets}
        {luck && luck.bets === bets && (
          <Under>
            expected {formatNumber(luck.expectedWins, 1)} ± {formatNumber(luck.reach, 1)}
          </Under>
        )}
      </TableCell>
      <TableCell className="text-right align-top font-medium">
        <Result lamports={netLamports} />
      </TableCell>
      <TableCell className="text-right align-top text-ink-soft">
        {roi && (
          <>
            {percentSigned(roi.value)}
            <Under>{intervalSigned(roi)}</Under>
          </>
        )}
      </TableCell>
    </TableRow>
  );
}
