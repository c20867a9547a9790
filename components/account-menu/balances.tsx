'use client';
// The player's balances, asked for when the menu opens. The practice chain's are play money and say so; practice SOL is given
// there only.
import { useEffect, useState } from 'react';
import { createOwnBalances, UNKNOWN, type OwnBalances } from '@/components/account-menu/own-balances';
import { askApi } from '@/components/safety/ask-api';
import { Button } from '@/components/ui/button';
import { formatSol, type Lamports } from '@/lib/units/lamports';

export function Balances() {
  const [balances, setBalances] = useState<OwnBalances>(UNKNOWN);
  const [own] = useState(() => createOwnBalances({ ask: askApi, wait, show: setBalances }));
  useEffect(() => void own.load(), [own]);
  const { chain, paperLamports, problem, isAsking } = balances;
  const isPractice = chain === null || chain.cluster === 'practice';
  return (
    <div className="flex flex-col gap-2 p-4" aria-live="polite">
      <dl className="flex flex-col gap-1">
        <Balance name={isPractice ? 'Practice balance' : `Balance on ${chain.cluster}`} testId="practice-balance">
          {chain?.lamports ?? null}
        </Balance>
        {paperLamports !== null && (
          <Balance name="Paper balance" testId="paper-balance">
            {paperLamports}
          </Balance>
        )}
      </dl>
      {isPractice && (
        <Button
          onClick={() => void own.airdrop()}
          disabled={isAsking || chain?.airdropsLeft === 0}
          data-testid="airdrop"
        >
          {isAsking ? 'Practice SOL is on its way' : 'Get practice SOL'}
        </Button>
      )}
      {chain?.airdropsLeft === 0 && <p className="text-caption text-ink-soft">No more practice SOL within a day.</p>}
      {problem && <p className="text-caption text-warning">{problem}</p>}
    </div>
  );
}

function Balance({ name, testId, children }: { name: string; testId: string; children: Lamports | null }) {
  return (
    <div className="flex items-baseline justify-between gap-2">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="text-figure font-semibold" data-testid={testId}>
        {children === null ? '…' : `${formatSol(children)} SOL`}
      </dd>
    </div>
  );
}

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
