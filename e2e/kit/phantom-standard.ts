// The test's Phantom announced as a Wallet Standard wallet, as the real one announces itself: the same provider behind it.
// Runs in the page.
import type { PhantomProvider, SignInInput } from '@/e2e/kit/phantom-page';

type SignBytes = (method: string, bytes: Uint8Array) => Promise<{ message: Uint8Array; signature: Uint8Array }>;
type Account = {
  readonly address: string;
  readonly publicKey: Uint8Array;
  readonly chains: string[];
  readonly features: string[];
};

const CHAINS = ['solana:mainnet', 'solana:devnet', 'solana:testnet', 'solana:localnet'];
const ICON = 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=';

export function registerStandardPhantom(provider: PhantomProvider, signBytes: SignBytes): void {
  const listeners = new Set<(change: { accounts: readonly Account[] }) => void>();
  let accounts: readonly Account[] = [];

  const refresh = () => {
    const key = provider.publicKey;
    if ((accounts[0]?.address ?? null) === (key?.toBase58() ?? null)) return;
    accounts = key ? [toAccount(key)] : [];
    for (const listen of listeners) listen({ accounts });
  };
  for (const event of ['connect', 'disconnect', 'accountChanged']) provider.on(event, refresh);

  const features: Record<string, unknown> = {
    'standard:connect': {
      version: '1.0.0',
      async connect({ silent }: { silent?: boolean } = {}) {
        await provider.connect(silent ? { onlyIfTrusted: true } : undefined);
        refresh();
        return { accounts };
      },
    },
    'standard:disconnect': { version: '1.0.0', disconnect: () => provider.disconnect() },
    'standard:events': {
      version: '1.0.0',
      on(_: 'change', listen: (change: { accounts: readonly Account[] }) => void) {
        listeners.add(listen);
        return () => listeners.delete(listen);
      },
    },
    'solana:signMessage': {
      version: '1.1.0',
      async signMessage({ message }: { message: Uint8Array }) {
        return [{ signedMessage: message, signature: (await provider.signMessage(message)).signature }];
      },
    },
    'solana:signTransaction': {
      version: '1.0.0',
      supportedTransactionVersions: ['legacy', 0],
      signTransaction: async ({ transaction }: { transaction: Uint8Array }) => [
        { signedTransaction: await signTransactionBytes(transaction, signBytes) },
      ],
    },
    'solana:signIn': {
      version: '1.0.0',
      async signIn(input: SignInInput) {
        const { signedMessage, signature } = await provider.signIn(input);
        refresh();
        return [{ account: accounts[0]!, signedMessage, signature }];
      },
    },
  };
  if (!('signIn' in provider)) delete features['solana:signIn'];

  const wallet = {
    version: '1.0.0',
    name: 'Phantom',
    icon: ICON,
    chains: CHAINS,
    features,
    get accounts() {
      return accounts;
    },
  };
  announce(wallet);
}

/** The handshake of the Wallet Standard: whoever comes second finds the first. */
function announce(wallet: object): void {
  const callback = ({ register }: { register: (wallet: object) => void }) => register(wallet);
  window.addEventListener('wallet-standard:app-ready', (event) =>
    callback((event as CustomEvent<{ register: (wallet: object) => void }>).detail),
  );
  window.dispatchEvent(new CustomEvent('wallet-standard:register-wallet', { detail: callback }));
}

/** One signature, the player's: a count, the signature, the message. */
async function signTransactionBytes(transaction: Uint8Array, signBytes: SignBytes): Promise<Uint8Array> {
  const { message, signature } = await signBytes('signTransaction', transaction.subarray(1 + 64 * transaction[0]!));
  return Uint8Array.from([transaction[0]!, ...signature, ...message]);
}

function toAccount(key: { toBase58(): string; toBytes(): Uint8Array }): Account {
  return {
    address: key.toBase58(),
    publicKey: key.toBytes(),
    chains: CHAINS,
    features: ['solana:signTransaction', 'solana:signMessage', 'solana:signIn'],
  };
}
