// What every route of the account does: who asks, the body they send, one verb, its answer or its problem.
import type { z } from 'zod';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { Result } from '@/lib/units/result';
import type { AccountContext } from '@/server/account/account-context';
import type { Requirement } from '@/server/auth/actor';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { jsonResponse } from '@/server/http/problem';
import { readBody } from '@/server/http/read-body';
import { withActor } from '@/server/http/with-actor';
import { getRuntime } from '@/server/runtime';

type Verb<B, T> = (ctx: AccountContext, accountId: string, body: B) => Promise<Result<T, BetProblem>>;

/** For what changes nothing. */
export function withAccount<T>(
  request: Request,
  requirement: Requirement,
  verb: Verb<undefined, T>,
): Promise<Response> {
  return withActor(request, requirement, ({ accountId }) => answer((ctx) => verb(ctx, accountId, undefined)));
}

export function withAccountBody<S extends z.ZodType, T>(
  request: Request,
  { requirement, schema, verb }: { requirement: Requirement; schema: S; verb: Verb<z.output<S>, T> },
): Promise<Response> {
  return withActor(request, requirement, async ({ accountId }) => {
    const body = await readBody(request, schema);
    if (!body.ok) return betProblemResponse(body.error);
    return answer((ctx) => verb(ctx, accountId, body.value));
  });
}

export async function answer<T>(run: (ctx: AccountContext) => Promise<Result<T, BetProblem>>): Promise<Response> {
  const ctx = getRuntime()?.accounts;
  if (!ctx) return betProblemResponse(STARTING);
  const result = await run(ctx);
  return result.ok ? jsonResponse(result.value) : betProblemResponse(result.error);
}

export const STARTING = betProblem('starting', 'Fortytick is still starting. Try again in a moment.');
