'use client';
// The practice wallet's own window: what is about to be signed, in words, and two answers. Marked as play money.
import { useSyncExternalStore } from 'react';
import { WalletDialog } from '@/components/account-menu/wallet-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { openWalletSession } from '@/components/wallet/open-wallet-session';
import type { PracticeQuestion } from '@/components/wallet/practice/practice-questions';
import { formatSol } from '@/lib/units/lamports';
import type { TransactionContent, TransactionStep } from '@/lib/wallet/describe-transaction';
import { shortAddress } from '@/lib/wallet/short-address';

export function PracticeQuestionDialog() {
  const here = openWalletSession();
  const practice = useSyncExternalStore(here.wallets.subscribe, here.practice, here.practice);
  const questions = practice?.practiceQuestions;
  const question = useSyncExternalStore(
    questions?.subscribe ?? subscribeToNothing,
    () => questions?.get() ?? null,
    () => null,
  );
  if (!question) return null;
  const isMessage = question.kind === 'message';
  return (
    <WalletDialog
      isOpen
      onClose={() => question.answer(false)}
      testId="practice-question"
      title={isMessage ? 'Sign in with the practice wallet?' : 'Sign this with the practice wallet?'}
      description={<Badge tone="phase">Practice wallet · no real money</Badge>}
    >
      {question.kind === 'message' ? (
        <Message text={question.text} />
      ) : (
        <Content content={question.content} question={question} />
      )}
      <div className="flex gap-2">
        <Button className="grow" onClick={() => question.answer(false)} data-testid="practice-refuse">
          Refuse
        </Button>
        <Button
          className="grow"
          variant="solid"
          autoFocus
          // The Enter that asked for it may still be held down: it is no answer.
          onKeyDown={(event) => event.repeat && event.preventDefault()}
          onClick={() => question.answer(true)}
          data-testid="practice-approve"
        >
          {isMessage ? 'Sign in' : 'Sign'}
        </Button>
      </div>
    </WalletDialog>
  );
}

function Message({ text }: { text: string }) {
  return (
    <pre className="max-h-48 overflow-auto rounded-control border border-line bg-ground p-3 font-mono text-caption break-words whitespace-pre-wrap text-ink-soft">
      {text}
    </pre>
  );
}

function Content({ content, question }: { content: TransactionContent; question: PracticeQuestion }) {
  return (
    <ul className="flex flex-col divide-y divide-line rounded-control border border-line bg-ground px-3">
      {content.steps.map((step, index) => (
        <li key={index} className="flex flex-col py-2">
          <Step step={step} address={question.address} />
        </li>
      ))}
      <li className="py-2 text-ink-soft">
        {content.feePayer === question.address ? 'You pay' : `${shortAddress(content.feePayer)} pays`} the network’s
        fee.
      </li>
    </ul>
  );
}

function Step({ step, address }: { step: TransactionStep; address: string }) {
  if (step.kind === 'memo') return <span className="break-all">Notes “{step.text}”</span>;
  if (step.kind === 'unknown') {
    return <span className="text-danger">Calls a program it does not know: {shortAddress(step.program)}</span>;
  }
  return (
    <>
      <span>
        {step.from === address ? 'Pays' : `Moves from ${shortAddress(step.from)}`}{' '}
        <strong className="font-semibold">{formatSol(step.lamports)} practice SOL</strong>
      </span>
      <span className="text-caption text-ink-faint" title={step.to}>
        to {shortAddress(step.to)}
      </span>
    </>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}
