'use client';
// Every bet of a session: where it stands, when it went through its states, what was said at placement, its transactions, and
// the way to its proof.
import Link from 'next/link';
import { useState } from 'react';
import type { z } from 'zod';
import { TransactionLink } from '@/components/bet-proof/transaction-link';
import { Fetched } from '@/components/data/fetched';
import { useApiPages } from '@/components/data/use-api-pages';
import { netOfView } from '@/components/bet/sum-bets';
import { sol } from '@/components/games/sol';
import { strategyName } from '@/components/games/strategy-name';
import { outcomeOf } from '@/components/sessions/describe-session';
import { Result } from '@/components/sessions/result';
import { ExportBets } from '@/components/sessions/export-bets';
import { Time } from '@/components/time/time';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { betsPageSchema, type BetView } from '@/lib/protocol/bets-api';
import type { SessionDetail } from '@/lib/protocol/sessions-api';
import { formatPercent } from '@/lib/units/format';

type BetsPage = z.infer<typeof betsPageSchema>;

const SHOWN_AT_FIRST = 50;
const PER_PAGE = 100;

export function SessionBets({ detail, className }: { detail: SessionDetail; className?: string }) {
  const { bets, omitted, session } = detail;
  const [isWhole, setWhole] = useState(false);
  const hasMore = bets.length > SHOWN_AT_FIRST || omitted.bets > 0;
  return (
    <Card title="Every bet" className={className} data-testid="session-bets">
      {isWhole && omitted.bets > 0 ? (
        <AllBets detail={detail} />
      ) : (
        <BetItems bets={isWhole ? bets : bets.slice(0, SHOWN_AT_FIRST)} cluster={detail.cluster} />
      )}
      <footer className="flex flex-wrap items-center justify-between gap-3">
        {hasMore && !isWhole ? <Button onClick={() => setWhole(true)}>Show all {session.bets}</Button> : <span />}
        <ExportBets query={`session=${session.id}`} />
      </footer>
      {omitted.uncounted > 0 && (
        <p className="text-caption text-ink-faint">
          The oldest {omitted.uncounted} are in no figure of this page, only in its first line of totals; the export has
          all.
        </p>
      )}
    </Card>
  );
}

/** A session too long for one answer is read on page by page. */
function AllBets({ detail: { session, cluster } }: { detail: SessionDetail }) {
  const { state, more } = useApiPages({
    pathOf: (cursor) => `/api/bets?session=${session.id}&limit=${PER_PAGE}${cursor ? `&before=${cursor}` : ''}`,
    nextOf: (page: BetsPage) => page.next,
    schema: betsPageSchema,
  });
  return (
    <>
      <Fetched state={state}>
        {(pages) => <BetItems bets={pages.flatMap((page) => page.bets)} cluster={cluster} />}
      </Fetched>
      {more && (
        <Button onClick={more.load} disabled={more.isLoading} className="self-start">
          {more.isLoading ? 'Loading…' : 'Show older bets'}
        </Button>
      )}
    </>
  );
}

function BetItems({ bets, cluster }: { bets: readonly BetView[]; cluster: SessionDetail['cluster'] }) {
  return (
    <ul className="flex flex-col divide-y divide-line">
      {bets.map((bet) => (
        <BetItem key={bet.id} bet={bet} cluster={cluster} />
      ))}
    </ul>
  );
}

function BetItem({ bet, cluster }: { bet: BetView; cluster: SessionDetail['cluster'] }) {
  const { word, tone } = outcomeOf(bet);
  const net = netOfView(bet);
  return (
    <li
      data-testid="session-bet"
      data-bet-id={bet.id}
      data-state={bet.state}
      className="flex flex-col gap-1.5 py-3 @min-[60rem]:grid @min-[60rem]:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] @min-[60rem]:gap-x-10 @min-[60rem]:py-2"
    >
      <div className="flex items-baseline justify-between gap-x-4">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <Link href={`/bets/${bet.id}`} className="font-medium underline-offset-2 hover:underline" prefetch={false}>
            {sol(bet.stakeLamports)}
          </Link>
          <span className={cn('font-medium', TONES[tone])}>{word}</span>
          <span className="text-ink-soft">{windowText(bet)}</span>
        </p>
        <Result lamports={net === null ? null : String(net)} className="font-medium" />
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        {bet.reason && <p className="max-w-prose text-caption text-ink-soft">{bet.reason.message}</p>}
        <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-caption text-ink-faint">
          <States bet={bet} />
        </p>
        <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-caption text-ink-faint">
          <span>{adviceText(bet)}</span>
          {bet.transactions.map(({ role, signature, status }) => (
            <span key={signature}>
              {role} <TransactionLink cluster={cluster} signature={signature} betId={bet.id} /> {status}
            </span>
          ))}
          <Link href={`/bets/${bet.id}`} prefetch={false} className="underline underline-offset-2 hover:text-ink">
            Proof
          </Link>
        </p>
      </div>
    </li>
  );
}

const TONES = { up: 'text-up', down: 'text-down', faint: 'text-ink-faint' } as const;

function windowText({ startTick, endTick, rugTick, gameId }: BetView): string {
  // A word joiner: the line does not break after the dots.
  const game = `game …\u2060${gameId.slice(-8)}`;
  if (startTick === null || endTick === null) return game;
  const end = rugTick === null ? '' : `, rugged at ${rugTick}`;
  return `ticks ${startTick + 1}–${endTick}${end}, ${game}`;
}

function States({ bet }: { bet: BetView }) {
  const times = [
    ['prepared', bet.preparedAt],
    ['submitted', bet.submittedAt],
    ['active', bet.activeAt],
    ['settled', bet.settledAt],
    ['closed', bet.closedAt],
  ] as const;
  return times.flatMap(([name, at]) =>
    at === null
      ? []
      : [
          <span key={name}>
            {name} <Time at={at} form="seconds" bare />
          </span>,
        ],
  );
}

const STANCES = { followed: 'as advised', against: 'against the advice', unadvised: 'without advice' } as const;

/** The assessment at placement, in a line. */
function adviceText({ winProbability, payout, stance, strategyId }: BetView): string {
  const parts = [
    winProbability === null
      ? 'nothing was said at placement'
      : `told: wins ${formatPercent(winProbability)}, needs ${formatPercent(1 / payout)}`,
    stance && STANCES[stance],
    strategyId && strategyName(strategyId),
  ];
  return parts.filter(Boolean).join(' · ');
}
