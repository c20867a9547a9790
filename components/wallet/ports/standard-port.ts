// Any Wallet Standard wallet as a WalletPort: Phantom registers itself as one, as most wallets do, and so do the mobile
// wallet adapter and the practice wallet. Bytes pass through as they are; no Solana library is needed for it.
import type { WalletAccount } from '@wallet-standard/base';
import type { SignedIn, SignInFields } from '@/components/wallet/auth-client';
import { onPhantomAccount } from '@/components/wallet/ports/phantom-provider';
import type { SolanaWallet } from '@/components/wallet/ports/standard-wallet';
import { PHANTOM, PHONE_WALLET, type WalletPort } from '@/components/wallet/wallet-port';
import { PRACTICE_WALLET_NAME } from '@/lib/wallet/practice-chain';

/** What the mobile wallet adapter calls itself. */
export const MOBILE_ADAPTER = 'Mobile Wallet Adapter';

export function createStandardPort(wallet: SolanaWallet): WalletPort {
  const { features } = wallet;
  const accountListeners = new Set<(address: string | null) => void>();
  const disconnectListeners = new Set<() => void>();
  let account: WalletAccount | null = null;

  // For as long as the tab lives, as the wallet itself.
  features['standard:events']?.on('change', ({ accounts }) => {
    if (!accounts) return;
    const before = account;
    account = accounts[0] ?? null;
    if (!account && before) for (const listen of disconnectListeners) listen();
    if (account && account.address !== before?.address) for (const listen of accountListeners) listen(account.address);
  });
  // As a standard wallet Phantom only says that it has no account any more; whether it changed to another one that it does
  // not share with this page, its own event tells.
  if (wallet.name === PHANTOM) {
    onPhantomAccount((address) => address === null && accountListeners.forEach((listen) => listen(null)));
  }

  const held = (): WalletAccount => {
    if (!account) throw Object.assign(new Error('The wallet is not connected.'), { code: 4100 });
    return account;
  };

  return {
    name: wallet.name === MOBILE_ADAPTER ? PHONE_WALLET : wallet.name,
    icon: wallet.icon,
    isPractice: wallet.name === PRACTICE_WALLET_NAME,
    publicKey: () => account?.address ?? null,
    async connect({ silent }) {
      const { accounts } = await features['standard:connect'].connect(silent ? { silent: true } : undefined);
      account = accounts[0] ?? wallet.accounts[0] ?? null;
      return account?.address ?? null;
    },
    async disconnect() {
      account = null;
      await features['standard:disconnect']?.disconnect();
    },
    signIn: features['solana:signIn'] ? signIn : null,
    async signMessage(message) {
      const [output] = await features['solana:signMessage'].signMessage({ account: held(), message });
      return output!.signature;
    },
    async signTransaction(transaction, chain) {
      const [output] = await features['solana:signTransaction'].signTransaction({
        account: held(),
        transaction,
        ...(chain !== null && { chain: chain as `${string}:${string}` }),
      });
      return output!.signedTransaction;
    },
    on(event: 'account' | 'disconnect', listen: (address: string | null) => void) {
      const listeners: Set<(address: string | null) => void> =
        event === 'account' ? accountListeners : (disconnectListeners as Set<never>);
      listeners.add(listen);
      return () => void listeners.delete(listen);
    },
  };

  async function signIn(fields: SignInFields): Promise<SignedIn> {
    // The adapter keeps the message it had signed last, and would give that one again.
    if (wallet.name === MOBILE_ADAPTER) await features['standard:disconnect']?.disconnect();
    const [output] = await features['solana:signIn']!.signIn(fields.input);
    account = output!.account;
    const message = new TextDecoder().decode(output!.signedMessage);
    return { publicKey: account.address, message, signature: output!.signature };
  }
}
