import { Download } from 'lucide-react';
import { buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

/** `query` narrows it: "venue=paper". */
export function ExportBets({ query }: { query: string }) {
  return (
    <p className="flex items-center gap-1 text-caption text-ink-faint">
      <Download aria-hidden className="size-3.5" /> Export bets:
      {(['csv', 'jsonl'] as const).map((format) => (
        <a
          key={format}
          href={`/api/bets/export?format=${format}${query && `&${query}`}`}
          download
          className={cn(buttonVariants({ variant: 'quiet' }), 'h-7 px-2 text-caption')}
        >
          {format === 'csv' ? 'CSV' : 'JSON lines'}
        </a>
      ))}
    </p>
  );
}
