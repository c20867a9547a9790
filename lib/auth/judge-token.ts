// What a browser's token is worth against the sign-in it names. Tokens are renewed every few minutes, each with a higher
// generation; an older one that comes late was copied, since the browser itself has thrown it away. Pure.
import { assertNever } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';

export type SignInToken = { readonly generation: number; readonly issuedAt: EpochMs };

export type SignInState = {
  readonly generation: number;
  readonly rotatedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly isRevoked: boolean;
};

export type TokenVerdict =
  /** Good as it is. */
  | 'good'
  /** Good, and old enough for a new one of the next generation. */
  | 'renew'
  /**
   * Of the generation before, moments after the renewal: requests that crossed it, or a browser that never got the
   * answer. Good, and told the present one again.
   */
  | 'repeat'
  /** An older one, late: somebody else holds a copy. */
  | 'stolen'
  | 'expired'
  | 'revoked'
  /** Newer than the sign-in itself, as after the record was put back to an earlier day. */
  | 'unknown';

/** What a token says of its own life, for whoever else checks it; the sign-in's row has the last word. */
export const TOKEN_LIFE_MS = 10 * 60_000;
export const RENEW_AFTER_MS = 5 * 60_000;
export const CROSSING_MS = 30_000;
export const SIGN_IN_LIFE_MS = 30 * 86_400_000;

export function judgeToken(token: SignInToken, signIn: SignInState, now: EpochMs): TokenVerdict {
  if (signIn.isRevoked) return 'revoked';
  if (signIn.expiresAt <= now) return 'expired';
  if (token.generation > signIn.generation) return 'unknown';
  if (token.generation === signIn.generation) return now - token.issuedAt >= RENEW_AFTER_MS ? 'renew' : 'good';
  const isCrossing = token.generation === signIn.generation - 1 && now - signIn.rotatedAt <= CROSSING_MS;
  return isCrossing ? 'repeat' : 'stolen';
}

export function isTokenGood(verdict: TokenVerdict): boolean {
  switch (verdict) {
    case 'good':
    case 'renew':
    case 'repeat':
      return true;
    case 'stolen':
    case 'expired':
    case 'revoked':
    case 'unknown':
      return false;
    default:
      return assertNever(verdict);
  }
}
