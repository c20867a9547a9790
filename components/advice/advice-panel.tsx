'use client';
// The player's own advice for this tick: at most five strategies, best first, what the risk manager refused and why, and
// the profile all of it is made for. Without a live feed, or between games, it says nothing.
import { SlidersHorizontal } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useAdvice, useAdvisor } from '@/components/advice/advice-provider';
import { Disclosure } from '@/components/advice/disclosure';
import { ProfileForm } from '@/components/advice/profile-form';
import { RecommendationItem } from '@/components/advice/recommendation-item';
import { useLive } from '@/components/live/live-provider';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import { Skeleton } from '@/components/ui/skeleton';
import type { RecommendationSet } from '@/lib/decision/recommend';
import { isClaiming } from '@/lib/decision/verdict';
import { timesRoundedDown } from '@/lib/risk/amounts';
import type { Profile } from '@/lib/risk/profile';
import { sol } from '@/lib/risk/words';

export function AdvicePanel({ className }: { className?: string }) {
  const { advisor, hasFailed } = useAdvisor();
  const profile = useAdvice((state) => state.profile);
  const isTrusted = useLive((state) => isClaiming(state.health));
  const [isEditing, setEditing] = useState(false);
  const formId = useId();
  const edit = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    edit.current?.focus();
  };
  return (
    <Card
      title="Your advice"
      data-testid="advice-panel"
      data-claiming={isTrusted}
      className={cn(!isTrusted && 'hatched', className)}
      aside={
        profile && (
          <Button
            ref={edit}
            variant="quiet"
            className="-my-2 px-2"
            aria-expanded={isEditing}
            aria-controls={isEditing ? formId : undefined}
            data-testid="profile-edit"
            onClick={() => setEditing(!isEditing)}
          >
            <SlidersHorizontal aria-hidden />
            Bankroll <span data-testid="bankroll">{sol(profile.bankrollLamports)}</span>
          </Button>
        )
      }
    >
      {profile && <ProfileLine profile={profile} />}
      {isEditing && advisor && profile && (
        <ProfileForm id={formId} profile={profile} advisor={advisor} onDone={close} />
      )}
      {hasFailed ? (
        <p role="alert" className="text-ink-soft">
          The advice could not be loaded. Load the page again to try once more.
        </p>
      ) : (
        <Recommendations />
      )}
    </Card>
  );
}

function ProfileLine({ profile }: { profile: Profile }) {
  const problem = useAdvice((state) => state.problem);
  const isChosen = useAdvice((state) => state.isChosen);
  const most = timesRoundedDown(profile.bankrollLamports, profile.limits.maxStakeFraction);
  return (
    <div className="text-caption text-ink-faint">
      <p data-testid="stake-limit">
        <Figures>
          {`${isChosen ? 'Your limits' : 'Default limits'}: stakes up to ${sol(most)}, at most ${sol(profile.limits.perGameLossLamports)} lost in a game and ${sol(profile.limits.perSessionLossLamports)} in a session.`}
        </Figures>
      </p>
      {problem && (
        <p role="status" data-testid="profile-problem" className="text-warning">
          {problem}
        </p>
      )}
    </div>
  );
}

function Recommendations() {
  const set = useAdvice((state) => state.set);
  const error = useAdvice((state) => state.error);
  const isLoaded = useAdvice((state) => state.profile !== null);
  const verdict = useLive((state) => state.verdict);
  if (!isLoaded) return <Skeletons />;
  if (error) {
    return (
      <p role="alert" className="text-ink-soft">
        No advice can be given: {error.message}
      </p>
    );
  }
  if (!set) {
    const isMute = verdict.word === 'No advice';
    return (
      <p data-testid="advice-none" className="text-ink-soft">
        <Figures>{`${isMute ? 'No advice' : 'No bet can be placed now'}: ${verdict.reason}.`}</Figures>
      </p>
    );
  }
  return (
    <>
      <ol aria-label="Recommendations, best first" className="flex flex-col">
        {set.recommendations.map((advice) => (
          <RecommendationItem
            key={advice.strategyId}
            advice={advice}
            isTop={advice.priority === 1}
            known={set.recommendations[0]?.reasons[0] ?? null}
          />
        ))}
      </ol>
      <Refused refused={set.refused} />
      <Degraded degraded={set.degraded} />
    </>
  );
}

function Refused({ refused }: Pick<RecommendationSet, 'refused'>) {
  if (refused.length === 0) return null;
  return (
    <Disclosure
      summary={`${refused.length} ${refused.length === 1 ? 'bet' : 'bets'} refused by your limits`}
      className="border-t border-line pt-3"
    >
      <ul className="mt-2 flex flex-col gap-2 pl-4.5">
        {refused.map(({ evaluation, refusals }) => (
          <li key={evaluation.strategyId} data-testid="refusal" data-strategy={evaluation.strategyId}>
            <p className="font-medium text-ink-soft">
              <Figures>{`${evaluation.name}, ${sol(evaluation.stakeLamports)}`}</Figures>
            </p>
            {refusals.map(({ rule, message }) => (
              <p key={rule} data-rule={rule} className="text-caption text-ink-faint">
                <Figures>{message}</Figures>
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function Degraded({ degraded }: Pick<RecommendationSet, 'degraded'>) {
  if (degraded.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 border-t border-line pt-3 text-caption text-warning">
      {degraded.map(({ strategyId, name, message }) => (
        <li key={strategyId} data-testid="degraded" data-strategy={strategyId}>
          {`${name} failed and is left out: ${message}`}
        </li>
      ))}
    </ul>
  );
}

function Skeletons() {
  return (
    <div className="flex flex-col gap-4 pt-2">
      {['w-2/3', 'w-1/2', 'w-3/5', 'w-1/2', 'w-2/5'].map((width, n) => (
        <Skeleton key={n} className={cn('h-4', width)} />
      ))}
    </div>
  );
}
