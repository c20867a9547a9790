'use client';
// The odds, told once before the first bet: to be read to the end and accepted. The numbers come from lib.
import { useState } from 'react';
import { Problem, SafetyDialog } from '@/components/safety/safety-dialog';
import { useAccountChange } from '@/components/safety/use-account';
import { Button } from '@/components/ui/button';
import { Figures } from '@/components/ui/figures';
import { computeOdds, describeOdds } from '@/lib/safety/odds-words';

export function OddsDialog({
  isOpen,
  onClose,
  onAccepted,
}: {
  isOpen: boolean;
  onClose: () => void;
  onAccepted?: () => void;
}) {
  const { isBusy, problem, run } = useAccountChange();
  const [isRead, setRead] = useState(false);
  const accept = async () => {
    if (!(await run({ method: 'POST', path: 'accept-odds', body: {} }))) return;
    onAccepted?.();
    onClose();
  };
  return (
    <SafetyDialog
      isOpen={isOpen}
      onClose={onClose}
      title="Before your first bet"
      description="What this bet is, in plain numbers. Most players lose money with it."
      testId="odds-dialog"
    >
      <OddsStatement />
      <label className="flex cursor-pointer items-start gap-3">
        <input
          type="checkbox"
          checked={isRead}
          onChange={(event) => setRead(event.target.checked)}
          className="mt-0.5 size-5 shrink-0 accent-ink"
        />
        I have read this. I bet what I can lose, and nothing else.
      </label>
      <Problem text={problem} />
      <div className="flex flex-wrap gap-3">
        <Button variant="solid" disabled={!isRead || isBusy} onClick={() => void accept()} data-testid="accept-odds">
          I understand the odds
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Not now
        </Button>
      </div>
    </SafetyDialog>
  );
}

/** The statement alone, wherever it is wanted. */
export function OddsStatement() {
  return (
    <ul data-testid="odds-statement" className="flex list-disc flex-col gap-2 pl-5 text-ink-soft marker:text-ink-faint">
      {describeOdds(computeOdds()).map((sentence, i) => (
        <li key={sentence} className={i < 2 ? 'font-medium text-ink' : undefined}>
          <Figures>{sentence}</Figures>
        </li>
      ))}
    </ul>
  );
}
