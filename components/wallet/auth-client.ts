// The sign-in API as the wallet session uses it: answers are values, told apart by what the player can do about them. Shapes
// are lib/protocol/auth-api's; bytes go as base64.
import type { z } from 'zod';
import { toBase64 } from '@/components/wallet/base64';
import { buildSiwsMessage } from '@/lib/auth/siws-message';
import { meSchema, signInFieldsSchema, type SignInFields as Input, type VerifyRequest } from '@/lib/protocol/auth-api';
import { problemSchema } from '@/lib/protocol/bets-api';
import { err, ok, type Result } from '@/lib/units/result';

export type SignInFields = {
  readonly nonce: string;
  /** The network the server works on, as the Wallet Standard names it. */
  readonly chain: string;
  readonly expiresAtMs: number;
  /** What a wallet's own sign-in is given, as the server wrote it. */
  readonly input: Input;
};

export type SignedIn = { readonly publicKey: string; readonly message: string; readonly signature: Uint8Array };

export type Player = { readonly address: string; readonly accountId: string };

export type AuthProblem = {
  /** `expired`: the message or its nonce; beginning again helps. */
  readonly kind: 'unreachable' | 'not-signed-in' | 'expired' | 'refused';
  readonly message: string;
};

export type AuthClient = {
  begin(): Promise<Result<SignInFields, AuthProblem>>;
  messageFor(fields: SignInFields, publicKey: string): string;
  verify(signed: SignedIn): Promise<Result<Player, AuthProblem>>;
  me(): Promise<Result<Player, AuthProblem>>;
  logout(): Promise<Result<null, AuthProblem>>;
};

/** Longer than any answer takes, shorter than a player waits. */
const ANSWER_LIMIT_MS = 15_000;

export function createAuthClient(fetchApi: typeof fetch): AuthClient {
  async function ask(path: string, body: object | null): Promise<Result<unknown, AuthProblem>> {
    try {
      const response = await fetchApi(path, {
        method: body ? 'POST' : 'GET',
        headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
      const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
      return response.ok ? ok(answer) : err(toProblem(response.status, answer));
    } catch {
      return err({ kind: 'unreachable', message: 'The server cannot be reached.' });
    }
  }

  return {
    async begin() {
      const fields = read(await ask('/api/auth/nonce', {}), signInFieldsSchema);
      return fields.ok ? ok(toFields(fields.value)) : fields;
    },
    messageFor: (fields, publicKey) => buildSiwsMessage({ ...fields.input, address: publicKey }),
    async verify({ publicKey, message, signature }) {
      const request: VerifyRequest = { publicKey, message, signature: toBase64(signature) };
      return toPlayer(await ask('/api/auth/verify', request));
    },
    me: async () => toPlayer(await ask('/api/auth/me', null)),
    async logout() {
      const gone = await ask('/api/auth/logout', {});
      // Who is no longer signed in wanted no more than that.
      return gone.ok || gone.error.kind === 'not-signed-in' || gone.error.kind === 'expired' ? ok(null) : gone;
    },
  };
}

function toFields(input: Input): SignInFields {
  const { nonce, chainId, expirationTime } = input;
  const chain = chainId.includes(':') ? chainId : `solana:${chainId}`;
  return { nonce, chain, expiresAtMs: Date.parse(expirationTime), input };
}

function toPlayer(answer: Result<unknown, AuthProblem>): Result<Player, AuthProblem> {
  const me = read(answer, meSchema);
  if (!me.ok) return me;
  const { account } = me.value;
  if (!account) return err({ kind: 'not-signed-in', message: 'Nobody is signed in.' });
  return ok({ address: account.publicKey, accountId: account.accountId });
}

function read<T>(answer: Result<unknown, AuthProblem>, schema: z.ZodType<T>): Result<T, AuthProblem> {
  if (!answer.ok) return answer;
  const parsed = schema.safeParse(answer.value);
  if (parsed.success) return ok(parsed.data);
  return err({
    kind: 'refused',
    message: 'The answer could not be read: this page and the server may be of different versions. Reload the page.',
  });
}

const EXPIRED = ['nonce-unknown', 'nonce-used', 'nonce-expired', 'message-expired', 'sign-in-expired'];

function toProblem(status: number, body: unknown): AuthProblem {
  const told = problemSchema.safeParse(body);
  const code = told.success ? (told.data.code ?? null) : null;
  const message = told.success ? told.data.detail || told.data.title : `The server answered with an error (${status}).`;
  if (code !== null && EXPIRED.includes(code)) return { kind: 'expired', message };
  return { kind: code === 'not-signed-in' ? 'not-signed-in' : 'refused', message };
}
