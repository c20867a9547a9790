// Token buckets: each key has `capacity` requests at once and gets `perSecond` more of them. Time is passed in. Bounded: of
// more keys than `keysMax` the one that asked longest ago is forgotten, and finds its bucket full when it comes back.
import type { EpochMs } from '@/lib/units/time';

export type RateLimit = { readonly capacity: number; readonly perSecond: number };

export type RateLimitVerdict = {
  readonly allowed: boolean;
  readonly limit: number;
  /** Requests that would be allowed right now, after this one. */
  readonly remaining: number;
  /** Until all of them are there again. */
  readonly resetMs: number;
  /** Until one is; 0 where one is. */
  readonly retryAfterMs: number;
};

export type RateLimiter = {
  /** Takes one request from the bucket, if there is one. */
  take(key: string, now: EpochMs): RateLimitVerdict;
  /** The same without taking. */
  look(key: string, now: EpochMs): RateLimitVerdict;
  size(): number;
};

/** Also the number of players and programs that may be busy at once without anyone gaining by it. */
const KEYS_MAX = 20_000;

export function createRateLimiter({
  capacity,
  perSecond,
  keysMax = KEYS_MAX,
}: RateLimit & { keysMax?: number }): RateLimiter {
  const buckets = new Map<string, Bucket>();

  /** A clock that goes back gives nothing and takes nothing. */
  function fill(key: string, now: EpochMs): Bucket {
    const bucket = buckets.get(key);
    if (!bucket) return { tokens: capacity, at: now };
    const gained = (Math.max(0, now - bucket.at) / 1000) * perSecond;
    return { tokens: Math.min(capacity, bucket.tokens + gained), at: Math.max(now, bucket.at) };
  }

  function toVerdict({ tokens }: Bucket, allowed: boolean): RateLimitVerdict {
    const msPerToken = 1000 / perSecond;
    return {
      allowed,
      limit: capacity,
      remaining: Math.floor(tokens),
      resetMs: Math.ceil((capacity - tokens) * msPerToken),
      retryAfterMs: tokens >= 1 ? 0 : Math.ceil((1 - tokens) * msPerToken),
    };
  }

  return {
    take(key, now) {
      const { tokens, at } = fill(key, now);
      const bucket = { tokens: tokens >= 1 ? tokens - 1 : tokens, at };
      // Set anew, so that the order of the map is that of the last request.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > keysMax) buckets.delete(buckets.keys().next().value!);
      return toVerdict(bucket, tokens >= 1);
    },
    look(key, now) {
      const bucket = fill(key, now);
      return toVerdict(bucket, bucket.tokens >= 1);
    },
    size: () => buckets.size,
  };
}

type Bucket = { readonly tokens: number; readonly at: number };
