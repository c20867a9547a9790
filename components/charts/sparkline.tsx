import { cn } from '@/components/ui/cn';

/** Points drawn at most: a sparkline is about as many pixels wide. The highest price of each stretch is kept. */
const POINTS_MAX = 80;
const WIDTH = 120;
const HEIGHT = 28;

/** A price path as a small line, without the drawing library: for lists. `label` says in words what it shows. */
export function Sparkline({
  prices,
  label,
  className,
}: {
  prices: readonly (number | null)[];
  label: string;
  className?: string;
}) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn('h-7 w-30 text-ink-soft', className)}
    >
      <path d={sparklinePath(prices)} fill="none" stroke="currentColor" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** Ticks nobody knows leave a gap. */
export function sparklinePath(prices: readonly (number | null)[]): string {
  const points = thin(prices);
  const known = points.filter((price) => price !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = WIDTH / Math.max(1, points.length - 1);
  let pen = 'M';
  let path = '';
  points.forEach((price, index) => {
    if (price === null) {
      pen = 'M';
      return;
    }
    const y = HEIGHT - 1 - ((price - low) / span) * (HEIGHT - 2);
    path += `${pen}${round(index * step)} ${round(y)}`;
    pen = 'L';
  });
  return path;
}

function thin(prices: readonly (number | null)[]): (number | null)[] {
  const size = Math.ceil(prices.length / POINTS_MAX);
  if (size <= 1) return [...prices];
  const stretches = Array.from({ length: Math.ceil(prices.length / size) }, (_, index) =>
    prices.slice(index * size, (index + 1) * size).filter((price) => price !== null),
  );
  return stretches.map((stretch) => (stretch.length === 0 ? null : Math.max(...stretch)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
