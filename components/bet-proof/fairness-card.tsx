'use client';
// The game's seed and hash, and what the record's own checks found in it.
import type { ReactNode } from 'react';
import { VerifiedMark } from '@/components/games/verified-mark';
import { CopyButton } from '@/components/verify/copy-button';
import { Card } from '@/components/ui/card';
import type { BetProof } from '@/lib/protocol/sessions-api';

export function FairnessCard({ proof, className }: { proof: BetProof; className?: string }) {
  const { game, checks, bet } = proof;
  return (
    <Card
      title="The game"
      className={className}
      data-testid="proof-game"
      aside={game?.verification && <VerifiedMark verified={game.verified} />}
    >
      <dl className="flex flex-col gap-3">
        <Value label="Game" text={bet.gameId} />
        <Value label="Hash of the seed, shown before the game" text={game?.serverSeedHash ?? null} />
        <Value
          label="Seed, revealed after it"
          text={game?.serverSeed ?? null}
          none={game?.rugTick === null ? 'secret until the game has ended' : 'not on record'}
        />
        <Value label="Generator" text={game?.version ?? null} />
        <div>
          <dt className="text-caption text-ink-faint">Checks of the record</dt>
          <dd className={checks?.status === 'failed' ? 'text-danger' : 'text-ink-soft'}>{checksText(checks)}</dd>
        </div>
      </dl>
    </Card>
  );
}

function checksText(checks: BetProof['checks']): string {
  if (checks === null) return 'They run once the history has confirmed the game.';
  const failed = checks.checks.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return `None of ${checks.checks.length} checks failed.`;
  return `${failed.length} of ${checks.checks.length} checks failed: ${failed.map(({ check }) => check).join(', ')}.`;
}

function Value({ label, text, none = 'not on record' }: { label: string; text: string | null; none?: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-caption text-ink-faint">{label}</dt>
      {text === null ? (
        <dd className="text-ink-faint">{none}</dd>
      ) : (
        <dd className="flex items-start justify-between gap-2">
          <span className="min-w-0 font-mono text-caption leading-5 break-all text-ink">{text}</span>
          {text.length > 30 && <CopyButton text={text} what={label} className="-my-2 shrink-0" />}
        </dd>
      )}
    </div>
  );
}
