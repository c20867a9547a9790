// The injected half of the test's Phantom: runs in the page, bundled by phantom-provider.ts. Behaves as Phantom's provider is
// documented and seen to: its flags, events, error codes, one request at a time, trust kept per site, real ed25519 keys. The
// player's decisions come from the test.
import { ed25519 } from '@noble/curves/ed25519.js';
import bs58 from 'bs58';
import { registerStandardPhantom } from '@/e2e/kit/phantom-standard';

export type Decision = 'approve' | 'refuse' | 'never' | 'tamper';

export type PhantomSettings = {
  /** 32-byte seeds as hex, one for each account of the wallet. */
  readonly seeds: readonly string[];
  /** Accounts that this site may see once the player allowed it; switching to another one tells it null. */
  readonly sharedAccounts: readonly number[];
  readonly isStandard: boolean;
  readonly hasSignIn: boolean;
  /** Where signAndSendTransaction sends, as Phantom has its own node. */
  readonly rpcUrl: string | null;
};

/** What outlives a reload: in the extension's own storage for the real one. */
type Kept = { isTrusted: boolean; account: number };

/** `decision` null: came while another was open, and was turned away with -32002. */
export type PhantomRequest = { readonly method: string; readonly decision: Decision | null };

/** What the test reaches through `window.phantomControl`. */
export type PhantomControl = {
  /** Decisions for the next requests, in order; further ones are approved. */
  decide(...decisions: Decision[]): void;
  /** Answers the request that was left open. */
  answer(decision: 'approve' | 'refuse'): void;
  switchAccount(index: number): void;
  /** The player disconnects this site in the wallet. */
  revoke(): void;
  requests(): readonly PhantomRequest[];
};

export type SignInInput = { readonly domain?: string; readonly address?: string } & Readonly<Record<string, unknown>>;
type Listener = (argument: unknown) => void;
type Transaction = {
  recentBlockhash?: string;
  readonly message?: {
    recentBlockhash: string;
    serialize(): Uint8Array;
    readonly staticAccountKeys: readonly { toBase58(): string }[];
  };
  signatures: unknown[];
  serializeMessage?(): Uint8Array;
  serialize(options?: object): Uint8Array;
};

export type PhantomProvider = ReturnType<typeof installPhantom>['provider'];

declare const PHANTOM_SETTINGS: PhantomSettings;

const KEPT = 'phantom-of-the-test';

export class ProviderError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const REFUSED = () => new ProviderError(4001, 'User rejected the request.');
const NOT_AUTHORISED = () =>
  new ProviderError(4100, 'The requested method and/or account has not been authorized by the user.');
const BUSY = () => new ProviderError(-32002, 'Resource not available: Only one approve window can be open at a time.');

function publicKeyOf(seed: Uint8Array) {
  const bytes = ed25519.getPublicKey(seed);
  const text = bs58.encode(bytes);
  return {
    toBytes: () => bytes,
    toBase58: () => text,
    toString: () => text,
    toJSON: () => text,
    equals: (other: { toString(): string }) => other.toString() === text,
  };
}

export function installPhantom(settings: PhantomSettings) {
  const kept: Kept = JSON.parse(localStorage.getItem(KEPT) ?? '{"isTrusted":false,"account":0}') as Kept;
  const keep = () => localStorage.setItem(KEPT, JSON.stringify(kept));
  const listeners = new Map<string, Set<Listener>>();
  const decisions: Decision[] = [];
  const requests: PhantomRequest[] = [];
  let open: ((decision: Decision) => void) | null = null;
  let isConnected = false;

  const seed = () => Uint8Array.from(settings.seeds[kept.account]!.match(/../g)!, (hex) => parseInt(hex, 16));
  const key = () => publicKeyOf(seed());
  const emit = (event: string, argument?: unknown) => listeners.get(event)?.forEach((listen) => listen(argument));

  /** Opens the wallet's window, as the player sees it: one at a time. */
  async function askPlayer(method: string): Promise<Decision> {
    if (open) {
      requests.push({ method, decision: null });
      throw BUSY();
    }
    const decision = decisions.shift() ?? 'approve';
    requests.push({ method, decision });
    const made = await new Promise<Decision>((resolve) => {
      open = resolve;
      // A person takes a moment; long enough for a second request to come too early.
      if (decision !== 'never') setTimeout(() => resolve(decision), 30);
    });
    open = null;
    if (made === 'refuse') throw REFUSED();
    return made;
  }

  function becomeConnected() {
    isConnected = true;
    emit('connect', key());
    return { publicKey: key() };
  }

  /** `tamper`: the wallet changes what it was given, as one that adds a fee of its own does. */
  async function signBytes(method: string, bytes: Uint8Array): Promise<{ message: Uint8Array; signature: Uint8Array }> {
    if (!isConnected) throw NOT_AUTHORISED();
    const decision = await askPlayer(method);
    const message = Uint8Array.from(bytes);
    if (decision === 'tamper') message[message.length - 1]! ^= 1;
    return { message, signature: ed25519.sign(message, seed()) };
  }

  const provider = {
    isPhantom: true,
    get isConnected() {
      return isConnected;
    },
    get publicKey() {
      return isConnected ? key() : null;
    },
    async connect(options?: { onlyIfTrusted?: boolean }) {
      if (isConnected) return { publicKey: key() };
      if (kept.isTrusted) return becomeConnected();
      if (options?.onlyIfTrusted) throw REFUSED();
      await askPlayer('connect');
      kept.isTrusted = true;
      keep();
      return becomeConnected();
    },
    async disconnect() {
      isConnected = false;
      emit('disconnect');
    },
    async signMessage(message: Uint8Array, _display?: string) {
      if (!(message instanceof Uint8Array)) throw new ProviderError(-32000, 'Missing or invalid parameters.');
      return { signature: (await signBytes('signMessage', message)).signature, publicKey: key() };
    },
    async signTransaction<T extends Transaction>(transaction: T): Promise<T> {
      if (!isConnected) throw NOT_AUTHORISED();
      const decision = await askPlayer('signTransaction');
      if (decision === 'tamper') changeBlockhash(transaction);
      putSignature(transaction, key().toBase58(), ed25519.sign(messageOf(transaction), seed()));
      return transaction;
    },
    async signAllTransactions<T extends Transaction>(transactions: T[]): Promise<T[]> {
      if (!isConnected) throw NOT_AUTHORISED();
      await askPlayer('signAllTransactions');
      for (const one of transactions) putSignature(one, key().toBase58(), ed25519.sign(messageOf(one), seed()));
      return transactions;
    },
    async signAndSendTransaction(transaction: Transaction) {
      await provider.signTransaction(transaction);
      return { signature: await send(transaction.serialize()), publicKey: key() };
    },
    async signIn(input: SignInInput = {}) {
      await askPlayer('signIn');
      kept.isTrusted = true;
      keep();
      if (!isConnected) becomeConnected();
      const signedMessage = new TextEncoder().encode(signInText(input, key().toBase58()));
      return { address: key(), signedMessage, signature: ed25519.sign(signedMessage, seed()) };
    },
    async request({ method, params = {} }: { method: string; params?: Record<string, unknown> }) {
      if (method === 'connect') return provider.connect(params);
      if (method === 'disconnect') return provider.disconnect();
      if (method === 'signMessage') return provider.signMessage(params.message as Uint8Array);
      if (method === 'signIn') return provider.signIn(params);
      throw new ProviderError(-32601, `The method ${method} does not exist.`);
    },
    on(event: string, listen: Listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listen));
      return provider;
    },
    off(event: string, listen: Listener) {
      listeners.get(event)?.delete(listen);
      return provider;
    },
    removeListener: (event: string, listen: Listener) => provider.off(event, listen),
    removeAllListeners: () => listeners.clear(),
  };
  if (!settings.hasSignIn) delete (provider as Partial<typeof provider>).signIn;

  async function send(bytes: Uint8Array): Promise<string> {
    if (!settings.rpcUrl) throw new ProviderError(4900, 'Phantom could not connect to the network.');
    const params = [btoa(String.fromCharCode(...bytes)), { encoding: 'base64' }];
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'sendTransaction', params });
    const response = await fetch(settings.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { result, error } = (await response.json()) as { result?: string; error?: { message: string } };
    if (!result) throw new ProviderError(-32003, `Transaction rejected: ${error?.message ?? 'unknown'}`);
    return result;
  }

  const control: PhantomControl = {
    decide: (...next) => void decisions.push(...next),
    answer: (decision) => open?.(decision),
    switchAccount(index) {
      kept.account = index;
      keep();
      const isShared = settings.sharedAccounts.includes(index);
      if (!isShared) isConnected = false;
      emit('accountChanged', isShared ? key() : null);
    },
    revoke() {
      kept.isTrusted = false;
      keep();
      isConnected = false;
      emit('disconnect');
    },
    requests: () => requests,
  };
  return { provider, control, signBytes };
}

function messageOf(transaction: Transaction): Uint8Array {
  return transaction.message ? transaction.message.serialize() : transaction.serializeMessage!();
}

function putSignature(transaction: Transaction, address: string, signature: Uint8Array): void {
  if (transaction.message) {
    const index = transaction.message.staticAccountKeys.findIndex((account) => account.toBase58() === address);
    if (index < 0) throw NOT_AUTHORISED();
    transaction.signatures[index] = signature;
    return;
  }
  const pairs = transaction.signatures as { publicKey: { toBase58(): string }; signature: Uint8Array | null }[];
  pairs.find(({ publicKey }) => publicKey.toBase58() === address)!.signature = signature;
}

function changeBlockhash(transaction: Transaction): void {
  const other = bs58.encode(new Uint8Array(32).fill(7));
  if (transaction.message) transaction.message.recentBlockhash = other;
  else transaction.recentBlockhash = other;
}

/** Sign In With Solana, as wallets write it. */
function signInText(input: SignInInput, address: string): string {
  const lines = [
    `${input.domain ?? location.host} wants you to sign in with your Solana account:`,
    input.address ?? address,
  ];
  if (input.statement) lines.push('', String(input.statement));
  const fields = [
    ['URI', input.uri],
    ['Version', input.version],
    ['Chain ID', input.chainId],
    ['Nonce', input.nonce],
    ['Issued At', input.issuedAt],
    ['Expiration Time', input.expirationTime],
  ].filter(([, value]) => value !== undefined);
  return [...lines, '', ...fields.map(([label, value]) => `${String(label)}: ${String(value)}`)].join('\n');
}

const installed = installPhantom(PHANTOM_SETTINGS);
Object.assign(window, {
  isPhantomInstalled: true,
  phantom: { solana: installed.provider },
  solana: installed.provider,
  phantomControl: installed.control,
});
if (PHANTOM_SETTINGS.isStandard) registerStandardPhantom(installed.provider, installed.signBytes);
