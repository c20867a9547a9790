'use client';
// The stake: typed, or taken from a chip. The chip of the advice is there only when the advice is to bet.
import { useId, type Ref } from 'react';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import { formatSol, type Lamports } from '@/lib/units/lamports';

const CHIPS = ['0.001', '0.01', '0.05', '0.1'];

export function AmountField({
  value,
  error,
  advisedLamports,
  adviceSentence,
  mark,
  isDisabled,
  inputRef,
  onChange,
}: {
  value: string;
  error: string | null;
  advisedLamports: Lamports | null;
  adviceSentence: string;
  mark: string;
  isDisabled: boolean;
  inputRef: Ref<HTMLInputElement>;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex items-baseline justify-between gap-2 text-caption text-ink-faint">
        Stake <span className="truncate">{mark}</span>
      </label>
      <span
        className={cn(
          'flex h-12 items-center gap-2 rounded-control border bg-raised px-3 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-ink',
          error ? 'border-danger' : 'border-line-strong',
        )}
      >
        <input
          ref={inputRef}
          id={id}
          data-testid="ticket-amount"
          type="text"
          inputMode="decimal"
          enterKeyHint="go"
          autoComplete="off"
          spellCheck={false}
          maxLength={24}
          placeholder="0.00"
          value={value}
          disabled={isDisabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-says`}
          onChange={(event) => onChange(event.target.value)}
          className="w-full min-w-0 bg-transparent text-figure-large font-semibold text-ink outline-none placeholder:text-line-strong"
        />
        <span className="text-ink-faint">SOL</span>
      </span>
      <div className="flex flex-wrap gap-1.5">
        {advisedLamports !== null && (
          <Chip
            text={`Advised ${formatSol(advisedLamports)}`}
            onClick={() => onChange(formatSol(advisedLamports))}
            isStrong
          />
        )}
        {CHIPS.map((chip) => (
          <Chip key={chip} text={chip} isOn={value === chip} onClick={() => onChange(chip)} />
        ))}
      </div>
      <p
        id={`${id}-says`}
        data-testid="ticket-advice"
        role={error ? 'alert' : undefined}
        className={cn('text-caption', error ? 'text-danger' : 'text-ink-faint')}
      >
        <Figures>{error ?? adviceSentence}</Figures>
      </p>
    </div>
  );
}

function Chip({
  text,
  onClick,
  isOn = false,
  isStrong = false,
}: {
  text: string;
  onClick: () => void;
  isOn?: boolean;
  isStrong?: boolean;
}) {
  return (
    <button
      type="button"
      data-testid="ticket-chip"
      aria-pressed={isOn}
      onClick={onClick}
      className={cn(
        'h-9 grow rounded-control border border-line px-2 font-medium text-ink-soft transition-colors hover:border-line-strong hover:text-ink lg:h-7 lg:text-caption',
        isOn && 'border-line-strong bg-line text-ink',
        isStrong && 'border-zone/60 text-zone hover:border-zone hover:text-zone',
      )}
    >
      {text}
    </button>
  );
}
