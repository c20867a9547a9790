'use client';
// What is happening: the facts of the running game in one row. The tick and its attributes change in one commit.
import { CircleOff, Hourglass, Ticket, TrendingUp, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useLive } from '@/components/live/live-provider';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { isClaiming } from '@/lib/decision/verdict';
import { PRESALE_MS, type Phase } from '@/lib/game/rules';
import { formatPrice } from '@/lib/units/format';

const PHASES: Record<Phase, { Icon: LucideIcon; word: string }> = {
  cooldown: { Icon: Hourglass, word: 'Cooldown' },
  presale: { Icon: Ticket, word: 'Presale' },
  active: { Icon: TrendingUp, word: 'Active' },
  rugged: { Icon: CircleOff, word: 'Rugged' },
};

export function LiveStrip({ className }: { className?: string }) {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const isLoading = useLive((state) => state.health.kind === 'connecting' && state.game === null);
  return (
    <section
      aria-label={isTrusted || isLoading ? 'The running game' : 'The running game, as last heard'}
      data-trusted={isTrusted}
      className={cn('group bg-surface px-4 py-2.5 lg:px-5 lg:py-3', !isTrusted && 'hatched', className)}
    >
      <dl className="grid grid-cols-[5.75rem_0.8fr_1.3fr_1.15fr_0.9fr] items-end gap-x-2 sm:flex sm:gap-x-6 lg:gap-x-10">
        <PhaseFact isLoading={isLoading} />
        <TickFact isLoading={isLoading} />
        <PriceFacts isLoading={isLoading} />
        <PlayerFacts isLoading={isLoading} />
        <GameFact />
      </dl>
    </section>
  );
}

const VALUE = 'truncate text-figure font-semibold group-data-[trusted=false]:text-ink-faint';
const SOFT_VALUE = 'font-normal text-ink-soft';

/** The value's element is there from the start, so that whatever watches it need not wait for the first push. */
function Fact({
  label,
  isLoading,
  className,
  children,
  valueClassName,
  ...value
}: ComponentProps<'dd'> & { label: string; isLoading: boolean; valueClassName?: string }) {
  return (
    <div className={cn('flex min-w-0 flex-col', className)}>
      <dt className="text-caption text-ink-faint">{label}</dt>
      <dd className={cn(VALUE, valueClassName)} {...value}>
        {isLoading ? <Skeleton className="my-1 h-4 w-12" /> : children}
      </dd>
    </div>
  );
}

function PhaseFact({ isLoading }: { isLoading: boolean }) {
  const phase = useLive((state) => state.game?.phase ?? null);
  const secondsLeft = useLive(selectSecondsLeft);
  const isTrusted = useLive((state) => isClaiming(state.health));
  const known = phase && PHASES[phase];
  return (
    <Fact
      label={isTrusted || isLoading ? 'Phase' : 'Last heard'}
      isLoading={isLoading}
      className="sm:min-w-36"
      valueClassName="flex items-center gap-1.5 text-phase"
      data-testid="phase"
      data-phase={isTrusted ? (phase ?? '') : ''}
      data-value={phase ?? ''}
    >
      {known ? <known.Icon aria-hidden className="size-4 shrink-0 max-sm:hidden" /> : '—'}
      {known?.word}
      {secondsLeft !== null && isTrusted && (
        <span className={cn('font-normal text-ink-soft', phase === 'cooldown' && 'max-sm:hidden')}>
          {secondsLeft} s
        </span>
      )}
    </Fact>
  );
}

/** Whole seconds to the next step: from cooldown to presale, from presale to the start. */
function selectSecondsLeft({ game }: { game: { phase: Phase; cooldownMs: number | null } | null }): number | null {
  if (!game || game.cooldownMs === null) return null;
  if (game.phase === 'cooldown') return Math.max(0, Math.ceil((game.cooldownMs - PRESALE_MS) / 1_000));
  return game.phase === 'presale' ? Math.max(0, Math.ceil(game.cooldownMs / 1_000)) : null;
}

function TickFact({ isLoading }: { isLoading: boolean }) {
  const tick = useLive((state) => state.game?.tick ?? null);
  const gameId = useLive((state) => state.game?.gameId ?? '');
  return (
    <Fact
      label="Tick"
      isLoading={isLoading}
      className="sm:min-w-14"
      data-testid="tick"
      data-game-id={gameId}
      data-tick={tick ?? ''}
    >
      {tick ?? '—'}
    </Fact>
  );
}

function PriceFacts({ isLoading }: { isLoading: boolean }) {
  const price = useLive((state) => state.game?.price ?? null);
  const peak = useLive((state) => state.game?.peak ?? null);
  return (
    <>
      <Fact label="Price" isLoading={isLoading} className="sm:min-w-20" data-testid="price">
        {price === null ? '—' : formatPrice(price)}
      </Fact>
      <Fact label="Peak" isLoading={isLoading} className="sm:min-w-20" valueClassName={SOFT_VALUE} data-testid="peak">
        {peak ? formatPrice(peak) : '—'}
      </Fact>
    </>
  );
}

function PlayerFacts({ isLoading }: { isLoading: boolean }) {
  const players = useLive((state) => state.game?.connectedPlayers ?? null);
  const trades = useLive((state) => state.game?.tradeCount ?? null);
  return (
    <>
      <Fact
        label="Players"
        isLoading={isLoading}
        className="sm:min-w-12"
        valueClassName={SOFT_VALUE}
        data-testid="players"
      >
        {players ?? '—'}
      </Fact>
      <Fact label="Trades" isLoading={isLoading} className="max-sm:hidden sm:min-w-12" valueClassName={SOFT_VALUE}>
        {trades ?? '—'}
      </Fact>
    </>
  );
}

function GameFact() {
  const gameId = useLive((state) => state.game?.gameId ?? null);
  if (!gameId) return null;
  return (
    <div className="ml-auto hidden flex-col text-right lg:flex">
      <dt className="text-caption text-ink-faint">Game</dt>
      <dd className="font-mono text-caption leading-6 text-ink-faint">{gameId}</dd>
    </div>
  );
}
