'use client';
// The outcome of one check: the verdict in a sentence, each comparison, the replayed path, and what that proves.
import { CircleCheck, CircleDashed, CircleX, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { CheckVerdict, RoundCheck } from '@/components/verify/check-round';
import {
  checkLines,
  provenPoints,
  unprovenPoints,
  verdictSentence,
  VERDICT_TITLES,
  type CheckLine,
} from '@/components/verify/check-words';
import { OfflineCommand } from '@/components/verify/offline-command';
import { ReplayedChart } from '@/components/verify/replayed-chart';
import { cn } from '@/components/ui/cn';

export function CheckReport({ check }: { check: RoundCheck }) {
  return (
    <div
      className="ruled min-w-0 grid-cols-1 grid-rows-[auto_1fr]"
      data-testid="check-report"
      data-verdict={check.verdict}
    >
      <section aria-label="Outcome" className="flex flex-col gap-5 bg-surface p-4 lg:p-5">
        <Verdict check={check} />
        <dl className="flex flex-col">
          {checkLines(check).map((line) => (
            <Line key={line.name} {...line} />
          ))}
        </dl>
        <Hash check={check} />
      </section>
      <ReplayedChart check={check} />
      <section aria-label="What this proves" className="grid gap-6 bg-surface p-4 sm:grid-cols-2 lg:p-5">
        <Points
          title="This proves"
          points={provenPoints(check)}
          none="Nothing yet: what it was compared with does not agree, or is not there."
        />
        <Points title="This does not prove" points={unprovenPoints(check)} />
      </section>
      <OfflineCommand round={check.round} />
    </div>
  );
}

const LOOKS: Record<CheckLine['outcome'], { Icon: LucideIcon; tone: string; spoken: string }> = {
  ok: { Icon: CircleCheck, tone: 'text-up', spoken: 'agrees' },
  failed: { Icon: CircleX, tone: 'text-danger', spoken: 'differs' },
  open: { Icon: CircleDashed, tone: 'text-ink-faint', spoken: 'not compared' },
};

const VERDICT_LOOKS: Record<CheckVerdict, CheckLine['outcome']> = {
  verified: 'ok',
  failed: 'failed',
  partly: 'open',
  replayed: 'open',
};

function Verdict({ check }: { check: RoundCheck }) {
  const { Icon, tone } = LOOKS[VERDICT_LOOKS[check.verdict]];
  const place = useRef<HTMLDivElement>(null);
  // On a phone the outcome may stand outside what is seen; where it is in sight nothing moves.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [check]);
  return (
    <div ref={place} role="status" className="flex scroll-my-4 flex-col gap-2">
      <p className={cn('flex items-center gap-2.5 text-figure-large font-semibold tracking-tight', tone)}>
        <Icon aria-hidden className="size-7 shrink-0" />
        <span data-testid="verify-verdict">{VERDICT_TITLES[check.verdict]}</span>
      </p>
      <p className="max-w-prose text-lead text-ink-soft">{verdictSentence(check)}</p>
    </div>
  );
}

function Line({ name, outcome, words }: CheckLine) {
  const { Icon, tone, spoken } = LOOKS[outcome];
  return (
    <div className="flex gap-3 border-b border-line py-2 last:border-0" data-testid="check-line" data-outcome={outcome}>
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', tone)} />
      <div className="flex min-w-0 grow flex-wrap justify-between gap-x-6">
        <dt className="font-medium">{name}</dt>
        <dd className="min-w-0 break-words text-ink-soft">
          <span className="sr-only">{spoken}: </span>
          {words}
        </dd>
      </div>
    </div>
  );
}

/** The computed hash, to be held against the one seen before the game. */
function Hash({ check: { seedHash, hashOk, round } }: { check: RoundCheck }) {
  return (
    <dl className="flex flex-col gap-3 text-caption">
      <HashValue label="SHA-256 of the seed, computed here" value={seedHash} />
      {hashOk === false && <HashValue label="Hash shown before the game" value={round.serverSeedHash ?? ''} />}
    </dl>
  );
}

function HashValue({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-ink-faint">{label}</dt>
      <dd className="font-mono break-all text-ink-soft">{value}</dd>
    </div>
  );
}

function Points({ title, points, none }: { title: string; points: readonly string[]; none?: string }) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {points.length === 0 ? (
        <p className="text-ink-soft">{none}</p>
      ) : (
        <ul className="flex list-disc flex-col gap-1.5 pl-4 text-ink-soft marker:text-ink-faint">
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
