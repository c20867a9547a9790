'use client';
// What to verify, pasted by hand or filled in from the record. Refuses in words, field by field; checks nothing itself.
import { ShieldCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import type { RecordedPath, Round } from '@/components/verify/check-round';
import { PasteField } from '@/components/verify/paste-field';
import { parseDraft, type DraftErrors, type RoundDraft } from '@/components/verify/round-draft';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';

export function VerifyForm({
  initial,
  recordedOf,
  onCheck,
  onEdit,
}: {
  initial: RoundDraft;
  /** The recorded path of a game, when it is at hand. */
  recordedOf: (gameId: string) => RecordedPath | null;
  onCheck: (round: Round) => void;
  /** What is shown no longer answers what stands here. */
  onEdit: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(initial);
  const [errors, setErrors] = useState<DraftErrors>({});
  const edit = (change: Partial<RoundDraft>) => {
    setDraft((before) => ({ ...before, ...change }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in change))));
    onEdit();
  };
  const submit = () => {
    const parsed = parseDraft(draft, recordedOf);
    setErrors(parsed.ok ? {} : parsed.error);
    if (parsed.ok) return onCheck(parsed.value);
    const first = FIELDS.find(({ name }) => parsed.error[name] !== undefined);
    form.current?.querySelector<HTMLInputElement>(`[name=${first?.name}]`)?.focus();
  };
  return (
    <form
      ref={form}
      noValidate
      aria-label="Game to verify"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {FIELDS.map(({ name, label, note }) => (
        <PasteField
          key={name}
          name={name}
          label={label}
          note={note}
          value={draft[name]}
          error={errors[name]}
          onChange={(value) => edit({ [name]: value })}
        />
      ))}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="flex items-center gap-2 text-caption text-ink-faint">
          Generator
          <Segmented
            label="Version of the generator"
            value={draft.version}
            options={VERSIONS}
            onChange={(version) => edit({ version })}
          />
        </span>
        <Button type="submit" variant="solid">
          <ShieldCheck aria-hidden /> Verify
        </Button>
      </div>
    </form>
  );
}

const FIELDS: readonly { name: 'serverSeed' | 'gameId' | 'serverSeedHash'; label: string; note?: string }[] = [
  { name: 'serverSeed', label: 'Server seed, revealed after the game' },
  { name: 'gameId', label: 'Game id' },
  {
    name: 'serverSeedHash',
    label: 'Hash shown before the game (optional)',
    note: 'Without it the seed can be replayed, but not recognised.',
  },
];

const VERSIONS = [
  { value: 'v3', text: 'v3' },
  { value: 'v1', text: 'v1' },
] as const;
