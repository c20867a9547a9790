import type { ReactNode } from 'react';

/** A page that has only one thing to say. */
export function Notice({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="flex grow flex-col items-start justify-center gap-4 rounded-panel border border-line bg-surface px-6 py-16 sm:px-12">
      <h1 className="text-figure-large font-semibold tracking-tight">{title}</h1>
      <p className="max-w-prose text-lead text-ink-soft">{text}</p>
      {children}
    </div>
  );
}
