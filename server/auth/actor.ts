// Who a request comes from: a player in a browser, or a program with one of the player's keys.
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { PERMISSIONS } from '@/lib/protocol/auth-api';
import type { SignInId } from '@/server/auth/sign-in-id';

export { PERMISSIONS };
export type Permission = (typeof PERMISSIONS)[number];

/** `player`: only in a browser, by hand. A key can never manage keys, limits, the account or sign-ins. */
export type Requirement = Permission | 'player';

export type Actor = {
  readonly accountId: string;
  /** A browser may do everything; a key what it was given. `bet` includes `bet-paper`, and both include `read`. */
  readonly by:
    | { readonly kind: 'browser'; readonly signInId: SignInId }
    | { readonly kind: 'key'; readonly keyId: string; readonly permissions: readonly Permission[] };
};

export function isAllowed({ by }: Actor, requirement: Requirement): boolean {
  if (by.kind === 'browser') return true;
  if (requirement === 'player') return false;
  // PERMISSIONS goes from least to most.
  return by.permissions.some((given) => PERMISSIONS.indexOf(given) >= PERMISSIONS.indexOf(requirement));
}

export function notAllowed(requirement: Requirement): BetProblem {
  if (requirement === 'player') {
    return betProblem('key-not-allowed', 'No key may do this: sign in with your wallet in a browser.');
  }
  return betProblem('key-not-allowed', `This key lacks the permission "${requirement}". Nothing was done.`);
}
