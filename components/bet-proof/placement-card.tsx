'use client';
// What was known and said when the bet was placed, kept with it ever since.
import type { ReactNode } from 'react';
import { sol } from '@/components/games/sol';
import { strategyName } from '@/components/games/strategy-name';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import type { BetProof } from '@/lib/protocol/sessions-api';
import { formatPercent, formatPercentPair, formatSigned } from '@/lib/units/format';

type Advice = NonNullable<BetProof['advice']>;

export function PlacementCard({ proof, className }: { proof: BetProof; className?: string }) {
  const { advice } = proof;
  return (
    <Card
      title="Said at placement"
      className={className}
      data-testid="proof-advice"
      aside={
        advice?.zone && (
          <Badge tone="zone" data-zone={advice.zone}>
            {ZONES[advice.zone]}
          </Badge>
        )
      }
    >
      {advice ? (
        <Said advice={advice} />
      ) : (
        <p className="text-ink-faint">Nothing was said: this bet was first seen on the feed.</p>
      )}
    </Card>
  );
}

const ZONES: Record<NonNullable<Advice['zone']>, string> = {
  'deep-negative': 'far below break-even',
  negative: 'below break-even',
  'break-even': 'at break-even',
  positive: 'above break-even',
};

const STANCES: Record<Advice['stance'], string> = {
  followed: 'The bet followed it.',
  against: 'The bet went against it.',
  unadvised: 'Nothing could be advised.',
};

function Said({ advice }: { advice: Advice }) {
  const { winProbability: wins, breakEven: needs, lower, upper, advisedLamports, expectedValue, tick } = advice;
  const [winsText, needsText] = wins !== null && needs !== null ? formatPercentPair(wins, needs) : [null, null];
  return (
    <dl className="flex flex-col divide-y divide-line">
      <Line label="Win probability">
        {winsText ?? (wins === null ? 'not known' : formatPercent(wins))}
        {lower !== null && upper !== null && (
          <span className="font-normal text-ink-faint">
            {' '}
            ({formatPercent(lower)} to {formatPercent(upper)})
          </span>
        )}
      </Line>
      {needsText && <Line label="Needed to break even">{needsText}</Line>}
      {expectedValue !== null && (
        <Line label="Expected value">{formatSigned(expectedValue * 100, 1)} % of the stake</Line>
      )}
      <Line label={tick === null ? 'Verdict' : `Verdict at tick ${tick}`}>{advice.word ?? 'none'}</Line>
      <Line label="Advised stake">
        {advisedLamports === '0' ? 'none: do not bet' : sol(advisedLamports)}
        {advice.strategyId && <span className="font-normal text-ink-faint"> ({strategyName(advice.strategyId)})</span>}
      </Line>
      <Line label="The bet">{STANCES[advice.stance]}</Line>
      {advice.model && <Line label="Model">{advice.model}</Line>}
    </dl>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}
