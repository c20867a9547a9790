'use client';
// A card of rows: one sentence on what they say, the rows as a table, and their export.
import type { ReactNode } from 'react';
import type { ChartColumn } from '@/components/charts/chart-data';
import { ChartExport } from '@/components/charts/chart-export';
import { ChartTable } from '@/components/charts/chart-table';
import { Card } from '@/components/ui/card';

export function RowsCard<Row>({
  title,
  reading,
  columns,
  rows,
  omitted = 0,
  fileName,
  empty,
  className,
  testId,
}: {
  title: string;
  reading: ReactNode;
  columns: readonly ChartColumn<Row>[];
  rows: readonly Row[];
  /** Rows that the answer left out. */
  omitted?: number;
  fileName: string;
  empty: string;
  className?: string;
  testId?: string;
}) {
  return (
    <Card title={title} className={className} data-testid={testId}>
      {rows.length === 0 ? (
        <p className="text-ink-faint">{empty}</p>
      ) : (
        <>
          <p className="max-w-prose text-ink-soft">{reading}</p>
          <ChartTable caption={title} columns={columns} rows={rows} />
          {omitted > 0 && (
            <p className="text-caption text-ink-faint">{omitted} more are on record and not shown here.</p>
          )}
          <ChartExport className="mt-auto" columns={columns} rows={rows} fileName={fileName} subject={title} />
        </>
      )}
    </Card>
  );
}
