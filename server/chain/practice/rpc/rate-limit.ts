// Requests a second, as a shared RPC node limits them: a bucket that holds one second's worth.
import type { Clock } from '@/lib/units/time';

export type RateLimit = { allows(requests: number, ratePerSecond: number): boolean };

export function createRateLimit(clock: Clock): RateLimit {
  let used = 0;
  let since = clock();
  return {
    allows(requests, ratePerSecond) {
      if (ratePerSecond <= 0) return true;
      const now = clock();
      used = Math.max(0, used - ((now - since) / 1_000) * ratePerSecond);
      since = now;
      if (used + requests > ratePerSecond) return false;
      used += requests;
      return true;
    },
  };
}
