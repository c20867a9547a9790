'use client';
// How much the finished games say for an edge, of what, and after how many. It speaks of the past: a silent feed takes
// nothing from it, but what it means at this tick is then withdrawn with everything else.
import type { ReactNode } from 'react';
import { Adjustments } from '@/components/evidence/adjustments';
import {
  describeDrift,
  describeEvidence,
  describeRange,
  describeRanges,
  evidenceLevel,
  formatEValue,
  formatGames,
  formatInterval,
} from '@/components/evidence/describe-evidence';
import { EvidenceMeter } from '@/components/evidence/evidence-meter';
import { useLive } from '@/components/live/live-provider';
import { Card } from '@/components/ui/card';
import { Figures } from '@/components/ui/figures';
import { Hint } from '@/components/ui/hint';
import { Skeleton } from '@/components/ui/skeleton';
import { Unknown } from '@/components/ui/stat';
import type { EvidenceView } from '@/lib/decision/evidence';
import { isClaiming } from '@/lib/decision/verdict';
import { DEFAULT_PAYOUT_MULTIPLE } from '@/lib/game/rules';
import { formatPercent } from '@/lib/units/format';

export function EvidencePanel({ className }: { className?: string }) {
  const evidence = useLive((state) => state.evidence);
  const isLoading = useLive((state) => state.recentGames === null);
  const level = evidence ? evidenceLevel(evidence.eValue, evidence.needed) : 'none';
  return (
    <Card
      title="Is there an edge?"
      data-testid="evidence-panel"
      data-level={evidence ? level : ''}
      data-games={evidence?.games ?? ''}
      className={className}
    >
      {evidence ? <Evidence evidence={evidence} /> : <NoEvidence isLoading={isLoading} />}
      <Adjustments />
    </Card>
  );
}

function NoEvidence({ isLoading }: { isLoading: boolean }) {
  return (
    <>
      {isLoading ? <Skeleton className="h-6 w-2/3" /> : <p className="text-ink-soft">No evidence is told yet.</p>}
      <EvidenceMeter eValue={null} needed={DEFAULT_NEEDED} />
    </>
  );
}

/** For an empty scale; every real one names its own. */
const DEFAULT_NEEDED = 100;

function Evidence({ evidence }: { evidence: EvidenceView }) {
  const { games, eValue, needed, winProbability } = evidence;
  const payout = useLive((state) => state.payout ?? DEFAULT_PAYOUT_MULTIPLE);
  return (
    <>
      <p className="text-lead text-ink-soft">
        <Figures className="font-semibold text-ink">{`${describeEvidence(evidence)}.`}</Figures>
      </p>
      <EvidenceMeter eValue={eValue} needed={needed} />
      <dl>
        <Row
          label={
            <Hint
              hint="Odds against the no-edge explanation that hold however often you look."
              className="underline decoration-line-strong decoration-dotted underline-offset-4"
            >
              Evidence, as an e-value
            </Hint>
          }
        >
          <span data-testid="evidence-value" data-evalue={eValue}>
            {formatEValue(eValue)}
          </span>{' '}
          <span className="text-ink-faint">of {formatEValue(needed)}</span>
        </Row>
        <Row label="Where">
          <Ranges evidence={evidence} />
        </Row>
        <Row label="Games end">
          <Figures>{describeDrift(evidence)}</Figures>
        </Row>
        <Row label={`A bet wins, ${formatPercent(winProbability.level, 0)} sure`}>
          <Figures>{`${formatInterval(winProbability)}, needs ${formatPercent(1 / payout)}`}</Figures>
        </Row>
        <HereRow />
        <Row label="Based on">
          <span data-testid="evidence-games">{formatGames(games)}</span>
        </Row>
      </dl>
    </>
  );
}

function Ranges({ evidence }: { evidence: EvidenceView }) {
  const words = <Figures>{describeRanges(evidence)}</Figures>;
  if (evidence.ranges.length === 0) return words;
  const hint = (
    <ul>
      <li>Evidence by range, shared among those looked at:</li>
      {evidence.ranges.map((range) => (
        <li key={`${range.from} ${range.to}`} className="first-letter:uppercase">
          {describeRange(range)}: {formatEValue(range.eValue)}
        </li>
      ))}
    </ul>
  );
  return (
    <Hint hint={hint} className="text-right underline decoration-line-strong decoration-dotted underline-offset-4">
      <span>{words}</span>
    </Hint>
  );
}

/** At this tick: a claim about the moment, so it goes with the feed. */
function HereRow() {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const here = useLive((state) => state.assessment?.evidence ?? null);
  return (
    <Row label="The same at this tick">
      {isTrusted && here ? <Figures>{formatInterval(here)}</Figures> : <Unknown because="not known now" />}
    </Row>
  );
}

function Row({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-b border-line/60 py-1.5 last:border-0">
      <dt className="shrink-0 text-ink-faint">{label}</dt>
      <dd className="text-right text-ink-soft">{children}</dd>
    </div>
  );
}
