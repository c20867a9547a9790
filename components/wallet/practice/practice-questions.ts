// What the practice wallet asks its player before it signs: one question at a time, as every wallet does. A second one while
// the first is open is refused with the code Phantom uses. The dialog shows it; nothing here knows React.
import type { TransactionContent } from '@/lib/wallet/describe-transaction';

type Question =
  | { readonly kind: 'message'; readonly address: string; readonly text: string }
  | { readonly kind: 'transaction'; readonly address: string; readonly content: TransactionContent };

export type PracticeQuestion = Question & { readonly answer: (isApproved: boolean) => void };

export type PracticeQuestions = {
  get(): PracticeQuestion | null;
  subscribe(listen: () => void): () => void;
  /** Rejects with 4001 when refused, with -32002 when another question is open. */
  ask(question: Question): Promise<void>;
};

export function createPracticeQuestions(): PracticeQuestions {
  const listeners = new Set<() => void>();
  let open: PracticeQuestion | null = null;
  const show = (question: PracticeQuestion | null) => {
    open = question;
    for (const listen of listeners) listen();
  };
  return {
    get: () => open,
    subscribe(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (open) return reject(walletError(-32002, 'Another question is open.'));
        const answer = (isApproved: boolean) => {
          show(null);
          if (isApproved) resolve();
          else reject(walletError(4001, 'The player refused.'));
        };
        show({ ...question, answer });
      }),
  };
}

/** As wallets throw them: lib/wallet/to-outcome reads the code. */
export function walletError(code: number, message: string): Error & { code: number } {
  return Object.assign(new Error(message), { code });
}
