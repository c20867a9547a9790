'use client';
// The game tick by tick: the chart with its layers, the controls, and beside them the moment as it was then.
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { AdviceThen } from '@/components/games/replay/advice-then';
import { GameChart, LAYERS, type Layer } from '@/components/games/replay/game-chart';
import { momentAt } from '@/components/games/replay/moment';
import { MomentPanel } from '@/components/games/replay/moment-panel';
import { ReplayControls } from '@/components/games/replay/replay-controls';
import { PathFigures } from '@/components/games/replay/path-figures';
import { tickAfterKey, useReplay, type Replay } from '@/components/games/replay/use-replay';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import type { GameDetail } from '@/lib/protocol/games-api';

export function ReplayPanel({ detail }: { detail: GameDetail }) {
  const replay = useReplay({
    lastTick: Math.max(0, detail.prices.length - 1),
    firstTick: useTickOfAddress(),
    arrivals: detail.arrivals,
  });
  useAddressOf(detail.game.gameId, replay);
  const [layers, setLayers] = useState<ReadonlySet<Layer>>(() => new Set(LAYERS));
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const moment = useMemo(() => momentAt(detail, replay.tick), [detail, replay.tick]);
  if (detail.prices.every((price) => price === null)) {
    const words = detail.game.endedAt === null ? 'No price of this game is on record yet.' : NO_PRICES;
    return (
      <Card title="Replay" className="lg:col-span-12" data-testid="no-replay">
        <p className="text-ink-faint">{words}</p>
      </Card>
    );
  }
  return (
    <>
      <Card
        title="Replay"
        className="lg:col-span-8"
        data-testid="replay"
        tabIndex={0}
        onKeyDown={(event) => onKey(event, replay)}
        aside={<Segmented label="Show the path as" value={view} options={VIEWS} onChange={setView} />}
      >
        <LayerSwitches detail={detail} layers={layers} onChange={setLayers} />
        {view === 'chart' ? (
          <GameChart detail={detail} moment={moment} layers={layers} onSeek={replay.seek} />
        ) : (
          <PathFigures detail={detail} />
        )}
        <ReplayControls replay={replay} />
        <p className="max-w-prose text-caption text-ink-faint">
          Triangles are trades, pointing where they pushed. Side bets stand at their start, won above the line and lost
          below. A prediction is full where its window won; the bar shows where the game was to end, half of the time
          and nine times in ten. Advice is marked where it changed, with a diamond where a strategy bet.
        </p>
        <p className="mt-auto text-caption text-ink-faint max-sm:hidden">
          Space plays and pauses, the arrows step (with Shift by ten), Page keys by forty, Home and End jump.
        </p>
      </Card>
      <section
        aria-label={`As it was at tick ${replay.tick}`}
        className="flex flex-col gap-5 bg-surface p-4 lg:col-span-4 lg:p-5"
      >
        <h2 className="text-body font-semibold text-ink">As it was then</h2>
        <MomentPanel moment={moment} rugTick={detail.game.rugTick} />
        <AdviceThen advice={moment.advice} />
      </section>
    </>
  );
}

const NO_PRICES = 'No price of this game is on record, so there is nothing to replay.';

const VIEWS = [
  { value: 'chart', text: 'Chart' },
  { value: 'table', text: 'Table' },
] as const;

const WORDS: Record<Layer, string> = {
  trades: 'Trades',
  sideBets: 'Side bets',
  predictions: 'Predictions',
  recommendations: 'Advice',
};

function LayerSwitches({
  detail,
  layers,
  onChange,
}: {
  detail: GameDetail;
  layers: ReadonlySet<Layer>;
  onChange: (layers: ReadonlySet<Layer>) => void;
}) {
  const toggle = (layer: Layer) => {
    const next = new Set(layers);
    if (!next.delete(layer)) next.add(layer);
    onChange(next);
  };
  return (
    <div role="group" aria-label="Layers of the chart" className="flex flex-wrap gap-1.5">
      {LAYERS.map((layer) => (
        <button
          key={layer}
          type="button"
          aria-pressed={layers.has(layer)}
          data-testid={`layer-${layer}`}
          onClick={() => toggle(layer)}
          className={cn(
            'rounded-small border px-2 py-0.5 text-caption font-medium transition-colors',
            layers.has(layer) ? 'border-line-strong bg-raised text-ink' : 'border-line text-ink-faint line-through',
          )}
        >
          {WORDS[layer]}{' '}
          <span className="font-normal text-ink-faint">{detail[layer].length + detail.omitted[layer]}</span>
        </button>
      ))}
    </div>
  );
}

/** Buttons press themselves on Space; everything else is the replay's. */
function onKey(event: KeyboardEvent, replay: Replay): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  const isButton = target.closest('button, [role=radio]') !== null;
  if (event.key === ' ' && !isButton) {
    event.preventDefault();
    replay.toggle();
    return;
  }
  const next = isScrollable(target) ? null : tickAfterKey(event, replay);
  if (next === null || target.closest('[role=radio]')) return;
  event.preventDefault();
  replay.seek(next);
}

/** A table in the panel scrolls with the same keys. */
function isScrollable(target: HTMLElement): boolean {
  return target.closest('[role=region]') !== null;
}

/** `?tick=120`, so that a moment can be sent to somebody. */
function useTickOfAddress(): number | null {
  const text = useSearchParams().get('tick');
  return text !== null && /^\d{1,5}$/.test(text) ? Number(text) : null;
}

/** Browsers allow few changes of the address a second: it follows once the replay rests. */
const REST_MS = 400;

/** Past the router: this is the same page, and a change told to it while it leads elsewhere would bring the reader back. */
function useAddressOf(gameId: string, { tick, lastTick, isPlaying }: Replay): void {
  const written = useRef(tick);
  useEffect(() => {
    if (isPlaying || tick === written.current) return;
    const timer = setTimeout(() => {
      written.current = tick;
      const path = `/games/${gameId}`;
      if (window.location.pathname !== path) return;
      const wanted = tick === lastTick ? path : `${path}?tick=${tick}`;
      History.prototype.replaceState.call(window.history, window.history.state, '', wanted);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [gameId, tick, lastTick, isPlaying]);
}
