// Sign-ins as requests meet them: what a token is worth now, its renewal, and every way in which a sign-in ends. The record
// has the last word, through a cache of two seconds that endings on this node clear at once.
import { isTokenGood, judgeToken, type TokenVerdict } from '@/lib/auth/judge-token';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { err, ok, type Result } from '@/lib/units/result';
import type { Clock } from '@/lib/units/time';
import type { Ended, HeaderList } from '@/server/auth/auth';
import type { Cookies } from '@/server/auth/cookies';
import { createRowCache } from '@/server/auth/row-cache';
import { signInId, type SignInId } from '@/server/auth/sign-in-id';
import {
  insertSignIn,
  readSignIn,
  renewSignIn,
  revokeSignIn,
  revokeSignIns,
  SIGN_INS_MAX,
} from '@/server/auth/sign-in-rows';
import type { SignIn } from '@/server/auth/sign-in-rows';
import type { Token, Tokens } from '@/server/auth/token';
import type { RawSql } from '@/db/connect';
import type { RecordDatabase } from '@/server/store/record-database';

export type Identified = { readonly signIn: SignIn; readonly headers: HeaderList };
export type Unidentified = { readonly problem: BetProblem; readonly headers: HeaderList };

export type SignInDesk = {
  /** `renew` false: where no cookie can be set. */
  identify(tokenText: string, options: { renew: boolean }): Promise<Result<Identified, Unidentified>>;
  /** Inside the caller's transaction; `commit` after it. */
  begin(
    sql: RawSql,
    account: { accountId: string; publicKey: string },
  ): Promise<{ readonly signIn: SignIn; readonly ended: readonly string[] }>;
  /** The cookies of a sign-in that has begun. */
  cookiesOf(signIn: SignIn): Promise<HeaderList>;
  end(of: { accountId: string; id: string; reason: EndReason }): Promise<boolean>;
  endAll(of: { accountId: string; reason: string }): Promise<void>;
  /** These ended in a transaction of the caller's. */
  tellEnded(ids: readonly string[]): void;
};

export type EndReason = 'logged-out' | 'logged-out-everywhere' | 'revoked' | 'replaced' | 'too-many' | 'stolen';

export type SignInDeskOptions = {
  readonly reading: Pick<RecordDatabase, 'use'>;
  readonly writing: Pick<RecordDatabase, 'use'>;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly tokens: Tokens;
  readonly cookies: Cookies;
  readonly onEnded: (ended: Ended) => void;
};

/** A renewal that another request was quicker with is judged again, once; a third look would say the same. */
const LOOKS_MAX = 2;

export function createSignInDesk(options: SignInDeskOptions): SignInDesk {
  const { reading, writing, clock, randomId, tokens, cookies, onEnded } = options;
  const rows = createRowCache<SignIn>({ clock, read: (id) => reading.use((sql) => readSignIn(sql, id)) });

  async function find(token: Token): Promise<SignIn | null> {
    const signIn = await rows.get(token.signInId);
    // Another node has renewed it since this one looked.
    if (signIn && token.generation > signIn.generation) rows.drop(token.signInId);
    else return signIn;
    return rows.get(token.signInId);
  }

  async function cookiesOf({ accountId, signInId, generation, expiresAt }: SignIn): Promise<HeaderList> {
    const token = await tokens.sign({ accountId, signInId, generation, issuedAt: clock() });
    return cookies.set(token, expiresAt - clock());
  }

  async function renew(signIn: SignIn): Promise<SignIn | null> {
    const renewed = await writing.use((sql) => renewSignIn(sql, { signIn, now: clock() }));
    if (renewed) rows.put(renewed.signInId, renewed);
    else rows.drop(signIn.signInId);
    return renewed;
  }

  function tellEnded(ids: readonly string[]) {
    for (const id of ids) rows.drop(id);
    for (const id of ids) onEnded({ kind: 'sign-in', id });
  }

  async function end({ accountId, id, reason }: { accountId: string; id: string; reason: EndReason }) {
    const ended = await writing.use((sql) => revokeSignIn(sql, { accountId, id, reason, now: clock() }));
    rows.drop(id);
    tellEnded(ended);
    return ended.length > 0;
  }

  async function refuse(verdict: TokenVerdict, signIn: SignIn | null): Promise<Result<never, Unidentified>> {
    if (verdict === 'stolen' && signIn) {
      await end({ accountId: signIn.accountId, id: signIn.signInId, reason: 'stolen' });
    }
    return err({ problem: signInExpired(verdict, signIn), headers: cookies.clear() });
  }

  return {
    cookiesOf,
    end,
    tellEnded,
    async identify(tokenText, { renew: mayRenew }) {
      const token = await tokens.read(tokenText);
      if (!token) return refuse('unknown', null);
      for (let look = 1; ; look++) {
        const signIn = await find(token);
        if (!signIn || signIn.accountId !== token.accountId) return refuse('unknown', null);
        const verdict = judgeToken(token, signIn, clock());
        if (!isTokenGood(verdict)) return refuse(verdict, signIn);
        if (verdict === 'good' || !mayRenew) return ok({ signIn, headers: [] });
        if (verdict === 'repeat') return ok({ signIn, headers: await cookiesOf(signIn) });
        const renewed = await renew(signIn);
        if (renewed) return ok({ signIn: renewed, headers: await cookiesOf(renewed) });
        if (look === LOOKS_MAX) return ok({ signIn, headers: [] });
      }
    },
    async begin(sql, { accountId, publicKey }) {
      const now = clock();
      const ended = await revokeSignIns(sql, { accountId, keep: SIGN_INS_MAX - 1, reason: 'too-many', now });
      const id: SignInId = signInId(randomId());
      return { signIn: await insertSignIn(sql, { id, accountId, publicKey, now }), ended };
    },
    async endAll({ accountId, reason }) {
      tellEnded(await writing.use((sql) => revokeSignIns(sql, { accountId, keep: 0, reason, now: clock() })));
    },
  };
}

function signInExpired(verdict: TokenVerdict, signIn: SignIn | null): BetProblem {
  const reason = verdict === 'stolen' ? 'stolen' : (signIn?.revokedReason ?? '');
  const words = Object.hasOwn(ENDED_WORDS, reason)
    ? ENDED_WORDS[reason as EndReason]
    : 'Your sign-in has ended. Sign in again to go on.';
  return betProblem('sign-in-expired', words);
}

const ENDED_WORDS: Record<EndReason, string> = {
  'logged-out': 'You signed out in this browser. Sign in again to go on.',
  'logged-out-everywhere': 'You signed out everywhere. Sign in again to go on.',
  revoked: 'This sign-in was ended from another of your browsers. Sign in again to go on.',
  replaced: 'You signed in anew in this browser, which ended the sign-in before it.',
  'too-many': `You are signed in in ${SIGN_INS_MAX} other browsers since; the one used longest ago was ended. Sign in again to go on.`,
  stolen:
    'This sign-in was used from two places, so it was ended, in case somebody copied it. If that was not you, sign out everywhere. Sign in again to go on.',
};
