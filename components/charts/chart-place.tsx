import { Skeleton } from '@/components/ui/skeleton';

/** The words above and below the plot take this much. */
const CAPTIONS_PX = 44;

/** Keeps a chart's place while its data or its library load, so that nothing jumps. */
export function ChartPlace({ heightPx }: { heightPx: number }) {
  return (
    <span className="flex items-end" style={{ height: heightPx + CAPTIONS_PX }}>
      <Skeleton className="h-full w-full opacity-40" />
    </span>
  );
}
