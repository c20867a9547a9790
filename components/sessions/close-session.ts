// Ends a running session through our API. The failure is what to tell the player.
import { problemSchema } from '@/lib/protocol/bets-api';
import { err, ok, type Result } from '@/lib/units/result';

const ANSWER_LIMIT_MS = 8_000;

export async function closeSession(sessionId: string, fetcher: typeof fetch = fetch): Promise<Result<null, string>> {
  try {
    const response = await fetcher(`/api/sessions/${encodeURIComponent(sessionId)}/close`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    if (response.ok) return ok(null);
    const told = problemSchema.safeParse(await response.json());
    return err(told.success ? told.data.detail : `The server answered with an error (${response.status}).`);
  } catch {
    return err('No answer came. The session may have ended all the same: this page will show it.');
  }
}
