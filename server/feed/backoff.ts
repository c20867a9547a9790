// Exponential backoff with full jitter: the wait is uniform in [0, cap], so that a thousand clients that lost the same
// server do not all come back at once.

const BASE_MS = 500;
const CAP_MS = 15_000;

/** Wait before the given attempt (1 is the first retry). `random` is uniform in [0, 1). */
export function computeBackoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.floor(random() * ceiling);
}
