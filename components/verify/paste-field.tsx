'use client';
// A field for something long that is pasted: its label, the text, and what is wrong with it in words.
import { useId } from 'react';
import { cn } from '@/components/ui/cn';

/** Three times the longest thing that belongs here; what is cut off was wrong anyway. */
const CHARS_MAX = 200;

export function PasteField({
  label,
  name,
  value,
  error,
  note,
  onChange,
}: {
  label: string;
  name: string;
  value: string;
  error?: string;
  note?: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const says = error ?? note;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-caption text-ink-faint">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type="text"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={CHARS_MAX}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={says ? `${id}-says` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className={cn(
          'h-10 w-full min-w-0 rounded-control border bg-raised px-3 font-mono text-caption text-ink max-sm:text-[1rem]',
          error ? 'border-danger' : 'border-line-strong',
        )}
      />
      {says && (
        <span
          id={`${id}-says`}
          role={error ? 'alert' : undefined}
          className={cn('text-caption', error ? 'text-danger' : 'text-ink-faint')}
        >
          {says}
        </span>
      )}
    </div>
  );
}
