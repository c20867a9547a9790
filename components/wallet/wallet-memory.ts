// What this browser remembers of the wallet it signed in with, so that it can reconnect silently: its name and its network.
// No key, no address, nothing secret; forgotten on signing out. Storage may be missing or forbidden: then nothing is kept.

const MEMORY_KEY = 'fortytick.wallet.v1';

export type RememberedWallet = { readonly walletName: string; readonly chain: string };

export type WalletMemory = {
  get(): RememberedWallet | null;
  set(remembered: RememberedWallet | null): void;
};

export function createWalletMemory(findStorage: () => Storage): WalletMemory {
  return {
    get() {
      try {
        const kept: unknown = JSON.parse(findStorage().getItem(MEMORY_KEY) ?? 'null');
        return isRemembered(kept) ? kept : null;
      } catch {
        return null;
      }
    },
    set(remembered) {
      try {
        if (remembered) findStorage().setItem(MEMORY_KEY, JSON.stringify(remembered));
        else findStorage().removeItem(MEMORY_KEY);
      } catch {
        // The next visit connects by a click instead.
      }
    },
  };
}

function isRemembered(kept: unknown): kept is RememberedWallet {
  const { walletName, chain } = (kept ?? {}) as Record<string, unknown>;
  return typeof walletName === 'string' && typeof chain === 'string';
}
