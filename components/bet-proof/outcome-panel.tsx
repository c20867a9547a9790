'use client';
// The settlement in a word, and the rule that made it, applied in numbers.
import { OUTCOME_OF, type BetOutcome } from '@/lib/bets/bet-outcome';
import { CircleCheck, CircleX } from 'lucide-react';
import { agreementText, proofVerdict, RULE, ruleOf } from '@/components/bet-proof/describe-proof';
import { Figures } from '@/components/ui/figures';
import { cn } from '@/components/ui/cn';
import type { BetProof } from '@/lib/protocol/sessions-api';

const TONES: Record<BetOutcome, string> = {
  won: 'text-up',
  lost: 'text-down',
  void: 'text-ink',
  open: 'text-ink',
  expired: 'text-ink',
};

export function OutcomePanel({ proof, className }: { proof: BetProof; className?: string }) {
  const verdict = proofVerdict(proof);
  const outcome = OUTCOME_OF[proof.bet.state];
  return (
    <section
      aria-label="Settlement"
      data-testid="proof-outcome"
      data-outcome={outcome}
      className={cn('flex flex-col gap-4 bg-surface p-4 lg:p-5', className)}
    >
      <div className="flex flex-col gap-1">
        <h2 className={cn('text-figure-large font-semibold tracking-tight', TONES[outcome])}>{verdict.title}</h2>
        <p className="text-lead text-ink-soft">
          <Figures>{verdict.sentence}</Figures>
        </p>
      </div>
      <AppliedRule proof={proof} />
    </section>
  );
}

function AppliedRule({ proof }: { proof: BetProof }) {
  const applied = ruleOf(proof);
  const agreement = agreementText(proof);
  return (
    <div className="flex flex-col gap-2">
      <p className="max-w-prose text-ink-soft">{RULE}</p>
      {applied ? (
        <>
          <p className="font-mono text-lead" data-testid="rule-formula">
            {applied.formula}{' '}
            <span className="text-ink-soft">{applied.outcome === 'won' ? 'holds: won' : 'does not hold: lost'}</span>
          </p>
          <ul className="flex flex-col gap-1">
            {applied.steps.map(({ text, holds }) => (
              <li key={text} className="flex gap-2 text-ink-soft">
                {holds ? (
                  <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-up" />
                ) : (
                  <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-down" />
                )}
                <span>
                  {text}: {holds ? 'yes' : 'no'}.
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="text-ink-faint">{whyNotApplied(proof)}</p>
      )}
      {agreement && (
        <p className={proof.rule.agrees ? 'text-ink-soft' : 'font-medium text-danger'} data-testid="rule-agrees">
          {agreement}
        </p>
      )}
    </div>
  );
}

function whyNotApplied({ bet, game }: BetProof): string {
  if (bet.startTick === null) return 'The bet never began, so that there is no window to apply it to.';
  if (game === null) return 'The game is not on record, so that the rule cannot be applied again here.';
  if (bet.state === 'lost') {
    return `The game was still alive after tick ${bet.endTick}, so the window is over. Once the game has ended and its seed is known, the rule is applied here again.`;
  }
  return 'The game has not ended, or its end is not confirmed yet.';
}
