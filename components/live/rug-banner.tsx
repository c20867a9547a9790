'use client';
import { useLive } from '@/components/live/live-provider';
import { formatPrice, formatSeconds } from '@/lib/units/format';

/** Over the chart, from the rug until the next game is announced. */
export function RugBanner() {
  const game = useLive((state) => (state.game?.phase === 'rugged' ? state.game : null));
  if (!game) return null;
  const lastedMs = game.startedAt !== null && game.ruggedAt !== null ? game.ruggedAt - game.startedAt : null;
  return (
    <div
      data-testid="rug-banner"
      data-phase="rugged"
      className="absolute top-0 left-0 flex flex-wrap items-baseline gap-x-4 gap-y-1 rounded-control border border-phase/50 bg-surface/90 px-3 py-2"
    >
      <strong className="font-semibold text-phase">
        {game.rugTick === null ? 'Rugged' : `Rugged at tick ${game.rugTick}`}
      </strong>
      <span className="text-ink-soft">
        peak {formatPrice(game.peak)}
        {lastedMs !== null && lastedMs > 0 && `, lasted ${formatSeconds(lastedMs, 0)}`}
      </span>
    </div>
  );
}
