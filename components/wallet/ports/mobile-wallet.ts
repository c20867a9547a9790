// The mobile wallet adapter: on Android, any wallet app of the phone as one more Wallet Standard wallet. Registered only
// there; it says so on the console where it cannot work.
import {
  createDefaultAuthorizationCache,
  createDefaultChainSelector,
  registerMwa,
} from '@solana-mobile/wallet-standard-mobile';
import { PRACTICE_CHAIN } from '@/lib/wallet/practice-chain';

export function registerMobileWallet(): void {
  registerMwa({
    appIdentity: { name: 'Fortytick', uri: window.location.origin, icon: '/icon.svg' },
    authorizationCache: createDefaultAuthorizationCache(),
    chains: ['solana:mainnet', 'solana:devnet', 'solana:testnet', PRACTICE_CHAIN],
    chainSelector: createDefaultChainSelector(),
    // The session tells it in words; the adapter's own dialog would load a font from another site.
    onWalletNotFound: () => Promise.reject(Object.assign(new Error('No wallet app'), { name: 'WalletNotReadyError' })),
  });
}
