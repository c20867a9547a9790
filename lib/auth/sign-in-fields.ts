// What the server asks a wallet to sign, and whether a message that comes back says just that. Pure.
import type { SignInFields } from '@/lib/protocol/auth-api';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { parseSiwsMessage, type SiwsMessage } from '@/lib/auth/siws-message';
import { err, ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';

export const NONCE_LIFE_MS = 5 * 60_000;
const STATEMENT =
  'Sign in to Fortytick. This shows that the wallet is yours; it costs nothing, moves nothing and allows no payment.';
const VERSION = '1';
/** Servers that share a record need not agree to the second. */
const CLOCKS_APART_MS = 60_000;

export type Nonce = { readonly nonce: string; readonly issuedAt: EpochMs; readonly expiresAt: EpochMs };

/** `origin`: of the page that asks. */
export function toSignInFields({
  nonce: { nonce, issuedAt, expiresAt },
  origin,
  chainId,
}: {
  nonce: Nonce;
  origin: string;
  chainId: string;
}): SignInFields {
  return {
    nonce,
    domain: new URL(origin).host,
    statement: STATEMENT,
    uri: origin,
    version: VERSION,
    chainId,
    issuedAt: new Date(issuedAt).toISOString(),
    expirationTime: new Date(expiresAt).toISOString(),
  };
}

/** What can be said of a message before anybody looks up its nonce. */
export function readSignedMessage(
  { publicKey, message: text }: { publicKey: string; message: string },
  { origins, now }: { origins: readonly string[]; now: EpochMs },
): Result<SiwsMessage & { readonly origin: string }, BetProblem> {
  const message = parseSiwsMessage(text);
  if (!message) return err(CHANGED);
  const origin = origins.find((one) => new URL(one).host === message.domain);
  if (origin === undefined) return err(wrongDomain(message.domain, origins));
  if (message.address !== publicKey) {
    return err(
      betProblem('bad-signature', 'The message is for another wallet than the one that signed it. Sign in again.'),
    );
  }
  const expiresAt = Date.parse(message.expirationTime);
  const issuedAt = Date.parse(message.issuedAt);
  if (Number.isNaN(expiresAt) || Number.isNaN(issuedAt)) return err(CHANGED);
  if (expiresAt <= now) {
    return err(
      betProblem('message-expired', 'The message was signed too late: it is good for five minutes. Sign in again.'),
    );
  }
  if (issuedAt > now + CLOCKS_APART_MS) {
    return err(betProblem('message-changed', 'The message says it was issued in the future. Sign in again.'));
  }
  return ok({ ...message, origin });
}

/** Whether it is, field by field, what was asked for with this nonce. */
export function isAsAsked(message: SiwsMessage & { readonly origin: string }, nonce: Nonce, chainId: string): boolean {
  const asked = toSignInFields({ nonce, origin: message.origin, chainId });
  return Object.entries(asked).every(([field, value]) => message[field as keyof SignInFields] === value);
}

export const CHANGED = betProblem(
  'message-changed',
  'The signed message is not the one that was asked for. Nobody was signed in; sign in again.',
);

function wrongDomain(domain: string, origins: readonly string[]): BetProblem {
  const places = origins.map((origin) => new URL(origin).host).join(' or ');
  return betProblem(
    'wrong-domain',
    `The message was signed for ${domain.slice(0, 100)}, and this is ${places}. If another site asked you to sign it, do not use that site.`,
  );
}
