'use client';
import { Download } from 'lucide-react';
import { toCsv, toJson, type ChartColumn } from '@/components/charts/chart-data';
import { saveFile } from '@/components/charts/save-file';
import { cn } from '@/components/ui/cn';

/** The figures behind a chart, exact and whole, as files. */
export function ChartExport<Row>({
  columns,
  rows,
  fileName,
  subject,
  className,
}: {
  columns: readonly ChartColumn<Row>[];
  rows: readonly Row[];
  fileName: string;
  /** What the files hold, for those who hear the buttons without seeing the card. */
  subject: string;
  className?: string;
}) {
  const formats = [
    { name: 'CSV', save: () => saveFile({ name: `${fileName}.csv`, type: 'text/csv', text: toCsv(columns, rows) }) },
    {
      name: 'JSON',
      save: () => saveFile({ name: `${fileName}.json`, type: 'application/json', text: toJson(columns, rows) }),
    },
  ];
  return (
    <div className={cn('flex items-center gap-3 text-caption text-ink-faint', className)}>
      <Download aria-hidden className="size-3.5" />
      {formats.map(({ name, save }) => (
        <button
          key={name}
          type="button"
          onClick={save}
          aria-label={`Export ${subject} as ${name}`}
          className="rounded-small underline underline-offset-2 hover:text-ink"
        >
          {name}
        </button>
      ))}
    </div>
  );
}
