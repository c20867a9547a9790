// The wallets of this browser, as they announce themselves: Phantom first, then the others, the practice wallet last. One
// port for each, made once. A wallet may announce itself at any moment, so the list can be watched.
import { getWallets } from '@wallet-standard/app';
import type { Wallet } from '@wallet-standard/base';
import { createStandardPort } from '@/components/wallet/ports/standard-port';
import { isSolanaWallet } from '@/components/wallet/ports/standard-wallet';
import { PHANTOM, type WalletPort } from '@/components/wallet/wallet-port';

/** More wallets than anybody installs; further ones are not listed. */
const WALLETS_MAX = 20;

export type WalletList = {
  /** The same array until a wallet comes or goes. */
  get(): readonly WalletPort[];
  subscribe(listen: () => void): () => void;
  /** Resolves once the wallet is here, or to null when `until` ends first. */
  find(name: string, until: Promise<unknown>): Promise<WalletPort | null>;
  /** A wallet that does not announce itself. */
  add(port: WalletPort): void;
};

export function createWalletList(): WalletList {
  const announced = getWallets();
  const ports = new Map<Wallet, WalletPort>();
  const added: WalletPort[] = [];
  const listeners = new Set<() => void>();
  let list: readonly WalletPort[] = [];

  function refresh(): void {
    const standard = announced.get().filter(isSolanaWallet).slice(0, WALLETS_MAX);
    for (const wallet of standard) if (!ports.has(wallet)) ports.set(wallet, createStandardPort(wallet));
    for (const wallet of ports.keys()) if (!standard.includes(wallet as never)) ports.delete(wallet);
    const found = [...ports.values()];
    const others = added.filter(({ name }) => !found.some((port) => port.name === name));
    list = [...found, ...others].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
    for (const listen of listeners) listen();
  }

  // Never unsubscribed: the list lives as long as the tab.
  announced.on('register', refresh);
  announced.on('unregister', refresh);
  refresh();

  const subscribe = (listen: () => void) => {
    listeners.add(listen);
    return () => listeners.delete(listen);
  };
  return {
    get: () => list,
    subscribe,
    async find(name, until) {
      const here = () => list.find((port) => port.name === name) ?? null;
      if (here()) return here();
      let off: () => unknown = () => undefined;
      const came = new Promise<void>((resolve) => (off = subscribe(() => here() && resolve())));
      await Promise.race([came, until]);
      off();
      return here();
    },
    add(port) {
      if (!added.some(({ name }) => name === port.name)) added.push(port);
      refresh();
    },
  };
}

function rank(port: WalletPort): number {
  if (port.name === PHANTOM) return 0;
  return port.isPractice ? 2 : 1;
}
