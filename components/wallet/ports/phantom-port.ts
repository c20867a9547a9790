// Phantom as it injects itself into the page, by its wallet adapter; for browsers where it does not announce itself as a
// Wallet Standard wallet. Brings web3.js along, so it is a chunk of its own.
import { PhantomWalletAdapter } from '@solana/wallet-adapter-phantom';
import { VersionedTransaction } from '@solana/web3.js';
import { findPhantom, onPhantomAccount } from '@/components/wallet/ports/phantom-provider';
import type { WalletPort } from '@/components/wallet/wallet-port';

export function createPhantomPort(): WalletPort {
  const adapter = new PhantomWalletAdapter();
  const address = () => adapter.publicKey?.toBase58() ?? null;
  return {
    name: adapter.name,
    icon: adapter.icon,
    isPractice: false,
    publicKey: address,
    async connect({ silent }) {
      // The adapter's own connect would open a window; with the provider connected, it only takes over the account.
      if (silent) await findPhantom()?.connect({ onlyIfTrusted: true });
      await adapter.connect();
      return address();
    },
    disconnect: () => adapter.disconnect(),
    signIn: null,
    signMessage: (message) => adapter.signMessage(message),
    async signTransaction(transaction) {
      return (await adapter.signTransaction(VersionedTransaction.deserialize(transaction))).serialize();
    },
    on(event: 'account' | 'disconnect', listen: (address: string | null) => void) {
      // The adapter misreads the change to an account that Phantom does not share, so the provider itself is asked.
      if (event === 'account') return onPhantomAccount(listen);
      const onDisconnect = () => listen(null);
      adapter.on('disconnect', onDisconnect);
      return () => void adapter.off('disconnect', onDisconnect);
    },
  };
}
