'use client';
// Replaces the whole document when even the layout failed: it may lean on nothing but the style sheet.
import '@/app/globals.css';

export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col items-start justify-center gap-4 bg-ground px-6 text-ink sm:px-16">
        <title>Fortytick failed to draw</title>
        <h1 className="text-figure-large font-semibold">Fortytick failed to draw</h1>
        <p className="max-w-prose text-lead text-ink-soft">
          The fault is in the page, not in the game or in your bets. The feed and the record go on without it.
        </p>
        <button
          type="button"
          className="h-9 rounded-control bg-ink px-4 font-medium text-ground"
          onClick={() => retry()}
        >
          Draw it again
        </button>
      </body>
    </html>
  );
}
