'use client';
import { cellText, isNumeric, type ChartColumn } from '@/components/charts/chart-data';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';

/** More rows than this make the page slow and are read by nobody; the exports have them all, and the table says so. */
export const TABLE_ROWS_MAX = 500;

export function ChartTable<Row>({
  caption,
  columns,
  rows,
}: {
  caption: string;
  columns: readonly ChartColumn<Row>[];
  rows: readonly Row[];
}) {
  const shown = rows.slice(0, TABLE_ROWS_MAX);
  const alignments = columns.map((column) => (isNumeric(column, rows) ? 'text-right' : 'text-left'));
  return (
    <div className="flex flex-col gap-2">
      <div role="region" aria-label={`${caption}, as a table`} tabIndex={0} className="max-h-80 overflow-auto">
        <Table>
          <caption className="sr-only">{caption}</caption>
          <thead className="sticky top-0 bg-surface">
            <tr>
              {columns.map((column, at) => (
                <TableHead key={column.key} className={alignments[at]}>
                  {column.label}
                </TableHead>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <TableRow key={index}>
                {columns.map((column, at) => (
                  <TableCell key={column.key} className={alignments[at]}>
                    {cellText(column, row)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
      {rows.length > shown.length && (
        <p className="text-caption text-ink-faint">
          The first {shown.length} of {rows.length} rows; the exports have all of them.
        </p>
      )}
    </div>
  );
}
