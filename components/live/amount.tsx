import { Badge } from '@/components/ui/badge';

/** An amount as the feed told it, exact. Practice currency is worth nothing and must never pass for SOL. */
export function Amount({ sol, isPractice }: { sol: string; isPractice: boolean }) {
  return (
    <span className="flex items-baseline gap-1.5">
      <span className="font-medium text-ink">{sol}</span>
      {isPractice ? <Badge>practice</Badge> : <span className="text-caption text-ink-faint">SOL</span>}
    </span>
  );
}
