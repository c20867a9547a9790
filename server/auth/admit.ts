// Who a request comes from and whether they may: a key in the Authorization header, or else the browser's sign-in. Then the
// rate limit, of the key or of the account. Nothing of a request is believed that its sender could have made up.
import { subscriberOf } from '@/lib/auth/ip-ranges';
import { err, ok, type Result } from '@/lib/units/result';
import type { Clock } from '@/lib/units/time';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { isAllowed, notAllowed, type Actor, type Requirement } from '@/server/auth/actor';
import type { Admission, Auth, HeaderList } from '@/server/auth/auth';
import type { Cookies } from '@/server/auth/cookies';
import type { KeyDesk } from '@/server/auth/key-desk';
import { limitHeaders, tooOften, type Limits } from '@/server/auth/limits';
import { isForeign, wrongOrigin } from '@/server/auth/origins';
import type { SignInDesk } from '@/server/auth/sign-in-desk';
import { clientAddressOf } from '@/server/http/client-address';

export type AdmitOptions = {
  readonly signIns: SignInDesk;
  readonly keys: KeyDesk;
  readonly limits: Limits;
  readonly cookies: Cookies;
  readonly origins: readonly string[];
  readonly clock: Clock;
};

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

export function createAdmit(options: AdmitOptions): Pick<Auth, 'admit' | 'admitSocket'> {
  const { signIns, cookies, limits, origins, clock } = options;

  async function admitBrowser(request: Request, requirement: Requirement): Promise<Admission> {
    const token = cookies.read(request.headers.get('cookie'));
    if (token === null) return refused(NOT_SIGNED_IN);
    if (!SAFE_METHODS.includes(request.method) && isForeign(request, origins)) return refused(wrongOrigin(origins));
    const identified = await signIns.identify(token, { renew: true });
    if (!identified.ok) return refused(identified.error.problem, identified.error.headers);
    const { signIn, headers } = identified.value;
    const actor: Actor = { accountId: signIn.accountId, by: { kind: 'browser', signInId: signIn.signInId } };
    const verdict = limits.account.take(signIn.accountId, clock());
    return judged({ actor, requirement, verdict, headers });
  }

  async function admitKey(request: Request, keyText: string, requirement: Requirement): Promise<Admission> {
    const key = await identifyKey(options, { keyText, clientAddress: clientAddressOf(request) });
    if (!key.ok) return refused(key.error);
    const verdict = limits.key.take(key.value.id, clock());
    const { id: keyId, accountId, permissions } = key.value;
    return judged({ actor: { accountId, by: { kind: 'key', keyId, permissions } }, requirement, verdict, headers: [] });
  }

  return {
    async admit(request, requirement) {
      const authorization = request.headers.get('authorization');
      if (authorization === null) return admitBrowser(request, requirement);
      return admitKey(request, /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '', requirement);
    },
    async admitSocket({ headers, clientAddress, key: keyText }) {
      if (keyText !== null) {
        const key = await identifyKey(options, { keyText, clientAddress });
        if (!key.ok) return key;
        const { id: keyId, accountId, permissions } = key.value;
        return ok({ accountId, by: { kind: 'key', keyId, permissions } });
      }
      const token = cookies.read(headers.cookie);
      if (token === null) return err(NOT_SIGNED_IN);
      if (headers.origin !== undefined && !origins.includes(headers.origin)) return err(wrongOrigin(origins));
      const identified = await signIns.identify(token, { renew: false });
      if (!identified.ok) return err(identified.error.problem);
      const { accountId, signInId } = identified.value.signIn;
      return ok({ accountId, by: { kind: 'browser', signInId } });
    },
  };
}

async function identifyKey(
  { keys, limits, clock }: AdmitOptions,
  { keyText, clientAddress }: { keyText: string; clientAddress: string },
): ReturnType<KeyDesk['identify']> {
  const subscriber = subscriberOf(clientAddress);
  const guesses = limits.unknownKey.look(subscriber, clock());
  if (!guesses.allowed && !keys.isKnown(keyText)) return err(tooOften(guesses));
  const key = await keys.identify(keyText, clientAddress);
  if (!key.ok && key.error.code === 'key-unknown') limits.unknownKey.take(subscriber, clock());
  return key;
}

function judged({
  actor,
  requirement,
  verdict,
  headers,
}: {
  actor: Actor;
  requirement: Requirement;
  verdict: ReturnType<Limits['key']['take']>;
  headers: HeaderList;
}): Admission {
  const all = [...limitHeaders(verdict), ...headers];
  const admitted: Result<Actor, BetProblem> = !verdict.allowed
    ? err(tooOften(verdict))
    : isAllowed(actor, requirement)
      ? ok(actor)
      : err(notAllowed(requirement));
  return { admitted, headers: all };
}

function refused(problem: BetProblem, headers: HeaderList = []): Admission {
  return { admitted: err(problem), headers };
}

export const NOT_SIGNED_IN = betProblem('not-signed-in', 'Nobody is signed in. Sign in with your wallet first.');
