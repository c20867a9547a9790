// Where players open Fortytick, and whether a request comes from a page of ours. Never taken from the request itself: a
// message signed for another site must not become good by a Host header that says so.
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';

/** The setting, or what a browser on this very machine has in its address line. */
export function toOrigins({ PUBLIC_ORIGIN, port }: { PUBLIC_ORIGIN?: string | undefined; port: number }): string[] {
  if (PUBLIC_ORIGIN !== undefined) return [PUBLIC_ORIGIN];
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => new URL(`http://${host}:${port}`).origin);
}

/** The page's own where a browser tells it, else the one that the request was sent to; null for a page of others. */
export function originOf({ headers }: { headers: Headers }, origins: readonly string[]): string | null {
  const origin = headers.get('origin');
  if (origin !== null) return origins.includes(origin) ? origin : null;
  return origins.find((one) => new URL(one).host === headers.get('host')) ?? origins[0]!;
}

/**
 * For what changes something on the strength of a cookie. Browsers send Origin with every such request, and scripts cannot
 * forge it; a program that sends neither header is no browser, so that nobody's cookie can be abused through it.
 */
export function isForeign({ headers }: { headers: Headers }, origins: readonly string[]): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  return (origin !== null && !origins.includes(origin)) || (site !== null && site !== 'same-origin');
}

export function wrongOrigin(origins: readonly string[]): BetProblem {
  return betProblem(
    'wrong-origin',
    `The request comes from a page of another address. Players sign in and bet at ${origins.join(' or ')}. Nothing was done.`,
  );
}
