import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { askApi } from '@/components/safety/ask-api';

const QUESTION = { method: 'PUT', path: '/api/x', body: { a: 1 }, schema: z.object({ n: z.number() }) } as const;

function answering(status: number, body: unknown) {
  const onSignedOut = vi.fn();
  const send = vi.fn<typeof fetch>(async () => new Response(JSON.stringify(body), { status }));
  return { send, onSignedOut };
}

describe('asking our API', () => {
  it('sends JSON and gives what the schema knows', async () => {
    const parts = answering(200, { n: 1, more: true });
    expect(await askApi(QUESTION, parts)).toEqual({ ok: true, value: { n: 1 } });
    expect(parts.send.mock.calls[0]![1]).toMatchObject({ method: 'PUT', body: '{"a":1}', cache: 'no-store' });
  });

  it('passes a problem on in the server’s words, with its code', async () => {
    const problem = { type: 'about:blank', title: 'Stopped', status: 423, detail: 'You stopped.', code: 'stopped' };
    const parts = answering(423, problem);
    expect(await askApi(QUESTION, parts)).toEqual({ ok: false, error: { code: 'stopped', message: 'You stopped.' } });
    expect(parts.onSignedOut).not.toHaveBeenCalled();
  });

  it('has the sign-in looked at again when it no longer counts', async () => {
    const parts = answering(401, { type: 'about:blank', title: 'Not signed in', status: 401, detail: 'Sign in.' });
    expect(await askApi(QUESTION, parts)).toMatchObject({ ok: false, error: { code: null, message: 'Sign in.' } });
    expect(parts.onSignedOut).toHaveBeenCalledOnce();
  });

  it.each([
    ['an answer of another version', answering(200, { n: 'one' }), /different versions/],
    ['an error without words', answering(500, 'oops'), /error \(500\)/],
    [
      'no answer',
      { send: async () => Promise.reject(new TypeError('failed')), onSignedOut: vi.fn() },
      /cannot be reached/,
    ],
  ])('says so for %s', async (_, parts, words) => {
    const answer = await askApi(QUESTION, parts);
    expect(!answer.ok && answer.error.message).toMatch(words);
  });
});
