'use client';
// The limits as they stand, what waits and when it comes, and one form to change them. The server decides what acts at once
// and what waits; here it is said before and after.
import { useState, type FormEvent } from 'react';
import { TextField } from '@/components/advice/text-field';
import { Problem } from '@/components/safety/safety-dialog';
import { useAccountChange, type Changing } from '@/components/safety/use-account';
import { computeLimitChanges, foretellChange, toLimitDraft, type LimitDraft } from '@/components/settings/limit-draft';
import { Time } from '@/components/time/time';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { AccountView } from '@/lib/protocol/account-api';
import { sol } from '@/lib/risk/words';
import { LIMIT_RULES, limitRule } from '@/lib/safety/limit-fields';
import { formatLimit, LIMIT_UNITS } from '@/lib/safety/limit-words';

export function LimitsCard({ view, className }: { view: AccountView; className?: string }) {
  const changing = useAccountChange();
  return (
    <Card title="Limits" className={className} data-testid="limits">
      <p className="max-w-prose text-ink-soft">
        What protects you more acts at once. What protects you less waits 24 hours, and can be taken back until then.
        Nobody can make it faster. Each venue is counted by itself; ending a session by hand does not begin its limits
        anew.
      </p>
      <Pending view={view} changing={changing} />
      <LimitsForm view={view} changing={changing} />
      <Recent view={view} />
    </Card>
  );
}

function Pending({ view, changing }: { view: AccountView; changing: Changing }) {
  const { pending, limits } = view.account.safety;
  if (pending.length === 0) return null;
  return (
    <ul
      aria-label="Changes that wait"
      className="flex flex-col divide-y divide-line rounded-control border border-line-strong"
    >
      {pending.map(({ field, value, effectiveAt }) => (
        <li
          key={field}
          data-testid="pending-raise"
          data-field={field}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2"
        >
          <span>
            <span className="font-medium">{limitRule(field).label}</span>
            {`: ${formatLimit(field, limits[field])} now, ${formatLimit(field, value)} from `}
            <Time at={effectiveAt} />
          </span>
          <Button
            className="h-8 px-3"
            disabled={changing.isBusy}
            onClick={() => void changing.run({ method: 'POST', path: 'limits/withdraw', body: { fields: [field] } })}
          >
            Withdraw
          </Button>
        </li>
      ))}
    </ul>
  );
}

function LimitsForm({ view, changing }: { view: AccountView; changing: Changing }) {
  const [draft, setDraft] = useState<LimitDraft>(() => toLimitDraft(view.account.safety));
  const [isTried, setTried] = useState(false);
  // What was saved here or elsewhere is taken over in place, so that the focus stays where it is.
  const saved = describeSaved(view);
  const [known, setKnown] = useState(saved);
  if (saved !== known) {
    setKnown(saved);
    setDraft(toLimitDraft(view.account.safety));
    setTried(false);
  }
  const { errors, body, changed } = computeLimitChanges(view.account.safety, draft);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const [first] = Object.keys(errors);
    if (first) return event.currentTarget.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    if (changed.length > 0) void changing.run({ method: 'PUT', path: 'limits', body });
  };
  const field = (name: keyof LimitDraft, label: string, unit: string, note: string | null) => (
    <TextField
      key={name}
      name={name}
      label={label}
      unit={unit}
      value={draft[name]}
      error={isTried ? (errors[name] ?? null) : null}
      note={note}
      onChange={(value) => setDraft({ ...draft, [name]: value })}
    />
  );
  return (
    <form aria-label="Limits" noValidate onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid grid-cols-1 gap-x-5 gap-y-4 @min-[28rem]:grid-cols-2">
        {LIMIT_RULES.map(({ field: name, label, kind }) =>
          field(
            name,
            label,
            name === 'maxStakeFraction' ? '% of bankroll' : LIMIT_UNITS[kind],
            foretellChange(view.account.safety, draft, name),
          ),
        )}
        {field('highRiskLamports', 'Ask twice above a stake of', 'SOL', null)}
      </div>
      <Problem text={changing.problem} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="solid" disabled={changing.isBusy || changed.length === 0}>
          Save limits
        </Button>
        {changed.length > 0 && (
          <Button variant="quiet" onClick={() => setDraft(toLimitDraft(view.account.safety))}>
            Undo
          </Button>
        )}
      </div>
    </form>
  );
}

function describeSaved({ account: { safety } }: AccountView): string {
  return JSON.stringify([safety.limits, safety.highRiskLamports, safety.pending]);
}

function Recent({ view }: { view: AccountView }) {
  const { practice, paper, assisted } = view.activity;
  const rows = [
    { name: 'Practice chain', of: practice },
    { name: 'Paper', of: paper },
    { name: 'rugs.fun', of: assisted },
  ].filter(({ of }) => of.dayNetLamports !== '0' || of.openStakeLamports !== '0');
  if (rows.length === 0) return <p className="text-caption text-ink-faint">No result in the last 24 hours.</p>;
  return (
    <ul className="flex flex-col gap-1 text-caption text-ink-faint">
      {rows.map(({ name, of }) => (
        <li key={name}>
          {`${name}: ${sol(BigInt(of.hourNetLamports))} in the last hour, ${sol(BigInt(of.dayNetLamports))} in 24 hours, ${sol(BigInt(of.openStakeLamports))} open.`}
        </li>
      ))}
    </ul>
  );
}
