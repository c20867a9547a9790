// A hash, a seed or an id under its name, whole and to be copied. Where fairness is shown.
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/verify/copy-button';

/** Shorter ones are read and typed as fast as copied. */
const COPY_CHARS_MIN = 17;

export function FairnessValue({
  label,
  text,
  none = 'not on record',
}: {
  label: string;
  text: string | null;
  none?: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <dt className="text-caption text-ink-faint">{label}</dt>
      {text === null ? (
        <dd className="text-ink-faint">{none}</dd>
      ) : (
        <dd className="flex items-start justify-between gap-2">
          <span className="min-w-0 font-mono text-caption leading-5 break-all text-ink">{text}</span>
          {text.length >= COPY_CHARS_MIN && <CopyButton text={text} what={label} className="-my-2 shrink-0" />}
        </dd>
      )}
    </div>
  );
}
