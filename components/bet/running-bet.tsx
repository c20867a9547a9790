'use client';
// The bet that runs, or the newest result: its state in words, the forty ticks of its window as they pass, and its way
// through sign, send, run and payout.
import { Check, CircleDashed, Copy, ExternalLink } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { betSteps } from '@/components/bet/bet-steps';
import { describeBet, type BetTone } from '@/components/bet/describe-bet';
import { stakeOf } from '@/components/bet/sum-bets';
import { GAME_SITE_URL, VENUE_WORDS } from '@/components/bet/venue-words';
import { useLive } from '@/components/live/live-provider';
import { Button, buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import { WINDOW_TICKS } from '@/lib/game/rules';
import type { BetView } from '@/lib/protocol/bets-api';
import { sol } from '@/lib/risk/words';
import { formatSol } from '@/lib/units/lamports';

const TONES: Readonly<Record<BetTone, string>> = {
  waiting: 'text-ink',
  running: 'text-phase-active',
  won: 'text-up',
  lost: 'text-down',
  void: 'text-warning',
};

export function RunningBet({ bet, aside }: { bet: BetView; aside?: ReactNode }) {
  const gameId = useLive((state) => state.game?.gameId ?? null);
  const tick = useLive((state) => (state.game?.phase === 'active' ? (state.game.tick ?? null) : null));
  const { headline, detail, tone, passedTicks } = describeBet(bet, { gameId, tick });
  return (
    <section
      aria-label="Your bet"
      data-testid="running-bet"
      data-state={bet.state}
      data-bet-id={bet.id}
      className="flex flex-col gap-3"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="text-caption text-ink-faint">{`${sol(stakeOf(bet))} · ${VENUE_WORDS[bet.venue].mark}`}</p>
          <p data-testid="running-headline" className={cn('text-lead font-semibold', TONES[tone])}>
            <Figures>{headline}</Figures>
          </p>
        </div>
        {aside}
      </div>
      {passedTicks !== null && <WindowTicks passed={passedTicks} />}
      <p className="text-ink-soft">
        <Figures>{detail}</Figures>
      </p>
      <Steps bet={bet} />
      {bet.venue === 'assisted' && (bet.state === 'prepared' || bet.state === 'submitted') && <PlaceThere bet={bet} />}
    </section>
  );
}

/** Forty marks, as the verdict's scale has them: what has passed, and what is left. */
function WindowTicks({ passed }: { passed: number }) {
  return (
    <div
      role="progressbar"
      aria-label="Ticks of the window that have passed"
      aria-valuemin={0}
      aria-valuemax={WINDOW_TICKS}
      aria-valuenow={passed}
      data-testid="running-progress"
      className="flex h-6 items-end gap-px"
    >
      {Array.from({ length: WINDOW_TICKS }, (_, tick) => (
        <span
          key={tick}
          className={cn(
            'grow',
            (tick + 1) % 10 === 0 ? 'h-6' : 'h-4',
            tick < passed ? 'bg-phase-active' : 'bg-line-strong/70',
          )}
        />
      ))}
    </div>
  );
}

function Steps({ bet }: { bet: BetView }) {
  return (
    <ol className="flex flex-wrap gap-x-3 gap-y-1 text-caption" aria-label="Its way">
      {betSteps(bet).map(({ name, standing }) => (
        <li
          key={name}
          aria-current={standing === 'now' ? 'step' : undefined}
          className={cn(
            'flex items-center gap-1',
            standing === 'done' ? 'text-ink-soft' : 'text-ink-faint',
            standing === 'now' && 'font-semibold text-ink',
          )}
        >
          {standing === 'done' ? (
            <Check aria-hidden className="size-3.5" />
          ) : (
            <CircleDashed aria-hidden className="size-3.5" />
          )}
          {name}
        </li>
      ))}
    </ol>
  );
}

/** One press copies exactly what was written; the site opens beside. */
function PlaceThere({ bet }: { bet: BetView }) {
  const [isCopied, setCopied] = useState(false);
  const amount = formatSol(stakeOf(bet));
  const copy = () => {
    void navigator.clipboard?.writeText(amount).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="solid" onClick={copy} data-testid="copy-amount">
        <Copy aria-hidden />
        {isCopied ? `Copied ${amount}` : `Copy ${amount}`}
      </Button>
      <a
        href={GAME_SITE_URL}
        target="_blank"
        rel="noreferrer noopener"
        className={buttonVariants({ variant: 'outline' })}
      >
        <ExternalLink aria-hidden />
        Open rugs.fun
      </a>
    </div>
  );
}
