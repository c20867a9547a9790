// The token in a browser's cookie: a JWT that names a sign-in and its generation, signed so that nobody else can make one.
// What it is worth is the row's to say (lib/auth/judge-token), hence one past its life is still read: it is due for renewal.
import { jwtVerify, SignJWT } from 'jose';
import { SIGN_IN_LIFE_MS, TOKEN_LIFE_MS } from '@/lib/auth/judge-token';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { signInId, type SignInId } from '@/server/auth/sign-in-id';

export type Token = {
  readonly accountId: string;
  readonly signInId: SignInId;
  readonly generation: number;
  readonly issuedAt: EpochMs;
};

export type Tokens = {
  sign(token: Token): Promise<string>;
  /** Null for whatever this server did not sign. */
  read(text: string): Promise<Token | null>;
};

const ISSUER = 'fortytick';
const AUDIENCE = 'fortytick-browser';
const ALGORITHM = 'HS256';
/** Ours have about 330 characters. */
const TOKEN_CHARS_MAX = 1_000;

export function createTokens({ secret, clock }: { secret: Uint8Array; clock: () => EpochMs }): Tokens {
  return {
    sign: ({ accountId, signInId, generation, issuedAt }) =>
      new SignJWT({ generation })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(accountId)
        .setJti(signInId)
        .setIssuedAt(toSeconds(issuedAt))
        .setExpirationTime(toSeconds(issuedAt + TOKEN_LIFE_MS))
        .sign(secret),
    async read(text) {
      if (text.length > TOKEN_CHARS_MAX) return null;
      try {
        const { payload } = await jwtVerify(text, secret, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'jti', 'iat', 'exp'],
          currentDate: new Date(clock()),
          clockTolerance: toSeconds(SIGN_IN_LIFE_MS),
        });
        const { sub, jti, iat, generation } = payload;
        if (typeof generation !== 'number' || !Number.isSafeInteger(generation)) return null;
        return { accountId: sub!, signInId: signInId(jti!), generation, issuedAt: epochMs(iat! * 1000) };
      } catch {
        return null;
      }
    },
  };
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
