import { solSigned } from '@/components/games/sol';
import { cn } from '@/components/ui/cn';

/** A result with its sign; its colour says nothing that the sign does not. */
export function Result({ lamports, className }: { lamports: string | null; className?: string }) {
  if (lamports === null) return <span className={cn('text-ink-faint', className)}>—</span>;
  const amount = BigInt(lamports);
  return (
    <span className={cn(amount > 0n && 'text-up', amount < 0n && 'text-down', 'whitespace-nowrap', className)}>
      {solSigned(lamports)}
    </span>
  );
}
