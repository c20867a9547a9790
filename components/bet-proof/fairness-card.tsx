'use client';
// The game's seed and hash, and what the record's own checks found in it.
import { VerifiedMark } from '@/components/games/verified-mark';
import { FairnessValue } from '@/components/verify/fairness-value';
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
        <FairnessValue label="Game" text={bet.gameId} />
        <FairnessValue label="Hash of the seed, shown before the game" text={game?.serverSeedHash ?? null} />
        <FairnessValue
          label="Seed, revealed after it"
          text={game?.serverSeed ?? null}
          none={game?.rugTick === null ? 'secret until the game has ended' : 'not on record'}
        />
        <FairnessValue label="Generator" text={game?.version ?? null} />
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
