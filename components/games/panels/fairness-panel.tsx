'use client';
// The game's seed and its hash, and the check that needs nobody's word: replaying the generator on the reader's device.
import { FairnessValue } from '@/components/verify/fairness-value';
import { VerifyInBrowser } from '@/components/verify/verify-in-browser';
import { Card } from '@/components/ui/card';
import type { GameDetail } from '@/lib/protocol/games-api';

export function FairnessPanel({ detail, className }: { detail: GameDetail; className?: string }) {
  const { game, prices } = detail;
  return (
    <Card title="Provably fair" className={className} data-testid="fairness">
      <dl className="flex flex-col gap-3">
        <FairnessValue label="Hash of the seed, published before the game" text={game.serverSeedHash} />
        <FairnessValue
          label="Seed, revealed after it"
          text={game.serverSeed}
          none={game.rugTick === null ? 'secret until the game has ended' : 'not on record'}
        />
        <FairnessValue label="Generator" text={game.version} />
        <div>
          <dt className="text-caption text-ink-faint">Hash kept</dt>
          <dd className="text-ink-soft">{KEPT[String(game.commitmentKept) as keyof typeof KEPT]}</dd>
        </div>
      </dl>
      <VerifyInBrowser game={{ ...game, prices }} />
    </Card>
  );
}

const KEPT = {
  true: 'The hash seen before the game is the one it ended with.',
  false: 'The hash seen before the game is another than the one it ended with.',
  null: 'Not known: the game was not seen before it began.',
} as const;
