// How often each may ask. A browser's burst is a page that opens; a program's is a round of bets; who is not signed in yet
// needs two requests to be.
import { createRateLimiter, type RateLimiter, type RateLimitVerdict } from '@/lib/auth/rate-limit';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { HeaderList } from '@/server/auth/auth';

export type Limits = {
  /** All browsers of an account. */
  readonly account: RateLimiter;
  readonly key: RateLimiter;
  /** Signing in, by client address. Generous, since many players may come from behind one. */
  readonly signIn: RateLimiter;
  /** Keys that nobody has, by client address: each costs a look into the record. */
  readonly unknownKey: RateLimiter;
};

export function createLimits(): Limits {
  return {
    account: createRateLimiter({ capacity: 240, perSecond: 20 }),
    key: createRateLimiter({ capacity: 60, perSecond: 10 }),
    signIn: createRateLimiter({ capacity: 120, perSecond: 2 }),
    unknownKey: createRateLimiter({ capacity: 30, perSecond: 1 }),
  };
}

/** As draft-ietf-httpapi-ratelimit-headers has them: whole seconds. */
export function limitHeaders({ limit, remaining, resetMs }: RateLimitVerdict): HeaderList {
  return [
    ['ratelimit-limit', String(limit)],
    ['ratelimit-remaining', String(remaining)],
    ['ratelimit-reset', String(Math.ceil(resetMs / 1000))],
  ];
}

export function tooOften({ retryAfterMs }: RateLimitVerdict): BetProblem {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return betProblem('rate-limited', `Too many requests at once. Nothing was done; try again in ${seconds} s.`, {
    retryAfterMs,
  });
}
