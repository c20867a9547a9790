'use client';
// The stop switch, and pauses that cannot be taken back: cooling-off and self-exclusion, each asked about once more in plain
// words before it begins.
import { useState } from 'react';
import { Problem, SafetyDialog } from '@/components/safety/safety-dialog';
import { StopSwitch } from '@/components/safety/stop-switch';
import { useAccountChange } from '@/components/safety/use-account';
import { COOLING_OFFS, describePause, EXCLUSIONS, type Pause } from '@/components/settings/pauses';
import { Time } from '@/components/time/time';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { AccountView } from '@/lib/protocol/account-api';
import { FOR_GOOD } from '@/lib/safety/pauses';

export function PauseCard({ view, className }: { view: AccountView; className?: string }) {
  const [asked, setAsked] = useState<Pause | null>(null);
  const { coolingOffUntil, excludedUntil } = view.account.safety;
  return (
    <Card title="Pause and exclusion" className={className} data-testid="pauses">
      <StopSwitch />
      <PauseChoice
        title="Cooling-off"
        about="No bets for a while. It ends by itself, and not a minute sooner."
        until={coolingOffUntil !== null && coolingOffUntil > view.now ? coolingOffUntil : null}
        choices={COOLING_OFFS}
        onChoose={setAsked}
        now={view.now}
      />
      <PauseChoice
        title="Self-exclusion"
        about="No bets for a long time, or ever. It comes back with your wallet even if you delete the account."
        until={excludedUntil !== null && excludedUntil > view.now ? excludedUntil : null}
        choices={EXCLUSIONS}
        onChoose={setAsked}
        now={view.now}
      />
      {asked && <PauseDialog pause={asked} now={view.now} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function PauseChoice({
  title,
  about,
  until,
  choices,
  now,
  onChoose,
}: {
  title: string;
  about: string;
  until: number | null;
  choices: readonly Pause[];
  now: number;
  onChoose: (pause: Pause) => void;
}) {
  // What would end sooner is not offered: nothing shortens a pause.
  const longer = choices.filter((pause) => until === null || (pause.durationMs ?? Infinity) + now > until);
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <h3 className="font-medium">{title}</h3>
      {until === null ? (
        <p className="text-caption text-ink-faint">{about}</p>
      ) : (
        <p role="status" className="text-ink-soft">
          {until >= FOR_GOOD ? (
            'For good.'
          ) : (
            <>
              Until <Time at={until} />.
            </>
          )}{' '}
          It can be made longer, not shorter.
        </p>
      )}
      {until !== FOR_GOOD && longer.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {longer.map((pause) => (
            <Button key={pause.text} className="h-8 px-3" onClick={() => onChoose(pause)}>
              {pause.text}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function PauseDialog({ pause, now, onClose }: { pause: Pause; now: number; onClose: () => void }) {
  const { isBusy, problem, run } = useAccountChange();
  const [isSure, setSure] = useState(false);
  const { title, sentences, sure, action } = describePause(pause, now);
  const begin = async () => {
    if (await run({ method: 'POST', path: pause.kind, body: { durationMs: pause.durationMs } })) onClose();
  };
  return (
    <SafetyDialog isOpen onClose={onClose} title={title} description={sentences[0]} testId="pause-dialog">
      <ul className="flex list-disc flex-col gap-1.5 pl-5 text-ink-soft marker:text-ink-faint">
        {sentences.slice(1).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <label className="flex cursor-pointer items-start gap-3">
        <input
          type="checkbox"
          checked={isSure}
          onChange={(event) => setSure(event.target.checked)}
          className="mt-0.5 size-5 shrink-0 accent-ink"
        />
        {sure}
      </label>
      <Problem text={problem} />
      <div className="flex flex-wrap gap-3">
        <Button variant="solid" disabled={!isSure || isBusy} onClick={() => void begin()} data-testid="begin-pause">
          {action}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Not now
        </Button>
      </div>
    </SafetyDialog>
  );
}
