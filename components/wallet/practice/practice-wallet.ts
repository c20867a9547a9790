// Fortytick's own wallet for players who have none: a Wallet Standard wallet like any other, with a key in this browser. It
// signs for the practice chain only and asks its player before everything it signs. It never sends and knows no server.
import type { IdentifierString, Wallet, WalletAccount } from '@wallet-standard/base';
import type { SolanaSignInInput } from '@solana/wallet-standard-features';
import type { SolanaWallet, StandardFeatures } from '@/components/wallet/ports/standard-wallet';
import type { PracticeKey, PracticeKeyStore } from '@/components/wallet/practice/practice-key';
import { walletError, type PracticeQuestions } from '@/components/wallet/practice/practice-questions';
import { buildSiwsMessage, type SiwsMessage } from '@/lib/auth/siws-message';
import { describeTransaction } from '@/lib/wallet/describe-transaction';
import { PRACTICE_CHAIN, PRACTICE_WALLET_NAME } from '@/lib/wallet/practice-chain';
import { addSignature, parseEnvelope } from '@/lib/wallet/transaction-bytes';

type Change = Parameters<Parameters<NonNullable<StandardFeatures['standard:events']>['on']>[1]>[0];

export type PracticeWallet = SolanaWallet & {
  /** The key is gone: nobody is connected any more. */
  forget(): void;
};

export function createPracticeWallet(keys: PracticeKeyStore, questions: PracticeQuestions): PracticeWallet {
  const listeners = new Set<(change: Change) => void>();
  let accounts: readonly WalletAccount[] = [];

  function setAccounts(next: readonly WalletAccount[]): void {
    accounts = next;
    for (const listen of listeners) listen({ accounts });
  }

  function connect(key: PracticeKey): WalletAccount {
    if (accounts[0]?.address !== key.address) setAccounts([toAccount(key)]);
    return accounts[0]!;
  }

  function keyOf(account: WalletAccount): PracticeKey {
    const key = keys.get();
    if (!key || key.address !== account.address) throw walletError(4100, 'The practice wallet has no such account.');
    return key;
  }

  const features: StandardFeatures & { 'standard:disconnect': unknown; 'standard:events': unknown } = {
    'standard:connect': {
      version: '1.0.0',
      async connect({ silent } = {}) {
        const kept = keys.get();
        if (!kept && silent) return { accounts: [] };
        return { accounts: [connect(kept ?? keys.create())] };
      },
    } as StandardFeatures['standard:connect'],
    'standard:disconnect': { version: '1.0.0', disconnect: async () => setAccounts([]) } as never,
    'standard:events': {
      version: '1.0.0',
      on(_: 'change', listen: (change: Change) => void) {
        listeners.add(listen);
        return () => listeners.delete(listen);
      },
    } as never,
    'solana:signIn': {
      version: '1.0.0',
      signIn: (...inputs) => oneByOne(inputs, signIn),
    },
    'solana:signMessage': {
      version: '1.1.0',
      signMessage: (...inputs) => oneByOne(inputs, ({ account, message }) => signMessage(keyOf(account), message)),
    },
    'solana:signTransaction': {
      version: '1.0.0',
      supportedTransactionVersions: ['legacy', 0],
      signTransaction: (...inputs) =>
        oneByOne(inputs, ({ account, transaction, chain }) => signTransaction(keyOf(account), transaction, chain)),
    },
  };

  async function signIn(input: SolanaSignInInput = {}) {
    if (input.chainId !== PRACTICE_CHAIN && input.chainId !== 'localnet') throw wrongChain(input.chainId);
    const account = connect(keys.get() ?? keys.create());
    const text = buildSiwsMessage({ ...(input as SiwsMessage), address: account.address });
    const signed = await signMessage(keyOf(account), new TextEncoder().encode(text));
    return { account, ...signed };
  }

  async function signMessage(key: PracticeKey, message: Uint8Array) {
    await questions.ask({ kind: 'message', address: key.address, text: new TextDecoder().decode(message) });
    return { signedMessage: message, signature: key.sign(message) };
  }

  async function signTransaction(key: PracticeKey, transaction: Uint8Array, chain?: string) {
    if (chain !== undefined && chain !== PRACTICE_CHAIN) throw wrongChain(chain);
    const content = describeTransaction(transaction);
    // What cannot be read cannot be told in words, and is not signed.
    if (!content) throw walletError(-32000, 'The practice wallet cannot read this transaction.');
    await questions.ask({ kind: 'transaction', address: key.address, content });
    const signature = key.sign(parseEnvelope(transaction)!.message);
    return { signedTransaction: addSignature(transaction, key.publicKey, signature) };
  }

  return {
    version: '1.0.0',
    name: PRACTICE_WALLET_NAME,
    icon: ICON,
    chains: [PRACTICE_CHAIN],
    get accounts() {
      return accounts;
    },
    features: features as StandardFeatures & Wallet['features'],
    forget() {
      keys.forget();
      setAccounts([]);
    },
  };
}

/** The standard takes several at once; a player is asked about one after the other. */
async function oneByOne<I, O>(inputs: readonly I[], sign: (input: I) => Promise<O>): Promise<O[]> {
  const outputs: O[] = [];
  for (const input of inputs) outputs.push(await sign(input));
  return outputs;
}

function wrongChain(chain: string | undefined): Error {
  return walletError(
    4901,
    `The practice wallet signs for ${PRACTICE_CHAIN} only, not for ${chain ?? 'an unnamed chain'}.`,
  );
}

function toAccount(key: PracticeKey): WalletAccount {
  return {
    address: key.address,
    publicKey: key.publicKey,
    chains: [PRACTICE_CHAIN as IdentifierString],
    features: ['solana:signIn', 'solana:signMessage', 'solana:signTransaction'],
    label: 'Practice wallet · no real money',
  };
}

/** A hatched square, as everything that is not the real thing is hatched here. */
const ICON =
  'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAzMiAzMiI+PHJlY3Qgd2lkdGg9IjMyIiBoZWlnaHQ9IjMyIiByeD0iNyIgZmlsbD0iIzI2MmUzMCIvPjxwYXRoIGQ9Ik00IDIwIDIwIDRNNCAyOCAyOCA0TTEyIDI4IDI4IDEyIiBzdHJva2U9IiM2ZWUwYmYiIHN0cm9rZS13aWR0aD0iMyIvPjwvc3ZnPg==';
