// Whether a signed message signs its wallet in: the order of the checks, each with its own problem. Uses nothing up; whoever
// calls uses the nonce in the transaction that begins the sign-in.
import { CHANGED, isAsAsked, readSignedMessage } from '@/lib/auth/sign-in-fields';
import type { VerifyRequest } from '@/lib/protocol/auth-api';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { err, ok, type Result } from '@/lib/units/result';
import type { Clock } from '@/lib/units/time';
import { readNonce } from '@/server/auth/nonces';
import { ID_PATTERN } from '@/server/auth/random-id';
import { isSignedBy, parsePublicKey, parseSignature } from '@/server/auth/verify-signature';
import type { RecordDatabase } from '@/server/store/record-database';

type CheckOptions = {
  readonly reading: Pick<RecordDatabase, 'use'>;
  readonly origins: readonly string[];
  readonly chainId: string;
  readonly clock: Clock;
};

export async function checkSigned(
  { reading, origins, chainId, clock }: CheckOptions,
  signed: VerifyRequest,
): Promise<Result<{ publicKey: string; nonce: string }, BetProblem>> {
  const publicKey = parsePublicKey(signed.publicKey);
  if (!publicKey) return err(betProblem('bad-request', 'publicKey: no wallet has this address.'));
  const message = readSignedMessage(signed, { origins, now: clock() });
  if (!message.ok) return message;
  const { nonce: text } = message.value;
  const nonce = ID_PATTERN.test(text) ? await reading.use((sql) => readNonce(sql, text)) : null;
  if (!nonce) return err(NONCE_UNKNOWN);
  if (nonce.isUsed) return err(NONCE_USED);
  if (nonce.expiresAt <= clock()) return err(NONCE_EXPIRED);
  if (!isAsAsked(message.value, nonce, chainId)) return err(CHANGED);
  const signature = parseSignature(signed.signature);
  if (!signature) return err(betProblem('bad-signature', 'The signature is not 64 bytes in base58 or base64.'));
  if (!isSignedBy({ publicKey, message: signed.message, signature })) return err(BAD_SIGNATURE);
  return ok({ publicKey: signed.publicKey, nonce: nonce.nonce });
}

const BAD_SIGNATURE = betProblem(
  'bad-signature',
  'The signature is not of this message by this wallet. Nobody was signed in; sign in again.',
);
const NONCE_UNKNOWN = betProblem('nonce-unknown', 'This message was not asked for here. Sign in again.');
export const NONCE_USED = betProblem('nonce-used', 'This message has been used to sign in already. Sign in again.');
const NONCE_EXPIRED = betProblem(
  'nonce-expired',
  'This message was asked for more than five minutes ago. Sign in again.',
);
