import { afterEach, describe, expect, it } from 'vitest';
import { betProblem } from '@/lib/protocol/bet-problem';
import { err, ok } from '@/lib/units/result';
import type { Actor } from '@/server/auth/actor';
import type { Admission } from '@/server/auth/auth';
import { signInId } from '@/server/auth/sign-in-id';
import { jsonResponse } from '@/server/http/problem';
import { withActor } from '@/server/http/with-actor';
import { setRuntime, type Runtime } from '@/server/runtime';

const actor: Actor = { accountId: 'a', by: { kind: 'browser', signInId: signInId('s') } };
const request = new Request('http://localhost:3000/api/keys');
let faults: unknown[] = [];

function run(admit: () => Promise<Admission>): void {
  faults = [];
  setRuntime({ auth: { admit }, onRecordFault: (error: unknown) => faults.push(error) } as unknown as Runtime);
}

afterEach(() => setRuntime(null as unknown as Runtime));

describe('a route of a player’s own', () => {
  it('answers with the headers of the admission, two cookies among them', async () => {
    run(async () => ({
      admitted: ok(actor),
      headers: [
        ['ratelimit-limit', '240'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    }));
    const response = await withActor(request, 'read', async ({ accountId }) => jsonResponse({ accountId }, 201));
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ accountId: 'a' });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('ratelimit-limit')).toBe('240');
  });

  it('is not asked for whoever may not, who is told why', async () => {
    const problem = betProblem('rate-limited', 'Too many.', { retryAfterMs: 1_500 });
    run(async () => ({ admitted: err(problem), headers: [['set-cookie', 'a=; Max-Age=0']] }));
    const response = await withActor(request, 'read', () => Promise.reject(new Error('not to be asked')));
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.getSetCookie()).toEqual(['a=; Max-Age=0']);
    expect(await response.json()).toMatchObject({ code: 'rate-limited', detail: 'Too many.' });
  });

  it('says that the record is away, and tells the log', async () => {
    run(() => Promise.reject(new Error('ECONNREFUSED')));
    const response = await withActor(request, 'read', async () => jsonResponse({}));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'record-unavailable' });
    expect(faults).toHaveLength(1);
  });

  it('says that the server is starting', async () => {
    const response = await withActor(request, 'read', async () => jsonResponse({}));
    expect(await response.json()).toMatchObject({ status: 503, code: 'starting' });
  });
});
