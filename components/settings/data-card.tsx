'use client';
// The player's data: all of it in one file, or deleted for good. What goes and what stays is told before and after.
import { Download } from 'lucide-react';
import { useState } from 'react';
import { askApi } from '@/components/safety/ask-api';
import { Problem, SafetyDialog } from '@/components/safety/safety-dialog';
import { Button, buttonVariants } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { walletSession } from '@/components/wallet/wallet-session';
import { deletionSchema, type DeletionView } from '@/lib/protocol/account-api';

type Step =
  | { readonly kind: 'loading' }
  | { readonly kind: 'asked'; readonly deletion: DeletionView }
  | { readonly kind: 'done'; readonly deletion: DeletionView };

export function DataCard({ className }: { className?: string }) {
  const [step, setStep] = useState<Step | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const preview = async () => {
    setProblem(null);
    setStep({ kind: 'loading' });
    const answer = await askApi({ method: 'GET', path: '/api/account/deletion', schema: deletionSchema });
    if (answer.ok) return setStep({ kind: 'asked', deletion: answer.value });
    setStep(null);
    setProblem(answer.error.message);
  };
  const remove = async () => {
    setBusy(true);
    const body = { confirm: 'delete' };
    const answer = await askApi({ method: 'DELETE', path: '/api/account', body, schema: deletionSchema });
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok) setStep({ kind: 'done', deletion: answer.value });
  };
  const close = () => {
    // Only now the page lets go of the player: the account is gone, and they have read what that means.
    if (step?.kind === 'done') void walletSession.restore();
    setStep(null);
    setProblem(null);
  };
  return (
    <Card title="Your data" className={className} data-testid="data">
      <p className="text-ink-soft">
        Everything on record about you, as one JSON file: account, events, sessions, bets, transactions, ledger.
      </p>
      <a href="/api/account/export" download className={cn(buttonVariants(), 'self-start')} data-testid="export">
        <Download aria-hidden />
        Export my data
      </a>
      <p className="border-t border-line pt-3 text-ink-soft">
        Or delete it. You are told exactly what goes and what stays before anything happens.
      </p>
      <Button className="self-start border-danger/60 text-danger" onClick={() => void preview()} data-testid="delete">
        Delete my data
      </Button>
      {step === null && <Problem text={problem} />}
      {step && (
        <DeleteDialog step={step} problem={problem} isBusy={isBusy} onDelete={() => void remove()} onClose={close} />
      )}
    </Card>
  );
}

function DeleteDialog({
  step,
  problem,
  isBusy,
  onDelete,
  onClose,
}: {
  step: Step;
  problem: string | null;
  isBusy: boolean;
  onDelete: () => void;
  onClose: () => void;
}) {
  const [isSure, setSure] = useState(false);
  const isDone = step.kind === 'done';
  return (
    <SafetyDialog
      isOpen
      onClose={onClose}
      title={isDone ? 'Your data is deleted' : 'Delete your data?'}
      description={isDone ? 'This is what was deleted, and what stays.' : 'This cannot be undone.'}
      testId="delete-dialog"
    >
      {step.kind === 'loading' ? (
        <Skeleton className="h-4 w-2/3" />
      ) : (
        <>
          <Lines title={isDone ? 'Deleted' : 'What goes'} lines={step.deletion.goes} />
          <Lines title="What stays" lines={step.deletion.stays} />
          <Problem text={problem ?? (isDone ? null : step.deletion.problem)} />
        </>
      )}
      {isDone ? (
        <Button variant="solid" className="self-start" onClick={onClose}>
          Close
        </Button>
      ) : (
        <>
          <label className="flex cursor-pointer items-start gap-3">
            <input
              type="checkbox"
              checked={isSure}
              onChange={(event) => setSure(event.target.checked)}
              className="mt-0.5 size-5 shrink-0 accent-ink"
            />
            I have read this, and exported what I want to keep.
          </label>
          <div className="flex flex-wrap gap-3">
            <Button
              className="border-danger/60 text-danger"
              disabled={!isSure || isBusy || step.kind === 'loading' || step.deletion.problem !== null}
              onClick={onDelete}
              data-testid="confirm-delete"
            >
              Delete for good
            </Button>
            <Button variant="quiet" onClick={onClose}>
              Keep it
            </Button>
          </div>
        </>
      )}
    </SafetyDialog>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-caption font-medium text-ink-faint">{title}</h3>
      <ul className="flex list-disc flex-col gap-1.5 pl-5 text-ink-soft marker:text-ink-faint">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
