import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { ApiProblem } from '@/components/data/fetch-api';
import { fetchApi } from '@/components/data/fetch-api';

afterEach(() => vi.unstubAllGlobals());

const schema = z.object({ games: z.number() });

/** The page's one door to the network, answering as told. */
function answer(respond: () => Promise<Response>) {
  vi.stubGlobal('fetch', vi.fn(respond));
}

function ask(signal = new AbortController().signal) {
  return fetchApi({ path: '/api/games', schema, signal });
}

const problemOf = async () =>
  ask().then(
    () => null,
    (error: unknown) => error as ApiProblem,
  );

describe('asking the API', () => {
  it('gives what the schema knows and nothing else', async () => {
    answer(async () => Response.json({ games: 3, secret: 1 }));
    expect(await ask()).toEqual({ games: 3 });
  });

  it('passes a problem body on in the server’s words', async () => {
    const body = {
      type: 'about:blank',
      title: 'Bad parameter',
      status: 400,
      detail: 'limit is "0": it takes 1 to 100.',
    };
    answer(async () => Response.json(body, { status: 400, headers: { 'content-type': 'application/problem+json' } }));
    expect(await problemOf()).toMatchObject({
      kind: 'refused',
      status: 400,
      title: 'Bad parameter',
      detail: body.detail,
      mayPass: false,
    });
  });

  it.each([
    ['a page of HTML', '<h1>Bad gateway</h1>'],
    ['JSON that is no problem', '[]'],
    ['nothing', ''],
  ])('names the status when an error comes with %s', async (_, text) => {
    answer(async () => new Response(text, { status: 502 }));
    expect(await problemOf()).toMatchObject({ kind: 'refused', status: 502, mayPass: true });
    expect((await problemOf())?.title).toContain('502');
  });

  it.each([
    ['is not JSON', '<html>'],
    ['is of another shape', '{"games":"three"}'],
  ])('does not take an answer that %s, and says what to do', async (_, text) => {
    answer(async () => new Response(text));
    const problem = await problemOf();
    expect(problem).toMatchObject({ kind: 'unreadable', mayPass: false });
    expect(problem?.detail).toContain('reload');
  });

  it('tells an unreachable server from a slow one', async () => {
    answer(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await problemOf()).toMatchObject({ kind: 'unreachable', status: null, mayPass: true });
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort(new DOMException('late', 'TimeoutError')));
    answer(() => Promise.reject(new DOMException('late', 'TimeoutError')));
    expect(await problemOf()).toMatchObject({ kind: 'late', mayPass: true });
  });

  it('is no problem when the page itself gave up', async () => {
    const gone = new AbortController();
    gone.abort();
    answer(() => Promise.reject(gone.signal.reason as Error));
    await expect(ask(gone.signal)).rejects.toBe(gone.signal.reason);
  });
});
