'use client';
// A chart with all that belongs to it: a title, one sentence on what it shows, the same figures as a table, and their export.
// Loading, failed, stale and empty are the card's; `children` draws the chart from rows that exist.
import { useState, type ReactNode } from 'react';
import type { ChartColumn } from '@/components/charts/chart-data';
import { ChartExport } from '@/components/charts/chart-export';
import { ChartPlace } from '@/components/charts/chart-place';
import { CHART_HEIGHT_PX } from '@/components/charts/chart-spec';
import { ChartTable } from '@/components/charts/chart-table';
import { Fetched } from '@/components/data/fetched';
import type { FetchState } from '@/components/data/fetch-state';
import { Card } from '@/components/ui/card';
import { Segmented } from '@/components/ui/segmented';

export function ChartCard<T, Row>({
  title,
  state,
  rows: rowsOf,
  columns,
  reading,
  fileName,
  empty,
  heightPx = CHART_HEIGHT_PX,
  className,
  children,
}: {
  title: string;
  state: FetchState<T>;
  /** The rows of the table and of the exports; none of them means empty. */
  rows: (data: T) => readonly Row[];
  columns: readonly ChartColumn<Row>[];
  /** One sentence: what the figures say. */
  reading: (data: T) => ReactNode;
  /** Without its ending: `fortytick-hazard-by-tick`. */
  fileName: string;
  empty?: ReactNode;
  heightPx?: number;
  className?: string;
  children: (data: T, rows: readonly Row[]) => ReactNode;
}) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const rows = state.kind === 'ready' ? rowsOf(state.data) : [];
  const hasFigures = rows.length > 0;
  return (
    <Card
      title={title}
      className={className}
      data-testid="chart-card"
      aside={hasFigures && <Segmented label={`Show ${title} as`} value={view} options={VIEWS} onChange={setView} />}
    >
      <Fetched
        state={state}
        isEmpty={() => !hasFigures}
        empty={empty}
        loading={<ChartPlace heightPx={heightPx} />}
        className="grow"
      >
        {(data) => (
          <>
            <p className="max-w-prose text-ink-soft" data-testid="chart-reading">
              {reading(data)}
            </p>
            {view === 'chart' ? children(data, rows) : <ChartTable caption={title} columns={columns} rows={rows} />}
            <ChartExport className="mt-auto" columns={columns} rows={rows} fileName={fileName} subject={title} />
          </>
        )}
      </Fetched>
    </Card>
  );
}

const VIEWS = [
  { value: 'chart', text: 'Chart' },
  { value: 'table', text: 'Table' },
] as const;
