import { Badge } from '@/components/ui/badge';

const DECIMALS_SHOWN = 4;

/** An amount, rounded for the eye where it is long (the exact one on hover). Practice currency is worth nothing and must never pass for SOL. */
export function Amount({ sol, isPractice }: { sol: string; isPractice: boolean }) {
  return (
    <span className="flex items-baseline gap-1.5">
      <span className="font-medium text-ink" title={sol}>
        {shorten(sol)}
      </span>
      {isPractice ? <Badge>practice</Badge> : <span className="text-caption text-ink-faint">SOL</span>}
    </span>
  );
}

function shorten(sol: string): string {
  const decimals = sol.split('.')[1]?.length ?? 0;
  if (decimals <= DECIMALS_SHOWN) return sol;
  const smallest = 10 ** -DECIMALS_SHOWN;
  return Number(sol) < smallest ? `<${smallest}` : String(Number(Number(sol).toFixed(DECIMALS_SHOWN)));
}
