// The practice wallet's key, kept in this browser as text. It guards no real money: it signs for the practice chain only,
// which is why a plain place in localStorage will do. Forgetting it loses the practice balance and its history.
import { ed25519 } from '@noble/curves/ed25519.js';
import bs58 from 'bs58';

const PRACTICE_KEY = 'fortytick.practice-wallet.v1';
const SEED_BYTES = 32;

export type PracticeKey = {
  readonly address: string;
  readonly publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
  /** Seed and public key in base58, the form other wallets import. */
  exportText(): string;
};

export type PracticeKeyStore = {
  get(): PracticeKey | null;
  create(): PracticeKey;
  forget(): void;
};

export type PracticeStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** `storage` null: the browser keeps nothing for us, and the key lasts as long as the page. */
export function createPracticeKeyStore(
  storage: PracticeStorage | null,
  randomBytes: (count: number) => Uint8Array,
): PracticeKeyStore {
  let held: PracticeKey | null = null;
  return {
    get: () => (held ??= read(storage)),
    create() {
      held = fromSeed(randomBytes(SEED_BYTES));
      attempt(() => storage?.setItem(PRACTICE_KEY, held!.exportText()));
      return held;
    },
    forget() {
      held = null;
      attempt(() => storage?.removeItem(PRACTICE_KEY));
    },
  };
}

function read(storage: PracticeStorage | null): PracticeKey | null {
  const text = attempt(() => storage?.getItem(PRACTICE_KEY) ?? null);
  const bytes = text ? bs58.decodeUnsafe(text) : undefined;
  if (bytes?.length !== 2 * SEED_BYTES) return null;
  const key = fromSeed(bytes.slice(0, SEED_BYTES));
  return key.exportText() === text ? key : null;
}

function fromSeed(seed: Uint8Array): PracticeKey {
  const publicKey = ed25519.getPublicKey(seed);
  return {
    address: bs58.encode(publicKey),
    publicKey,
    sign: (bytes) => ed25519.sign(bytes, seed),
    exportText: () => bs58.encode(Uint8Array.from([...seed, ...publicKey])),
  };
}

/** Storage may be missing, full or forbidden; none of that is an error of ours. */
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
