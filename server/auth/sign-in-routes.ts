// Signing in by a signed message, and what can be asked about it: the verbs behind app/api/auth.
import { transact } from '@/db/connect';
import { subscriberOf } from '@/lib/auth/ip-ranges';
import { toSignInFields } from '@/lib/auth/sign-in-fields';
import type { RateLimitVerdict } from '@/lib/auth/rate-limit';
import type { SignedInAccount, SignInFields } from '@/lib/protocol/auth-api';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { err, ok } from '@/lib/units/result';
import type { RawSql } from '@/db/connect';
import type { Clock, EpochMs } from '@/lib/units/time';
import type { Answer, Auth } from '@/server/auth/auth';
import { checkSigned, NONCE_USED } from '@/server/auth/check-signed';
import type { Cookies } from '@/server/auth/cookies';
import { limitHeaders, tooOften, type Limits } from '@/server/auth/limits';
import { issueNonce, useNonce } from '@/server/auth/nonces';
import { isForeign, originOf, wrongOrigin } from '@/server/auth/origins';
import type { SignInDesk } from '@/server/auth/sign-in-desk';
import { revokeSignIn, type SignIn } from '@/server/auth/sign-in-rows';
import type { Tokens } from '@/server/auth/token';
import { clientAddressOf } from '@/server/http/client-address';
import type { RecordDatabase } from '@/server/store/record-database';

export type FindOrCreateAccount = (
  sql: RawSql,
  options: { publicKey: string; now: EpochMs; accountId: string },
) => Promise<{ readonly accountId: string }>;

export type SignInRoutesOptions = {
  readonly reading: Pick<RecordDatabase, 'use'>;
  readonly writing: Pick<RecordDatabase, 'use'>;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly tokens: Tokens;
  readonly cookies: Cookies;
  readonly limits: Limits;
  readonly origins: readonly string[];
  /** As the Wallet Standard names the network. */
  readonly chainId: string;
  readonly signIns: SignInDesk;
  readonly findOrCreateAccount: FindOrCreateAccount;
};

export function createSignInRoutes(options: SignInRoutesOptions): Pick<Auth, 'nonce' | 'verify' | 'me' | 'logout'> {
  const { writing, clock, randomId, tokens, cookies, limits, origins, chainId, signIns } = options;

  const limit = (request: Request) => limits.signIn.take(subscriberOf(clientAddressOf(request)), clock());

  /** The account, the nonce and the sign-in come about together or not at all. */
  async function begin({ publicKey, nonce, replaced }: { publicKey: string; nonce: string; replaced: SignIn | null }) {
    return writing.use((sql) =>
      transact(sql, async () => {
        if (!(await useNonce(sql, { nonce, now: clock() }))) return null;
        const { accountId } = await options.findOrCreateAccount(sql, {
          publicKey,
          now: clock(),
          accountId: randomId(),
        });
        const begun = await signIns.begin(sql, { accountId, publicKey });
        const left = replaced
          ? await revokeSignIn(sql, { ...replaced, id: replaced.signInId, reason: 'replaced', now: clock() })
          : [];
        return { signIn: begun.signIn, ended: [...begun.ended, ...left] };
      }),
    );
  }

  /** What this browser was signed in with before, so that it does not live on unseen. */
  async function findReplaced(request: Request): Promise<SignIn | null> {
    const text = cookies.read(request.headers.get('cookie'));
    const identified = text === null ? null : await signIns.identify(text, { renew: false });
    return identified?.ok ? identified.value.signIn : null;
  }

  return {
    async nonce(request): Promise<Answer<SignInFields>> {
      const verdict = limit(request);
      const headers = limitHeaders(verdict);
      const origin = originOf(request, origins);
      const problem = obstacle({ verdict, isForeign: origin === null || isForeign(request, origins), origins });
      if (problem || origin === null) return { result: err(problem ?? wrongOrigin(origins)), headers };
      const nonce = await writing.use((sql) => issueNonce(sql, { nonce: randomId(), now: clock() }));
      return { result: nonce ? ok(toSignInFields({ nonce, origin, chainId })) : err(TOO_MANY_NONCES), headers };
    },
    async verify(request, signed) {
      const verdict = limit(request);
      const headers = limitHeaders(verdict);
      const problem = obstacle({ verdict, isForeign: isForeign(request, origins), origins });
      if (problem) return { result: err(problem), headers };
      const verified = await checkSigned(options, signed);
      if (!verified.ok) return { result: verified, headers };
      const begun = await begin({ ...verified.value, replaced: await findReplaced(request) });
      if (!begun) return { result: err(NONCE_USED), headers };
      signIns.tellEnded(begun.ended);
      const set = await signIns.cookiesOf(begun.signIn);
      return { result: ok({ account: toAccount(begun.signIn) }), headers: [...headers, ...set] };
    },
    async me(request) {
      const text = cookies.read(request.headers.get('cookie'));
      if (text === null) return { result: ok(NOBODY), headers: [] };
      const identified = await signIns.identify(text, { renew: true });
      if (!identified.ok) return { result: ok(NOBODY), headers: identified.error.headers };
      const { signIn, headers } = identified.value;
      const verdict = limits.account.take(signIn.accountId, clock());
      const result = verdict.allowed ? ok({ account: toAccount(signIn) }) : err(tooOften(verdict));
      return { result, headers: [...limitHeaders(verdict), ...headers] };
    },
    async logout(request) {
      if (isForeign(request, origins)) return { result: err(wrongOrigin(origins)), headers: [] };
      const text = cookies.read(request.headers.get('cookie'));
      const token = text === null ? null : await tokens.read(text);
      if (token) await signIns.end({ accountId: token.accountId, id: token.signInId, reason: 'logged-out' });
      return { result: ok(NOBODY), headers: cookies.clear() };
    },
  };
}

const NOBODY = { account: null };

function toAccount({ accountId, publicKey, expiresAt }: SignIn): SignedInAccount {
  return { accountId, publicKey, expiresAt };
}

function obstacle({
  verdict,
  isForeign,
  origins,
}: {
  verdict: RateLimitVerdict;
  isForeign: boolean;
  origins: readonly string[];
}): BetProblem | null {
  if (!verdict.allowed) return tooOften(verdict);
  return isForeign ? wrongOrigin(origins) : null;
}

const TOO_MANY_NONCES = betProblem(
  'rate-limited',
  'Too many players are signing in at this moment. Try again in a minute.',
  { retryAfterMs: 60_000 },
);
