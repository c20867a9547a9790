'use client';
// What the advice is made for: temperament, strategies, the round trip, and where bets go. Saved as it is chosen.
import { useState } from 'react';
import { measureLatency } from '@/components/advice/measure-latency';
import { Problem } from '@/components/safety/safety-dialog';
import { useAccountChange } from '@/components/safety/use-account';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Segmented } from '@/components/ui/segmented';
import type { AccountView } from '@/lib/protocol/account-api';
import { RISK_PROFILES, TIERS } from '@/lib/risk/tier';
import type { SettingsChange } from '@/lib/safety/settings-json';
import { STRATEGIES } from '@/lib/strategy/registry';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const TEMPERS = RISK_PROFILES.map((value) => ({ value, text: capital(value) }));
const VENUES = [
  { value: 'practice', text: 'Practice chain' },
  { value: 'paper', text: 'Paper' },
  { value: 'assisted', text: 'rugs.fun' },
] as const;
/** Not betting is always among the advice. */
const CHOOSABLE = STRATEGIES.filter(({ id }) => id !== 'do-not-bet');

export function ProfileCard({ view, className }: { view: AccountView; className?: string }) {
  const { isBusy, problem, run } = useAccountChange();
  const { settings } = view.account;
  const save = (change: SettingsChange) => void run({ method: 'PUT', path: 'settings', body: change });
  return (
    <Card title="Profile" className={className} data-testid="profile-setting">
      <Field label="How bold you play">
        <Segmented
          label="How bold you play"
          value={settings.riskProfile}
          options={TEMPERS}
          onChange={(riskProfile) => save({ riskProfile })}
        />
      </Field>
      <Field label="Where bets go unless you say otherwise">
        <Segmented label="Venue" value={settings.venue} options={VENUES} onChange={(venue) => save({ venue })} />
      </Field>
      <Choices
        legend="Strategies you are shown, by tier"
        options={TIERS.map((id) => ({ id, name: capital(id) }))}
        chosen={settings.tiers}
        isOneNeeded
        isBusy={isBusy}
        onChange={(tiers) => save({ tiers: TIERS.filter((tier) => tiers.includes(tier)) })}
      />
      <Choices
        legend="Strategies you prefer: shown first in the ticket"
        options={CHOOSABLE}
        chosen={settings.preferredStrategies}
        isBusy={isBusy}
        onChange={(preferredStrategies) => save({ preferredStrategies: [...preferredStrategies] })}
      />
      <Latency latencyMs={settings.latencyMs} onMeasured={(latencyMs) => save({ latencyMs })} />
      <Problem text={problem} />
    </Card>
  );
}

function Field({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span className="text-caption text-ink-faint">{label}</span>
      {children}
    </div>
  );
}

function Choices<T extends string>({
  legend,
  options,
  chosen,
  isOneNeeded = false,
  isBusy,
  onChange,
}: {
  legend: string;
  options: readonly { readonly id: T; readonly name: string }[];
  chosen: readonly string[];
  isOneNeeded?: boolean;
  isBusy: boolean;
  onChange: (chosen: readonly T[]) => void;
}) {
  const toggle = (id: T) => {
    const isChosen = chosen.includes(id);
    onChange(options.map((option) => option.id).filter((one) => (one === id ? !isChosen : chosen.includes(one))));
  };
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-caption text-ink-faint">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {options.map(({ id, name }) => (
          <label key={id} className="flex cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              disabled={isBusy || (isOneNeeded && chosen.length === 1 && chosen.includes(id))}
              onChange={() => toggle(id)}
              className="size-4 accent-ink"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Latency({ latencyMs, onMeasured }: { latencyMs: number; onMeasured: (latencyMs: number) => void }) {
  const [state, setState] = useState<'idle' | 'measuring' | 'failed'>('idle');
  const measure = async () => {
    setState('measuring');
    const measured = await measureLatency({ signal: AbortSignal.timeout(10_000) });
    setState(measured === null ? 'failed' : 'idle');
    if (measured !== null) onMeasured(measured);
  };
  return (
    <Field label="Round trip to the server">
      <div className="flex flex-wrap items-center gap-3">
        <span className="font-medium">{`${Math.round(latencyMs)} ms`}</span>
        <Button className="h-8 px-3" disabled={state === 'measuring'} onClick={() => void measure()}>
          {state === 'measuring' ? 'Measuring' : 'Measure'}
        </Button>
        {state === 'failed' && (
          <span role="alert" className="text-caption text-danger">
            The server did not answer.
          </span>
        )}
      </div>
    </Field>
  );
}
