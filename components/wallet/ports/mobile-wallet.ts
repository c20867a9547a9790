// The mobile wallet adapter: on Android, any wallet app of the phone as one more Wallet Standard wallet. Registered only
// there; it says so on the console where it cannot work.
import { createDefaultAuthorizationCache, registerMwa } from '@solana-mobile/wallet-standard-mobile';
import { reachPhoneApps } from '@/components/wallet/ports/reach-phone-apps';
import { PRACTICE_CHAIN } from '@/lib/wallet/practice-chain';

/** `chain`: the network the server works on, as far as it is known; the wallet checks what it signs against it. */
export function registerMobileWallet(chain: () => string): void {
  registerMwa({
    appIdentity: { name: 'Fortytick', uri: window.location.origin, icon: '/icon.svg' },
    authorizationCache: createDefaultAuthorizationCache(),
    chains: ['solana:mainnet', 'solana:devnet', 'solana:testnet', PRACTICE_CHAIN],
    chainSelector: {
      // Asked before the adapter turns to the phone: once the browser allows that, the adapter shows no dialog of its own.
      async select() {
        await reachPhoneApps(navigator.permissions);
        return chain() as `solana:${string}`;
      },
    },
    // The session tells it in words; the adapter's own dialog would load a font from another site.
    onWalletNotFound: () => Promise.reject(Object.assign(new Error('No wallet app'), { name: 'WalletNotReadyError' })),
  });
}
