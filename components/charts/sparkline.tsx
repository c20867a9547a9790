import { lonePoints } from '@/components/charts/lone-points';
import { cn } from '@/components/ui/cn';

/** Points drawn at most: a sparkline is about as many pixels wide. The highest price of each stretch is kept. */
const POINTS_MAX = 80;
const WIDTH = 120;
const HEIGHT = 28;
const DOT_PX = 4;

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
  const { line, dots } = sparklinePaths(prices);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cn('h-7 w-30 text-ink-soft', className)}
    >
      <path d={line} fill="none" stroke="currentColor" vectorEffect="non-scaling-stroke" />
      {dots !== '' && (
        <path
          d={dots}
          data-testid="sparkline-dots"
          stroke="currentColor"
          strokeWidth={DOT_PX}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

/** Ticks nobody knows leave a gap; a price between two gaps, or the only one there is, is a dot. */
export function sparklinePaths(prices: readonly (number | null)[]): { line: string; dots: string } {
  const points = thin(prices);
  const known = points.filter((price) => price !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const toX = (index: number) => (points.length === 1 ? WIDTH / 2 : (index / (points.length - 1)) * WIDTH);
  // A game that never moved runs along the middle: on the floor it would look like one that fell.
  const toY = (price: number) => (span === 0 ? HEIGHT / 2 : HEIGHT - 1 - ((price - low) / span) * (HEIGHT - 2));
  const lone = new Set(lonePoints(points));
  let pen = 'M';
  let line = '';
  let dots = '';
  points.forEach((price, index) => {
    if (price === null) {
      pen = 'M';
      return;
    }
    if (lone.has(index)) {
      dots += `M${round(inside(toX(index), WIDTH))} ${round(inside(toY(price), HEIGHT))}h0`;
      return;
    }
    line += `${pen}${round(toX(index))} ${round(toY(price))}`;
    pen = 'L';
  });
  return { line, dots };
}

/** A whole dot is seen also at the edge. */
function inside(at: number, size: number): number {
  return Math.min(size - DOT_PX / 2, Math.max(DOT_PX / 2, at));
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
