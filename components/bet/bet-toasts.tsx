'use client';
// Results and steps of a bet as they happen, for whoever looks elsewhere on the page, and for a screen reader. A few at a
// time, each for a few seconds; they take no place from the verdict.
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { describeBet, type BetTone } from '@/components/bet/describe-bet';
import { shouldTell } from '@/components/bet/should-tell';
import type { BetsStore } from '@/components/bets-live/bets-store';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';

type Toast = {
  readonly key: string;
  readonly betId: string;
  readonly headline: string;
  readonly detail: string;
  readonly tone: BetTone;
};

const TOASTS_MAX = 3;
const SHOWN_MS = 8_000;
const NOWHERE = { gameId: null, tick: null };
const EDGES: Readonly<Record<BetTone, string>> = {
  won: 'border-l-up',
  lost: 'border-l-down',
  void: 'border-l-warning',
  waiting: 'border-l-line-strong',
  running: 'border-l-phase-active',
};

export function BetToasts({ bets }: { bets: BetsStore }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const leave = bets.onChange((change) => {
      const { to } = change;
      const said = describeBet(to, NOWHERE);
      setSpoken(said.spoken);
      if (!shouldTell(change)) return;
      const toast = { key: `${to.id} ${to.version}`, betId: to.id, ...said };
      // A later word on the same bet takes the place of an earlier one.
      setToasts((shown) => [...shown.filter(({ betId }) => betId !== to.id), toast].slice(-TOASTS_MAX));
      const timer = setTimeout(() => {
        timers.delete(timer);
        setToasts((shown) => shown.filter(({ key }) => key !== toast.key));
      }, SHOWN_MS);
      timers.add(timer);
    });
    return () => {
      leave();
      timers.forEach(clearTimeout);
    };
  }, [bets]);
  return (
    <>
      <p role="status" className="sr-only" data-testid="bet-spoken">
        {spoken}
      </p>
      <ul className="pointer-events-none fixed inset-x-3 bottom-24 z-20 flex flex-col gap-2 lg:inset-x-auto lg:right-6 lg:bottom-6 lg:w-80">
        {toasts.map(({ key, headline, detail, tone }) => (
          <li
            key={key}
            data-testid="bet-toast"
            data-tone={tone}
            className={cn(
              'pointer-events-auto flex items-start gap-3 rounded-control border border-l-4 border-line-strong bg-raised p-3 shadow-float',
              EDGES[tone],
            )}
          >
            <div className="min-w-0 grow">
              <strong className="font-semibold text-ink">
                <Figures>{headline}</Figures>
              </strong>
              <p className="text-caption text-ink-soft">
                <Figures>{detail}</Figures>
              </p>
            </div>
            <button
              type="button"
              aria-label="Dismiss"
              className="-m-1 p-1 text-ink-faint hover:text-ink"
              onClick={() => setToasts((shown) => shown.filter((toast) => toast.key !== key))}
            >
              <X aria-hidden className="size-4" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
