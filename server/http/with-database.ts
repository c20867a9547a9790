// The record may be away while the live side goes on; that is the server's trouble, not the caller's.
import { err, type Result } from '@/lib/units/result';
import type { Problem } from '@/server/http/problem';
import { getRuntime } from '@/server/runtime';

export const RECORD_UNAVAILABLE: Problem = {
  status: 503,
  title: 'Record unavailable',
  detail: 'The database does not answer. Live data goes on, and nothing seen meanwhile is lost.',
};

export async function withDatabase<T>(ask: () => Promise<Result<T, Problem>>): Promise<Result<T, Problem>> {
  try {
    return await ask();
  } catch (error) {
    getRuntime()?.onRecordFault(error);
    return err(RECORD_UNAVAILABLE);
  }
}
