'use client';
// The player's practice SOL, asked for when the menu opens, and more of it on demand. Where the server works on a real
// network there is no practice balance, and nothing is shown.
import { useEffect, useState } from 'react';
import { createPracticeApi, type PracticeAnswer } from '@/components/account-menu/practice-api';
import { Button } from '@/components/ui/button';
import { formatSol } from '@/lib/units/lamports';

const api = createPracticeApi((input, init) => fetch(input, init));

export function Balances({ address }: { address: string }) {
  const [answer, setAnswer] = useState<PracticeAnswer | null>(null);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    let isGone = false;
    void api.balance().then((next) => !isGone && setAnswer(next));
    return () => {
      isGone = true;
    };
  }, [address]);
  const airdrop = async () => {
    setAsking(true);
    setAnswer(await api.airdrop());
    setAsking(false);
  };
  if (answer?.kind === 'none') return null;
  return (
    <div className="flex flex-col gap-2 p-4" aria-live="polite">
      <div className="flex items-baseline justify-between gap-2">
        <span className="text-ink-soft">Practice balance</span>
        <span className="text-figure font-semibold" data-testid="practice-balance">
          {answer?.kind === 'ready' ? `${formatSol(answer.lamports)} SOL` : '…'}
        </span>
      </div>
      <Button onClick={() => void airdrop()} disabled={isAsking} data-testid="airdrop">
        {isAsking ? 'Asking for practice SOL' : 'Get practice SOL'}
      </Button>
      {answer?.kind === 'failed' && <p className="text-caption text-warning">{answer.message}</p>}
    </div>
  );
}
