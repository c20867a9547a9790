'use client';
// What the record holds, table by table, and how long it is kept.
import { bytesText } from '@/components/data-quality/describe-check';
import { countText } from '@/lib/quality/words';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { Card } from '@/components/ui/card';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import type { DataQuality, StoredQuality } from '@/lib/protocol/data-quality';

export function HoldsPanel({ state, className }: { state: FetchState<DataQuality>; className?: string }) {
  return (
    <Card title="What the record holds" className={className} data-testid="holds-panel">
      <Fetched
        state={mapState(state, ({ stored }) => stored)}
        isEmpty={(stored) => stored === null}
        empty="The database does not answer: what it keeps cannot be shown now."
        loading={<LoadingRows rows={8} />}
      >
        {(stored) => <Holds stored={stored!} />}
      </Fetched>
    </Card>
  );
}

function Holds({ stored: { holds, retention, archive } }: { stored: StoredQuality }) {
  const policies = new Map(retention.map((policy) => [policy.kind, policy]));
  const bytes = holds.reduce((sum, kind) => sum + kind.bytes, 0);
  const filled = holds.filter(({ rows }) => rows > 0 || policies.size > 0);
  return (
    <>
      <p className="text-ink-soft">
        {bytesText(bytes)} in the database, indexes included;{' '}
        {archive.files === 0
          ? 'nothing in the archive yet.'
          : `${countText(archive.files)} files of ${bytesText(archive.bytes)} in the archive, the newest of ${archive.newestDay}.`}
      </p>
      <div role="region" aria-label="Tables of the record" tabIndex={0} className="max-h-96 overflow-auto">
        <Table>
          <thead className="sticky top-0 bg-surface">
            <tr>
              <TableHead>Kind</TableHead>
              <TableHead className="text-right">Rows, about</TableHead>
              <TableHead className="text-right">Size</TableHead>
              <TableHead>Kept</TableHead>
            </tr>
          </thead>
          <tbody>
            {filled.map(({ kind, rows, bytes: size }) => (
              <TableRow key={kind}>
                <TableCell className="text-ink">{kind.replaceAll('_', ' ')}</TableCell>
                <TableCell className="text-right">{countText(rows)}</TableCell>
                <TableCell className="text-right">{bytesText(size)}</TableCell>
                <TableCell className="text-ink-soft">{keptText(policies.get(kind))}</TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
    </>
  );
}

function keptText(policy: StoredQuality['retention'][number] | undefined): string {
  if (!policy) return 'for good';
  const { hotDays, archiveAfterDays, deleteAfterDays } = policy;
  const parts = [
    `${hotDays} days as written`,
    archiveAfterDays !== null && `archived after ${archiveAfterDays}`,
    deleteAfterDays !== null && `deleted after ${deleteAfterDays}`,
  ].filter(Boolean);
  return parts.join(', ');
}
