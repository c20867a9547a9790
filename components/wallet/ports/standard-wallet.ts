// The part of the Wallet Standard that signing in and betting need, and which wallets have it.
import type { Wallet, WalletAccount } from '@wallet-standard/base';
import type {
  SolanaSignInFeature,
  SolanaSignMessageFeature,
  SolanaSignTransactionFeature,
} from '@solana/wallet-standard-features';

export type StandardFeatures = {
  'standard:connect': {
    connect(input?: { readonly silent?: boolean }): Promise<{ readonly accounts: readonly WalletAccount[] }>;
  };
  'standard:disconnect'?: { disconnect(): Promise<void> };
  'standard:events'?: {
    on(event: 'change', listen: (change: { readonly accounts?: readonly WalletAccount[] }) => void): () => void;
  };
} & SolanaSignTransactionFeature &
  SolanaSignMessageFeature &
  Partial<SolanaSignInFeature>;

export type SolanaWallet = Wallet & { readonly features: StandardFeatures };

const NEEDED = ['standard:connect', 'solana:signMessage', 'solana:signTransaction'] as const;

export function isSolanaWallet(wallet: Wallet): wallet is SolanaWallet {
  return wallet.chains.some((chain) => chain.startsWith('solana:')) && NEEDED.every((name) => name in wallet.features);
}
