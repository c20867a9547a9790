// A BetProblem as the API answers it: an RFC 9457 problem with a `code` for programs and words for people.
import { BET_PROBLEMS, type BetProblem } from '@/lib/protocol/bet-problem';

export function betProblemResponse(problem: BetProblem, headers: Readonly<Record<string, string>> = {}): Response {
  const { code, message, rules, retryAfterMs } = problem;
  const status = BET_PROBLEMS[code];
  const title = code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
  const body = { type: 'about:blank', title, status, detail: message, code, ...(rules && { rules }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfterMs !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
      ...headers,
    },
  });
}
