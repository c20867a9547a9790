// Who a request comes from: a player in a browser, or a program with one of the player's keys.
import type { SignInId } from '@/server/auth/sign-in-id';

export const PERMISSIONS = ['read', 'bet-paper', 'bet'] as const;
export type Permission = (typeof PERMISSIONS)[number];

export type Actor = {
  readonly accountId: string;
  /** A browser may do everything; a key what it was given. `bet` includes `bet-paper`, and both include `read`. */
  readonly by:
    | { readonly kind: 'browser'; readonly signInId: SignInId }
    | { readonly kind: 'key'; readonly keyId: string; readonly permissions: readonly Permission[] };
};
