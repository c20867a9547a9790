'use client';
// How one bet was settled, and everything with which a stranger can check it: for whoever has the link, signed in or not.
import { useState } from 'react';
import { Fetched } from '@/components/data/fetched';
import type { FetchState } from '@/components/data/fetch-state';
import { useApi } from '@/components/data/use-api';
import { CheckYourself } from '@/components/bet-proof/check-yourself';
import { OUTCOME_OF } from '@/lib/bets/bet-outcome';
import { FairnessCard } from '@/components/bet-proof/fairness-card';
import { MoneyCard } from '@/components/bet-proof/money-card';
import { OutcomePanel } from '@/components/bet-proof/outcome-panel';
import { PathCard } from '@/components/bet-proof/path-card';
import { PlacementCard } from '@/components/bet-proof/placement-card';
import { StatesCard } from '@/components/bet-proof/states-card';
import { TransactionsCard } from '@/components/bet-proof/transactions-card';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { CopyButton } from '@/components/verify/copy-button';
import { Page } from '@/components/shell/page';
import { Time } from '@/components/time/time';
import { betProofSchema, type BetProof } from '@/lib/protocol/sessions-api';

const REFRESH_MS = 5_000;

export function ProofPage({ betId }: { betId: string }) {
  const [isFinal, setFinal] = useState(false);
  const path = `/api/bets/${encodeURIComponent(betId)}/proof`;
  const state = useApi(path, betProofSchema, isFinal ? {} : { refreshMs: REFRESH_MS });
  if (!isFinal && state.kind === 'ready' && isDone(state.data)) setFinal(true);
  return (
    <Page {...heading(betId, state)} className="lg:grid-cols-12">
      {state.kind !== 'ready' || state.stale ? (
        <section aria-label="Bet" className="bg-surface p-4 lg:col-span-12 lg:p-5">
          <Fetched state={state}>{() => null}</Fetched>
        </section>
      ) : null}
      {state.kind === 'ready' && <Panels proof={state.data} />}
    </Page>
  );
}

function Panels({ proof }: { proof: BetProof }) {
  return (
    <>
      <OutcomePanel proof={proof} className="lg:col-span-7" />
      <MoneyCard proof={proof} className="lg:col-span-5" />
      <PathCard proof={proof} className="lg:col-span-7" />
      <PlacementCard proof={proof} className="lg:col-span-5" />
      <CheckYourself proof={proof} className="lg:col-span-6" />
      <FairnessCard proof={proof} className="lg:col-span-6" />
      <StatesCard proof={proof} className="lg:col-span-6" />
      <TransactionsCard proof={proof} className="lg:col-span-6" />
    </>
  );
}

function heading(betId: string, state: FetchState<BetProof>) {
  const bet = state.kind === 'ready' ? state.data.bet : null;
  return {
    title: 'Proof of a bet',
    lead: (
      <>
        <span className="font-mono text-caption break-all">{betId}</span>
        {bet && (
          <>
            <br />
            {VENUE_WORDS[bet.venue].mark}, placed on <Time at={bet.preparedAt} />.
          </>
        )}
      </>
    ),
    aside: <PermalinkButton betId={betId} />,
  };
}

function PermalinkButton({ betId }: { betId: string }) {
  // The address is known only in the browser; the button copies what stands there then.
  const origin = typeof window === 'undefined' ? '' : window.location.origin;
  return (
    <p className="flex items-center gap-1 text-caption text-ink-faint">
      Link to this proof <CopyButton text={`${origin}/bets/${betId}`} what="the link to this proof" />
    </p>
  );
}

/** Nothing of it changes any more: the bet is closed, and its game confirmed and checked. */
function isDone({ bet, game, checks }: BetProof): boolean {
  return bet.closedAt !== null && OUTCOME_OF[bet.state] !== 'open' && game !== null && checks !== null;
}
