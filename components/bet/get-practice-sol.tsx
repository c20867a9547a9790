'use client';
// A wallet without practice SOL gets some here, where it is missed; one that was given some elsewhere is looked at again.
import { useEffect, useState } from 'react';
import { askApi } from '@/components/safety/ask-api';
import { Button } from '@/components/ui/button';
import { airdropAnswerSchema } from '@/lib/protocol/ledger-api';

const LOOK_MS = 3_000;

export function GetPracticeSol({ onChanged }: { onChanged: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const timer = setInterval(onChanged, LOOK_MS);
    return () => clearInterval(timer);
  }, [onChanged]);
  const ask = async () => {
    setAsking(true);
    const question = { method: 'POST', path: '/api/practice/airdrop', body: {}, schema: airdropAnswerSchema } as const;
    const answer = await askApi(question);
    setAsking(false);
    setProblem(answer.ok ? null : answer.error.message);
    onChanged();
  };
  return (
    <div className="flex flex-col gap-1.5">
      <Button data-testid="ticket-airdrop" disabled={isAsking} onClick={() => void ask()}>
        {isAsking ? 'Asking for practice SOL' : 'Get practice SOL, free'}
      </Button>
      {problem && (
        <p role="alert" className="text-caption text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
