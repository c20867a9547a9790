// The practice chain's balance and airdrop, as the account menu asks for them.
import { z } from 'zod';
import { lamportsText, problemSchema } from '@/lib/protocol/bets-api';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type PracticeAnswer =
  | { readonly kind: 'ready'; readonly lamports: Lamports }
  /** The server works on a real network. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly message: string };

export type PracticeApi = { balance(): Promise<PracticeAnswer>; airdrop(): Promise<PracticeAnswer> };

const ANSWER_LIMIT_MS = 15_000;
const balanceSchema = z.object({ lamports: lamportsText });

export function createPracticeApi(fetchApi: typeof fetch): PracticeApi {
  async function ask(path: string, body: object | null): Promise<PracticeAnswer> {
    try {
      const response = await fetchApi(path, {
        method: body ? 'POST' : 'GET',
        headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
        body: body && JSON.stringify(body),
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
      return read(response.status, await response.json().catch(() => null));
    } catch {
      return { kind: 'failed', message: 'The server cannot be reached. Try again in a moment.' };
    }
  }
  return { balance: () => ask('/api/practice/balance', null), airdrop: () => ask('/api/practice/airdrop', {}) };
}

function read(status: number, body: unknown): PracticeAnswer {
  const balance = balanceSchema.safeParse(body);
  if (status === 200 && balance.success) return { kind: 'ready', lamports: lamports(BigInt(balance.data.lamports)) };
  const problem = problemSchema.safeParse(body);
  if (status === 404 || (problem.success && problem.data.code === 'venue-unavailable')) return { kind: 'none' };
  const message = problem.success
    ? problem.data.detail || problem.data.title
    : `The server answered with an error (${status}).`;
  return { kind: 'failed', message };
}
