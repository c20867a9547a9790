// What the player has on the practice chain and on paper, as the menu shows it, and practice SOL for the asking. An airdrop
// is on the chain a block later: the balance is asked again until it shows. Knows no React.
import type { Ask, AskProblem } from '@/components/safety/ask-api';
import {
  airdropAnswerSchema,
  ledgerSummarySchema,
  practiceBalanceSchema,
  type LedgerSummary,
  type PracticeBalance,
} from '@/lib/protocol/ledger-api';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { Result } from '@/lib/units/result';

export type OwnBalances = {
  /** Null until known, or while the chain does not answer. */
  readonly chain: { readonly cluster: string; readonly lamports: Lamports; readonly airdropsLeft: number } | null;
  readonly paperLamports: Lamports | null;
  /** Why something is missing or was refused; null while all is well. */
  readonly problem: string | null;
  readonly isAsking: boolean;
};

export const UNKNOWN: OwnBalances = { chain: null, paperLamports: null, problem: null, isAsking: false };

export type OwnBalancesParts = {
  readonly ask: <T>(question: Ask<T>) => Promise<Result<T, AskProblem>>;
  readonly wait: (delayMs: number) => Promise<void>;
  readonly show: (balances: OwnBalances) => void;
};

/** A block takes 400 ms; ten looks are six seconds, after which the player is told. */
const LOOK_AGAIN_MS = 600;
const LOOKS_MAX = 10;

export function createOwnBalances({ ask, wait, show }: OwnBalancesParts) {
  let state = UNKNOWN;
  const set = (change: Partial<OwnBalances>) => show((state = { ...state, ...change }));

  const askChain = () => ask({ method: 'GET', path: '/api/practice/balance', schema: practiceBalanceSchema });

  async function load(): Promise<void> {
    const [chain, ledger] = await Promise.all([
      askChain(),
      ask({ method: 'GET', path: '/api/ledger/summary', schema: ledgerSummarySchema }),
    ]);
    set({
      ...(chain.ok && { chain: toChain(chain.value) }),
      ...(ledger.ok && { paperLamports: paperOf(ledger.value) }),
      problem: chain.ok ? null : chain.error.message,
    });
  }

  async function airdrop(): Promise<void> {
    if (state.isAsking) return;
    const before = state.chain?.lamports ?? null;
    set({ isAsking: true, problem: null });
    const given = await ask({ method: 'POST', path: '/api/practice/airdrop', body: {}, schema: airdropAnswerSchema });
    if (!given.ok) return set({ isAsking: false, problem: given.error.message });
    for (let look = 1; look <= LOOKS_MAX; look++) {
      const chain = await askChain();
      if (chain.ok) set({ chain: toChain(chain.value) });
      if (chain.ok && state.chain?.lamports !== before) return set({ isAsking: false });
      await wait(LOOK_AGAIN_MS);
    }
    set({
      isAsking: false,
      problem: 'The practice SOL is on its way, but not on the chain yet. Look again in a moment.',
    });
  }

  return { load, airdrop };
}

function toChain({ cluster, lamports: amount, airdropsLeft }: PracticeBalance): NonNullable<OwnBalances['chain']> {
  return { cluster, lamports: lamports(BigInt(amount)), airdropsLeft };
}

/** Who never bet on paper has no account there yet. */
function paperOf({ own }: LedgerSummary): Lamports | null {
  const paper = own?.find(({ account }) => account === 'paper');
  return paper ? lamports(BigInt(paper.lamports)) : null;
}
