// The wallet session of this tab, put together from the browser's own parts. Reached by dynamic import only, so that the
// page loads none of it before it is asked for. Everything here is made once.
import { getWallets } from '@wallet-standard/app';
import { createAuthClient } from '@/components/wallet/auth-client';
import { createWalletSession, type OpenedSession } from '@/components/wallet/create-wallet-session';
import { findPhantom } from '@/components/wallet/ports/phantom-provider';
import { isMobileWalletPlace } from '@/components/wallet/ports/mobile-place';
import type * as ThisPracticeWallet from '@/components/wallet/practice/this-practice-wallet';
import { announceSignIn } from '@/components/wallet/sign-in-channel';
import { createWalletList, type WalletList } from '@/components/wallet/wallet-list';
import { createWalletMemory } from '@/components/wallet/wallet-memory';
import { PHANTOM, type WalletPort } from '@/components/wallet/wallet-port';
import { createWalletRequests, type TabLock } from '@/components/wallet/wallet-requests';
import { publish, walletSessionState } from '@/components/wallet/wallet-session-state';
import { PRACTICE_CHAIN, PRACTICE_WALLET_NAME } from '@/lib/wallet/practice-chain';

export type PracticeParts = typeof ThisPracticeWallet;

export type WalletSessionHere = OpenedSession & {
  readonly wallets: WalletList;
  /** Loads the practice wallet, which then is one of `wallets`. */
  findPracticeWallet(): Promise<WalletPort | null>;
  /** Its key and its questions; null until it is loaded. Changes with `wallets`. */
  practice(): PracticeParts | null;
};

let here: WalletSessionHere | null = null;

export function openWalletSession(): WalletSessionHere {
  return (here ??= open());
}

/** Extensions announce themselves while the page loads; one that was remembered and takes longer counts as away. */
const LATE_WALLET_MS = 2_000;
/** A wallet that is there answers within a few milliseconds. */
const SHORTLY_MS = 400;

function open(): WalletSessionHere {
  const wallets = createWalletList();
  const memory = createWalletMemory(() => window.localStorage);
  const auth = createAuthClient((input, init) => fetch(input, init));
  let chain = memory.get()?.chain ?? PRACTICE_CHAIN;
  void addSilentWallets(wallets, () => chain);
  let practice: PracticeParts | null = null;
  const findPracticeWallet = async () => {
    practice ??= await import('@/components/wallet/practice/this-practice-wallet');
    const { practiceWallet } = practice;
    if (!getWallets().get().includes(practiceWallet)) getWallets().register(practiceWallet);
    return wallets.find(PRACTICE_WALLET_NAME, Promise.resolve());
  };
  const session = createWalletSession({
    auth: {
      ...auth,
      async begin() {
        const fields = await auth.begin();
        if (fields.ok) chain = fields.value.chain;
        return fields;
      },
    },
    requests: createWalletRequests({ timers: { after }, lock: lockAcrossTabs }),
    memory,
    async findWallet(name) {
      if (name === PRACTICE_WALLET_NAME) return findPracticeWallet();
      return wallets.find(name, new Promise((resolve) => setTimeout(resolve, LATE_WALLET_MS)));
    },
    get: walletSessionState,
    publish,
    announce: announceSignIn,
    nowMs: Date.now,
    shortly: () => new Promise((resolve) => setTimeout(resolve, SHORTLY_MS)),
  });
  return { ...session, wallets, findPracticeWallet, practice: () => practice };
}

/** Wallets that do not announce themselves: Phantom where it only injects itself, and the apps of a phone. */
async function addSilentWallets(wallets: WalletList, chain: () => string): Promise<void> {
  if (isMobileWalletPlace()) {
    const { registerMobileWallet } = await import('@/components/wallet/ports/mobile-wallet');
    registerMobileWallet(chain);
  }
  if (findPhantom() && !wallets.get().some(({ name }) => name === PHANTOM)) {
    const { createPhantomPort } = await import('@/components/wallet/ports/phantom-port');
    wallets.add(createPhantomPort());
  }
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** Locks are for secure pages only; without them each tab minds its own requests, and the wallet refuses the second. */
const lockAcrossTabs: TabLock = async (name, hold) => {
  if (!navigator.locks) {
    await hold();
    return true;
  }
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await hold();
    return lock !== null;
  });
};
