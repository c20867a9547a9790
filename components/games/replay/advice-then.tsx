'use client';
// What every strategy advised at the replayed tick, best first, and what following it brought.
import { Badge } from '@/components/ui/badge';
import { Figures } from '@/components/ui/figures';
import type { GameRecommendation } from '@/lib/protocol/games-api';
import { strategyName } from '@/components/games/strategy-name';
import { sol, solSigned } from '@/components/games/sol';

export function AdviceThen({ advice }: { advice: readonly GameRecommendation[] }) {
  if (advice.length === 0) {
    return <p className="text-ink-faint">Nothing had been advised by this tick.</p>;
  }
  const [first] = advice;
  return (
    <div className="flex flex-col gap-3" data-testid="advice-then">
      <p className="text-ink-soft">
        The verdict was <strong className="font-semibold text-ink">{first!.word}</strong>, for a player with 10 SOL and
        the settings that come with Fortytick.
      </p>
      <ul className="flex flex-col divide-y divide-line/60">
        {advice.map((one) => (
          <AdviceLine key={one.strategyId} advice={one} />
        ))}
      </ul>
    </div>
  );
}

function AdviceLine({ advice }: { advice: GameRecommendation }) {
  const { strategyId, action, stakeLamports, tick, reasons } = advice;
  return (
    <li className="flex flex-col gap-0.5 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <span className="font-medium text-ink">{strategyName(strategyId)}</span>
        <span className="text-right text-ink-soft">
          <Figures>{action === 'bet' ? `bet ${sol(stakeLamports)}` : action}</Figures>{' '}
          <span className="text-caption text-ink-faint">since tick {tick}</span>
        </span>
      </div>
      <div className="flex items-baseline justify-between gap-3 text-caption text-ink-faint">
        <span>{reasons[0]}</span>
        <Result advice={advice} />
      </div>
    </li>
  );
}

function Result({ advice: { action, outcome, profitLamports } }: { advice: GameRecommendation }) {
  if (outcome === null) return null;
  if (action !== 'bet') {
    return <span className="shrink-0">{NOT_BET[outcome]}</span>;
  }
  return (
    <Badge className="shrink-0">
      {BET[outcome]} {outcome === 'missed' || profitLamports === null ? '' : solSigned(profitLamports)}
    </Badge>
  );
}

const BET = { won: 'won', lost: 'lost', missed: 'too late' } as const;
const NOT_BET = { won: 'a bet would have won', lost: 'a bet would have lost', missed: 'too late for a bet' } as const;
