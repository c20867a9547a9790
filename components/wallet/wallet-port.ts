// A wallet as the session uses it, whatever it is behind: one account, bytes in and out. Errors are thrown as the wallet
// throws them; lib/wallet/to-outcome reads them. Adding a kind of wallet is one file that makes such a port.
import type { SignInFields, SignedIn } from '@/components/wallet/auth-client';

export const PHANTOM = 'Phantom';
/** The mobile wallet adapter, which calls itself by the name of a technique, as its player would call it. */
export const PHONE_WALLET = 'Wallet app';

export type WalletPort = {
  /** As the wallet calls itself, or its player would; also its name in this browser's memory. */
  readonly name: string;
  /** A data URL, or null. */
  readonly icon: string | null;
  readonly isPractice: boolean;
  /** Address of the connected account, base58. */
  publicKey(): string | null;
  /** Silent: only where the player allowed this page before; never a window. Resolves to the address, or null when silent. */
  connect(how: { readonly silent: boolean }): Promise<string | null>;
  disconnect(): Promise<void>;
  /** Connects and signs in at one request, where the wallet can. */
  readonly signIn: ((fields: SignInFields) => Promise<SignedIn>) | null;
  signMessage(message: Uint8Array): Promise<Uint8Array>;
  signTransaction(transaction: Uint8Array, chain: string | null): Promise<Uint8Array>;
  /** `account`: null when the wallet uses an account now that it does not share with this page. */
  on(event: 'account', listen: (address: string | null) => void): () => void;
  on(event: 'disconnect', listen: () => void): () => void;
};
