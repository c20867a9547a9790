import { describe, expect, it } from 'vitest';
import { createAuthClient } from '@/components/wallet/auth-client';
import { parseSiwsMessage } from '@/lib/auth/siws-message';

const FIELDS = {
  nonce: 'abcdefgh',
  domain: 'localhost:1',
  statement: 'Sign in.',
  uri: 'http://localhost:1',
  version: '1',
  chainId: 'localnet',
  issuedAt: '2026-01-01T00:00:00.000Z',
  expirationTime: '2026-01-01T00:05:00.000Z',
};

type Sent = { readonly path: string; readonly init: RequestInit };

function setUp(respond: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const client = createAuthClient((async (path: string, init: RequestInit) => {
    sent.push({ path, init });
    return respond();
  }) as typeof fetch);
  return { client, sent };
}

const problem = (status: number, code: string) =>
  Response.json({ type: 'about:blank', title: 'No', status, detail: 'Said in words.', code }, { status });

describe('the sign-in API', () => {
  it('gives the fields of a message, with the network as wallets call it', async () => {
    const { client, sent } = setUp(() => Response.json(FIELDS));
    const fields = await client.begin();
    expect(fields).toMatchObject({
      ok: true,
      value: { chain: 'solana:localnet', expiresAtMs: Date.parse(FIELDS.expirationTime) },
    });
    if (!fields.ok) return;
    expect(parseSiwsMessage(client.messageFor(fields.value, 'me'))).toEqual({ ...FIELDS, address: 'me' });
    expect(sent).toMatchObject([{ path: '/api/auth/nonce', init: { method: 'POST', body: '{}' } }]);
  });

  it('is told the signature in base64', async () => {
    const { client, sent } = setUp(() => Response.json({ account: { accountId: 'a', publicKey: 'me', expiresAt: 1 } }));
    const player = await client.verify({ publicKey: 'me', message: 'm', signature: new Uint8Array([0, 255]) });
    expect(player).toEqual({ ok: true, value: { address: 'me', accountId: 'a' } });
    expect(JSON.parse(String(sent[0]!.init.body))).toEqual({ publicKey: 'me', message: 'm', signature: 'AP8=' });
  });

  it.each([
    [() => Response.json({ account: null }), 'not-signed-in'],
    [() => problem(401, 'not-signed-in'), 'not-signed-in'],
    [() => problem(401, 'nonce-used'), 'expired'],
    [() => problem(401, 'message-expired'), 'expired'],
    [() => problem(401, 'bad-signature'), 'refused'],
    [() => new Response('<h1>Bad gateway</h1>', { status: 502 }), 'refused'],
    [() => Response.json({ account: 7 }), 'refused'],
    [() => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
  ] as const)('answering %s is told apart', async (respond, kind) => {
    const answer = await setUp(respond).client.me();
    expect(answer).toMatchObject({ ok: false, error: { kind } });
    expect(!answer.ok && answer.error.message).not.toBe('');
  });

  it('takes signing out of nobody as done', async () => {
    expect(await setUp(() => problem(401, 'not-signed-in')).client.logout()).toEqual({ ok: true, value: null });
    expect(await setUp(() => problem(503, 'record-unavailable')).client.logout()).toMatchObject({ ok: false });
  });
});
