'use client';
// One field of a form: its label, the text, its unit, and what is wrong with it in words, tied together for everybody.
import { useId, type ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export function TextField({
  label,
  value,
  unit,
  error,
  note,
  aside,
  name,
  onChange,
}: {
  label: string;
  value: string;
  unit: string;
  error?: string | null;
  note?: ReactNode;
  aside?: ReactNode;
  name: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const says = error ?? note;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-caption text-ink-faint">
          {label}
        </label>
        {aside}
      </div>
      <span
        className={cn(
          'flex h-9 items-center gap-2 rounded-control border bg-raised px-3 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ink',
          error ? 'border-danger' : 'border-line-strong',
        )}
      >
        <input
          id={id}
          name={name}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          maxLength={24}
          value={value}
          aria-invalid={error ? true : undefined}
          aria-describedby={says ? `${id}-unit ${id}-says` : `${id}-unit`}
          onChange={(event) => onChange(event.target.value)}
          className="w-full min-w-0 bg-transparent font-medium text-ink outline-none max-sm:text-[1rem]"
        />
        <span id={`${id}-unit`} className="text-caption whitespace-nowrap text-ink-faint">
          {unit}
        </span>
      </span>
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
