'use client';
import { useTheme } from 'next-themes';
import { useEffect, useRef, useState } from 'react';
import { readChartTheme } from '@/components/live/chart/chart-theme';
import type { ChartRange, PriceChartView } from '@/components/live/chart/price-chart-view';
import { RugBanner } from '@/components/live/rug-banner';
import { useLive, useLiveStore } from '@/components/live/live-provider';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import { isClaiming } from '@/lib/decision/verdict';

const RANGES = [
  { value: 'recent', text: 'Latest' },
  { value: 'whole', text: 'Whole game' },
] as const;

export function PriceChart({ className }: { className?: string }) {
  const [range, setRange] = useState<ChartRange>('recent');
  return (
    <Card
      title="Price"
      className={className}
      aside={<Segmented label="Part of the game shown" value={range} options={RANGES} onChange={setRange} />}
    >
      <div className="relative flex min-h-64 grow flex-col">
        <ChartCanvas range={range} />
        <ChartNotice />
        <RugBanner />
      </div>
    </Card>
  );
}

/** Draws straight from the store, outside React: a tick costs one canvas update. The library loads after the page. */
function ChartCanvas({ range }: { range: ChartRange }) {
  const store = useLiveStore();
  const { resolvedTheme } = useTheme();
  const container = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<PriceChartView | null>(null);
  const isTrusted = useLive((state) => isClaiming(state.health));
  const gameId = useLive((state) => state.game?.gameId ?? '');

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let isGone = false;
    let release = () => {};
    void import('@/components/live/chart/price-chart-view').then(({ createPriceChartView }) => {
      if (isGone) return;
      const created = createPriceChartView(element, readChartTheme(element));
      const draw = () => {
        const state = store.get();
        created.show(state);
        element.dataset.ticks = String(state.prices.length);
      };
      draw();
      const unsubscribe = store.subscribe(draw);
      release = () => {
        unsubscribe();
        created.remove();
      };
      setView(created);
    });
    return () => {
      isGone = true;
      release();
      setView(null);
    };
  }, [store]);

  useEffect(() => view?.setRange(range), [view, range]);
  useEffect(() => {
    if (view && container.current) view.paint(readChartTheme(container.current));
  }, [view, resolvedTheme]);

  return (
    <div
      ref={container}
      role="img"
      aria-label="Price of this game at each tick, with the 40 ticks a bet placed now would cover shaded ahead"
      data-testid="chart"
      data-game-id={gameId}
      data-ready={view !== null}
      className={cn('absolute inset-0 transition-opacity', !isTrusted && 'opacity-35 grayscale')}
    />
  );
}

/** What to read while there is no line to look at. */
function ChartNotice() {
  const isEmpty = useLive((state) => state.prices.length === 0 && state.assessment === null);
  const kind = useLive((state) => state.health.kind);
  const hasGame = useLive((state) => state.game !== null);
  if (!isEmpty) return null;
  const text =
    kind === 'connecting'
      ? 'Loading the running game…'
      : hasGame
        ? 'The line starts with the next game, at 1.00×.'
        : 'No game has been seen on the feed yet.';
  return (
    <p className="pointer-events-none absolute inset-0 flex items-center justify-center pb-6 text-center text-ink-faint">
      {text}
    </p>
  );
}
