'use client';
// The check that needs nobody's word: this device takes the seed, replays the game with the published generator, and applies the
// rule to the rug tick that comes out. What the server concluded plays no part but to be compared with.
import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleX, ShieldCheck, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { ownConclusion } from '@/components/bet-proof/describe-proof';
import { ApiProblem, fetchApi } from '@/components/data/fetch-api';
import { checkRound, type RoundCheck } from '@/components/verify/check-round';
import { checkLines, type CheckLine } from '@/components/verify/check-words';
import { gameAnswerSchema, toRound } from '@/components/verify/verifiable-game';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { BetProof } from '@/lib/protocol/sessions-api';

type Phase =
  | { readonly kind: 'idle' | 'working' }
  | { readonly kind: 'cannot'; readonly because: string }
  | { readonly kind: 'checked'; readonly check: RoundCheck };

export function CheckYourself({ proof, className }: { proof: BetProof; className?: string }) {
  const client = useQueryClient();
  const [phase, setPhase] = useState<Phase>({ kind: 'idle' });
  const check = async () => {
    setPhase({ kind: 'working' });
    const path = `/api/games/${proof.bet.gameId}`;
    try {
      const { game, prices } = await client.fetchQuery({
        queryKey: [path],
        queryFn: ({ signal }) => fetchApi({ path, schema: gameAnswerSchema, signal }),
      });
      const round = toRound({ ...game, prices });
      setPhase(
        round.ok ? { kind: 'checked', check: checkRound(round.value) } : { kind: 'cannot', because: round.error },
      );
    } catch (error) {
      const because = error instanceof ApiProblem ? `${error.title}. ${error.detail}` : String(error);
      setPhase({ kind: 'cannot', because });
    }
  };
  return (
    <Card title="Check it yourself" className={className} data-testid="check-yourself" data-phase={phase.kind}>
      <p className="max-w-prose text-ink-soft">
        Takes the game’s seed, replays the published generator on this device and applies the rule to the rug tick that
        comes out.
      </p>
      {phase.kind === 'checked' ? (
        <Lines check={phase.check} bet={proof.bet} />
      ) : (
        <>
          {phase.kind === 'cannot' && (
            <p role="status" className="max-w-prose text-ink-soft" data-testid="cannot-check">
              {phase.because}
            </p>
          )}
          <Button
            variant="solid"
            className="self-start"
            onClick={() => void check()}
            disabled={phase.kind === 'working'}
          >
            <ShieldCheck aria-hidden /> {phase.kind === 'working' ? 'Checking…' : 'Check in your browser'}
          </Button>
        </>
      )}
      <p className="mt-auto flex flex-wrap gap-x-4 text-caption text-ink-faint">
        <Link href={`/verify?game=${proof.bet.gameId}`} prefetch={false} className={LINK}>
          The whole game in Verify
        </Link>
        <Link href={`/games/${proof.bet.gameId}${tickOf(proof.bet)}`} prefetch={false} className={LINK}>
          The game, tick by tick
        </Link>
      </p>
    </Card>
  );
}

const LINK = 'underline underline-offset-2 hover:text-ink';

function tickOf({ startTick }: BetProof['bet']): string {
  return startTick === null ? '' : `?tick=${startTick}`;
}

const LOOKS: Record<CheckLine['outcome'], { Icon: LucideIcon; tone: string; spoken: string }> = {
  ok: { Icon: CircleCheck, tone: 'text-up', spoken: 'agrees' },
  failed: { Icon: CircleX, tone: 'text-danger', spoken: 'differs' },
  open: { Icon: CircleDashed, tone: 'text-ink-faint', spoken: 'not compared' },
};

function Lines({ check, bet }: { check: RoundCheck; bet: BetProof['bet'] }) {
  const own = ownConclusion({ check, bet });
  const lines: CheckLine[] = [...checkLines(check), { name: 'The bet', outcome: own.outcome, words: own.text }];
  return (
    <dl className="flex flex-col" role="status">
      {lines.map(({ name, outcome, words }) => {
        const { Icon, tone, spoken } = LOOKS[outcome];
        return (
          <div
            key={name}
            data-testid="own-check"
            data-outcome={outcome}
            className="flex gap-3 border-b border-line py-2 last:border-0"
          >
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
            <div className="min-w-0">
              <dt className="font-medium">{name}</dt>
              <dd className="wrap-break-word text-ink-soft">
                <span className="sr-only">{spoken}: </span>
                {words}
              </dd>
            </div>
          </div>
        );
      })}
    </dl>
  );
}
