// One request of a signed-in player to our own API: answered with a value the schema knows, or with a problem in words. A
// sign-in that no longer counts is looked at again, so that the page shows it.
import type { z } from 'zod';
import { walletSession } from '@/components/wallet/wallet-session';
import { problemSchema } from '@/lib/protocol/bets-api';
import { err, ok, type Result } from '@/lib/units/result';

/** Longer than any answer takes, shorter than a player waits. */
const ANSWER_LIMIT_MS = 15_000;

/** `code` as lib/protocol/bet-problem lists them; null where the server said none or was not reached. */
export type AskProblem = { readonly code: string | null; readonly message: string };

export type Ask<T> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly schema: z.ZodType<T>;
};

export async function askApi<T>(
  { method, path, body, schema }: Ask<T>,
  {
    send = fetch,
    onSignedOut = () => void walletSession.restore(),
  }: { send?: typeof fetch; onSignedOut?: () => void } = {},
): Promise<Result<T, AskProblem>> {
  let response: Response;
  let answer: unknown;
  try {
    response = await send(path, {
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      body: body ? JSON.stringify(body) : null,
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    answer = response.status === 204 ? null : await response.json().catch(() => undefined);
  } catch {
    return err({
      code: null,
      message: 'The server cannot be reached. Nothing was changed by this browser; try again.',
    });
  }
  if (!response.ok) {
    if (response.status === 401) onSignedOut();
    return err(toProblem(response.status, answer));
  }
  const parsed = schema.safeParse(answer);
  if (parsed.success) return ok(parsed.data);
  return err({ code: null, message: 'This page and the server may be of different versions: load the page again.' });
}

function toProblem(status: number, answer: unknown): AskProblem {
  const told = problemSchema.safeParse(answer);
  if (!told.success) return { code: null, message: `The server answered with an error (${status}).` };
  return { code: told.data.code ?? null, message: told.data.detail || told.data.title };
}
