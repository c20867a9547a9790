// What every route of a player's own begins with: who asks (sign-in or key), whether they may, and whether they ask too
// often. Answers refusals itself; on what the route answers it sets the rate limit's headers and a renewed cookie.
import { betProblem } from '@/lib/protocol/bet-problem';
import type { Actor, Requirement } from '@/server/auth/actor';
import type { Answer, Auth, HeaderList } from '@/server/auth/auth';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { jsonResponse } from '@/server/http/problem';
import { RECORD_UNAVAILABLE } from '@/server/http/with-database';
import { getRuntime } from '@/server/runtime';

export async function withActor(
  request: Request,
  requirement: Requirement,
  answer: (actor: Actor) => Promise<Response>,
): Promise<Response> {
  return withAuth(async (auth) => {
    const admission = await auth.admit(request, requirement);
    const response = admission.admitted.ok
      ? await answer(admission.admitted.value)
      : betProblemResponse(admission.admitted.error);
    return withHeaders(response, admission.headers);
  });
}

/** For the routes that anybody may ask. The record's trouble, and ours before the start, are told as such. */
export async function withAuth(answer: (auth: Auth) => Promise<Response>): Promise<Response> {
  const runtime = getRuntime();
  if (!runtime?.auth) {
    return betProblemResponse(betProblem('starting', 'Fortytick is still starting. Try again in a moment.'));
  }
  try {
    return await answer(runtime.auth);
  } catch (error) {
    runtime.onRecordFault(error);
    return betProblemResponse(betProblem('record-unavailable', RECORD_UNAVAILABLE.detail));
  }
}

export function withHeaders(response: Response, headers: HeaderList): Response {
  for (const [name, value] of headers) response.headers.append(name, value);
  return response;
}

/** What a verb of signing in answered, with the headers it wants. */
export function toResponse<T>({ result, headers }: Answer<T>): Response {
  return withHeaders(result.ok ? jsonResponse(result.value) : betProblemResponse(result.error), headers);
}
