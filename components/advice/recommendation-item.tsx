'use client';
// One strategy's advice: what to do, the first reason, and for a bet what it costs, earns and risks. The rest on demand.
import type { ReactNode } from 'react';
import { Disclosure } from '@/components/advice/disclosure';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import type { Recommendation } from '@/lib/decision/recommend';
import { solAbout, sol } from '@/lib/risk/words';
import { formatPercent } from '@/lib/units/format';

export function RecommendationItem({
  advice,
  isTop,
  known,
}: {
  advice: Recommendation;
  isTop: boolean;
  /** The reason on top, which the others need not repeat. */
  known: string | null;
}) {
  const bets = advice.action === 'bet';
  const { lead, others } = arrangeReasons(advice, isTop ? null : known);
  return (
    <li
      data-testid="recommendation"
      data-strategy={advice.strategyId}
      data-action={advice.action}
      data-stake={advice.stakeLamports.toString()}
      className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-3 gap-y-1 border-b border-line/60 py-2.5 last:border-0"
    >
      <span className={cn('text-caption leading-5', isTop ? 'font-semibold text-ink' : 'text-ink-faint')}>
        {advice.priority}
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className={cn(isTop ? 'font-semibold text-ink' : 'font-medium text-ink-soft')}>{advice.name}</span>
          {advice.strategyId !== 'do-not-bet' && <span className="text-caption text-ink-faint">{advice.tier}</span>}
          {bets && !advice.beatsDoNotBet && <Badge>worse than not betting</Badge>}
        </p>
        {lead && (
          <p className="text-caption text-ink-faint">
            <Figures>{lead}</Figures>
          </p>
        )}
      </div>
      <p className={cn('text-right whitespace-nowrap', isTop ? 'font-semibold text-ink' : 'text-ink-soft')}>
        {describeAction(advice)}
      </p>
      {bets && <BetFacts advice={advice} />}
      {others.length > 0 && (
        <Disclosure
          className="col-start-2 col-end-4"
          summary={others.length === 1 ? 'one more reason' : `${others.length} more reasons`}
        >
          <ul className="mt-1 flex flex-col gap-1 pl-4.5 text-caption text-ink-soft">
            {others.map((reason) => (
              <li key={reason}>
                <Figures>{reason}</Figures>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </li>
  );
}

/** What the advice on top has said already is not said again: a bet leads with what is its own. */
function arrangeReasons({ action, reasons }: Recommendation, known: string | null) {
  const [first = null, second, ...rest] = reasons;
  if (first === null || first !== known) return { lead: first, others: reasons.slice(1) };
  if (action === 'bet' && second) return { lead: second, others: rest };
  return { lead: 'For the same reason.', others: reasons.slice(1) };
}

function describeAction({ action, stakeLamports }: Recommendation): ReactNode {
  if (action === 'bet') return <Figures>{`bet ${sol(stakeLamports)}`}</Figures>;
  return action === 'stop' ? 'stop for this session' : 'no bet now';
}

function BetFacts({ advice }: { advice: Recommendation }) {
  const { expectedProfitLamports, worstCaseLamports, outlook } = advice;
  const gain = `${expectedProfitLamports > 0n ? '+' : ''}${solAbout(expectedProfitLamports)}`;
  return (
    <dl className="col-start-2 col-end-4 grid grid-cols-2 gap-x-4 gap-y-1 text-caption @min-[30rem]:grid-cols-4">
      <Fact label="on average" value={gain} />
      <Fact label="at worst" value={sol(worstCaseLamports)} />
      <Fact label={`ruin in ${outlook.bets} bets`} value={formatChance(outlook.ruin)} />
      {outlook.hardStop > 0 ? (
        <Fact label="whole ladder lost" value={formatChance(outlook.hardStop)} />
      ) : (
        <Fact label="session limit hit" value={formatChance(outlook.sessionLimit)} />
      )}
    </dl>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex min-w-0 flex-col-reverse">
      <dt className="text-ink-faint">{label}</dt>
      <dd className="font-medium whitespace-nowrap text-ink-soft">{value}</dd>
    </div>
  );
}

/** A chance that is not nothing does not read as nothing, nor a likely one as certain. */
export function formatChance(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1 %';
  return share > 0.9995 && share < 1 ? '>99.9 %' : formatPercent(share);
}
