// What the rest of the server may ask of signing in. The implementation is openAuth.
import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type {
  ApiKeyView,
  CreatedKey,
  Me,
  SignInFields,
  SignInView,
  VerifyRequest,
  createKeySchema,
} from '@/lib/protocol/auth-api';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { Result } from '@/lib/units/result';
import type { Actor, Requirement } from '@/server/auth/actor';

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** `headers` go on the answer whatever it is: rate limit, and the cookies where they change. */
export type Admission = { readonly admitted: Result<Actor, BetProblem>; readonly headers: HeaderList };
export type Answer<T> = { readonly result: Result<T, BetProblem>; readonly headers: HeaderList };

/** A sign-in or a key that no longer counts. */
export type Ended = { readonly kind: 'sign-in' | 'key'; readonly id: string };

export type Auth = {
  /** Whoever asks, by cookie or `Authorization: Bearer <key>`; a renewed cookie where it is due. */
  admit(request: Request, requirement: Requirement): Promise<Admission>;
  /** For the live hub: by the handshake's cookie or this key, without renewal. */
  admitSocket(handshake: {
    readonly headers: IncomingHttpHeaders;
    readonly clientAddress: string;
    readonly key: string | null;
  }): Promise<Result<Actor, BetProblem>>;
  /** Those of these that still count. */
  alive(actors: readonly Actor[]): Promise<readonly Actor[]>;

  nonce(request: Request): Promise<Answer<SignInFields>>;
  verify(request: Request, signed: VerifyRequest): Promise<Answer<Me>>;
  /** Silent: nobody is signed in is an answer, not a problem. */
  me(request: Request): Promise<Answer<Me>>;
  /** Never refused for not being signed in: what is asked for is so already. */
  logout(request: Request): Promise<Answer<Me>>;

  signIns(actor: Actor): Promise<readonly SignInView[]>;
  revokeSignIn(actor: Actor, signInId: string): Promise<Result<null, BetProblem>>;
  revokeSignIns(accountId: string, reason: string): Promise<void>;
  /** Cookies that end the browser's own part of a sign-in. */
  signedOutHeaders(): HeaderList;

  keys(actor: Actor): Promise<readonly ApiKeyView[]>;
  createKey(actor: Actor, request: z.output<typeof createKeySchema>): Promise<Result<CreatedKey, BetProblem>>;
  revokeKey(actor: Actor, keyId: string): Promise<Result<null, BetProblem>>;

  /** These ended in a transaction of the caller's, as when an account is deleted. */
  tellEnded(ended: readonly Ended[]): void;
  /** Told at once on this node; another node learns of it within two seconds, at the next request. */
  onEnded(listener: (ended: Ended) => void): void;
  /** Deletes nonces that have run out, and sign-ins that ended long ago. Answers how many. */
  cleanUp(): Promise<number>;
};
