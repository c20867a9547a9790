'use client';
// The player's bankroll and limits. Nothing is taken over before it is saved, and nothing is saved that does not hold.
import { useId, useState, type FormEvent } from 'react';
import type { Advisor } from '@/components/advice/advisor';
import { measureLatency } from '@/components/advice/measure-latency';
import {
  changeBankroll,
  parseDraft,
  toDraft,
  type ProfileDraft,
  type ProfileField,
  type ProfileFieldErrors,
} from '@/components/advice/profile-draft';
import { TextField } from '@/components/advice/text-field';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { useWalletSession } from '@/components/wallet/use-wallet-session';
import type { Profile } from '@/lib/risk/profile';
import { RISK_PROFILES } from '@/lib/risk/tier';

const RISK_OPTIONS = RISK_PROFILES.map((value) => ({ value, text: value.charAt(0).toUpperCase() + value.slice(1) }));

const FIELDS: readonly { field: Exclude<ProfileField, 'riskProfile' | 'latencyMs'>; label: string; unit: string }[] = [
  { field: 'bankroll', label: 'Bankroll', unit: 'SOL' },
  { field: 'maxStakePercent', label: 'Largest stake', unit: '% of bankroll' },
  { field: 'perGameLoss', label: 'Largest loss in a game', unit: 'SOL' },
  { field: 'perSessionLoss', label: 'Largest loss in a session', unit: 'SOL' },
];

export function ProfileForm({
  id,
  profile,
  advisor,
  onDone,
}: {
  id?: string;
  profile: Profile;
  advisor: Pick<Advisor, 'save' | 'reset'>;
  onDone: () => void;
}) {
  const isSignedIn = useWalletSession().status === 'signed-in';
  const [draft, setDraft] = useState(() => toDraft(profile));
  const [errors, setErrors] = useState<ProfileFieldErrors>({});
  const change = (next: ProfileDraft) => {
    setDraft(next);
    // What was told is told until it is mended; a field not yet left is not scolded.
    if (Object.keys(errors).length > 0) setErrors(errorsOf(next, profile));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = parseDraft(draft, profile);
    if (!parsed.ok) {
      setErrors(parsed.error);
      const [first] = Object.keys(parsed.error);
      event.currentTarget.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
      return;
    }
    advisor.save(parsed.value);
    onDone();
  };
  const reset = () => {
    advisor.reset();
    onDone();
  };
  return (
    <form
      id={id}
      data-testid="profile-form"
      aria-label="Your profile"
      noValidate
      onSubmit={submit}
      className="flex flex-col gap-4 rounded-control border border-line p-4"
    >
      <div className="grid grid-cols-1 gap-x-5 gap-y-4 @min-[28rem]:grid-cols-2">
        {FIELDS.map(({ field, label, unit }) => (
          <TextField
            key={field}
            name={field}
            label={label}
            unit={unit}
            value={draft[field]}
            error={errors[field]}
            onChange={(value) =>
              change(field === 'bankroll' ? changeBankroll(draft, value) : { ...draft, [field]: value })
            }
          />
        ))}
        <Temper value={draft.riskProfile} onChange={(riskProfile) => change({ ...draft, riskProfile })} />
        <LatencyField
          draft={draft}
          error={errors.latencyMs}
          onChange={(latencyMs) => change({ ...draft, latencyMs })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="solid">
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        <Button variant="quiet" className="ml-auto" onClick={reset}>
          Back to defaults
        </Button>
      </div>
      <p className="text-caption text-ink-faint">
        {isSignedIn
          ? 'Saved to your account. A lower limit acts at once; a higher limit or bankroll waits 24 hours. All of it is in Settings.'
          : 'Kept in this browser only.'}
      </p>
    </form>
  );
}

function errorsOf(draft: ProfileDraft, profile: Profile): ProfileFieldErrors {
  const parsed = parseDraft(draft, profile);
  return parsed.ok ? {} : parsed.error;
}

function Temper({
  value,
  onChange,
}: {
  value: ProfileDraft['riskProfile'];
  onChange: (value: ProfileDraft['riskProfile']) => void;
}) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col items-start gap-1.5">
      <span id={id} className="text-caption text-ink-faint">
        How bold you play
      </span>
      <Segmented label="How bold you play" value={value} options={RISK_OPTIONS} onChange={onChange} />
    </div>
  );
}

function LatencyField({
  draft,
  error,
  onChange,
}: {
  draft: ProfileDraft;
  error?: string;
  onChange: (latencyMs: string) => void;
}) {
  const [state, setState] = useState<'idle' | 'measuring' | 'failed'>('idle');
  const measure = async () => {
    setState('measuring');
    const latencyMs = await measureLatency({ signal: AbortSignal.timeout(5_000) });
    setState(latencyMs === null ? 'failed' : 'idle');
    if (latencyMs !== null) onChange(String(latencyMs));
  };
  return (
    <TextField
      name="latencyMs"
      label="Round trip of a bet"
      unit="ms"
      value={draft.latencyMs}
      error={error}
      note={state === 'failed' ? 'The server did not answer.' : 'Measured to this server.'}
      aside={
        <button
          type="button"
          onClick={measure}
          disabled={state === 'measuring'}
          className="rounded-small text-caption text-ink-soft underline underline-offset-2 hover:text-ink disabled:opacity-50"
        >
          {state === 'measuring' ? 'Measuring…' : 'Measure'}
        </button>
      }
      onChange={onChange}
    />
  );
}
