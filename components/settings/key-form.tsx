'use client';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import type { CreateKeyRequest } from '@/lib/protocol/auth-api';

const MAY = [
  { value: 'read', text: 'Read' },
  { value: 'bet-paper', text: 'Bet on paper' },
  { value: 'bet', text: 'Bet' },
] as const;
const DAY_MS = 86_400_000;
const UNTIL = [
  { value: '30', text: '30 days' },
  { value: '90', text: '90 days' },
  { value: '365', text: '1 year' },
  { value: 'never', text: 'Until revoked' },
] as const;

export function KeyForm({
  isBusy,
  onCreate,
  onCancel,
}: {
  isBusy: boolean;
  onCreate: (request: CreateKeyRequest) => void;
  onCancel: () => void;
}) {
  const [name, setName] = useState('');
  const [may, setMay] = useState<(typeof MAY)[number]['value']>('read');
  const [days, setDays] = useState<(typeof UNTIL)[number]['value']>('90');
  const [ips, setIps] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCreate({
      name: name.trim(),
      permissions: [may],
      allowedIps: ips.split(/[\s,]+/).filter(Boolean),
      expiresAt: days === 'never' ? null : Date.now() + Number(days) * DAY_MS,
    });
  };
  return (
    <form aria-label="New key" onSubmit={submit} className="flex flex-col gap-4 rounded-control border border-line p-4">
      <div className="grid grid-cols-1 gap-4 @min-[36rem]:grid-cols-2">
        <Text label="Name" value={name} maxLength={60} placeholder="What it is for" onChange={setName} />
        <Text
          label="Addresses it may come from; empty for any"
          value={ips}
          maxLength={400}
          placeholder="192.0.2.7, 192.0.2.0/24"
          onChange={setIps}
        />
        <Choice label="It may">
          <Segmented label="Permission" value={may} options={MAY} onChange={setMay} />
        </Choice>
        <Choice label="It holds">
          <Segmented label="Expiry" value={days} options={UNTIL} onChange={setDays} />
        </Choice>
      </div>
      <p className="text-caption text-ink-faint">
        “Bet” includes paper, and both include reading. Bets on the practice chain still need your wallet’s signature.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="solid" disabled={isBusy || name.trim() === ''}>
          Create
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Text({
  label,
  onChange,
  ...props
}: {
  label: string;
  value: string;
  maxLength: number;
  placeholder: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="flex min-w-0 flex-col gap-1">
      <span className="text-caption text-ink-faint">{label}</span>
      <input
        {...props}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 min-w-0 rounded-control border border-line-strong bg-raised px-3 text-ink max-sm:text-[1rem]"
      />
    </label>
  );
}

function Choice({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span className="text-caption text-ink-faint">{label}</span>
      {children}
    </div>
  );
}
