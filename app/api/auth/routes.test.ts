import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as logoutEverywhere } from '@/app/api/auth/logout-everywhere/route';
import { POST as logout } from '@/app/api/auth/logout/route';
import { GET as me } from '@/app/api/auth/me/route';
import { POST as nonce } from '@/app/api/auth/nonce/route';
import { DELETE as endSignIn } from '@/app/api/auth/sign-ins/[id]/route';
import { GET as signIns } from '@/app/api/auth/sign-ins/route';
import { POST as verify } from '@/app/api/auth/verify/route';
import { DELETE as revokeKey } from '@/app/api/keys/[id]/route';
import { GET as keys, POST as createKey } from '@/app/api/keys/route';
import { problemSchema } from '@/lib/protocol/bets-api';
import { apiKeysSchema, createdKeySchema, meSchema, signInFieldsSchema, signInsSchema } from '@/lib/protocol/auth-api';
import { createBrowser, createWallet, createWorld, signFields, type Browser } from '@/server/auth/test-kit/auth-world';
import { setRuntime, type Runtime } from '@/server/runtime';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
beforeAll(() => {
  const { auth } = createWorld({ database: database() });
  const fail = (error: unknown) => {
    throw error;
  };
  setRuntime({ auth, onRecordFault: fail } as unknown as Runtime);
});
afterAll(() => setRuntime(null as unknown as Runtime));

type Route = (request: Request) => Promise<Response>;

/** As a page asks, with what it answers kept. */
async function ask(browser: Browser, route: Route, { method = 'POST', body = {} as unknown, headers = {} } = {}) {
  const plain = browser.request(method, headers);
  const request = method === 'GET' ? plain : new Request(plain, { body: JSON.stringify(body) });
  const response = await route(request);
  browser.keep(response.headers.getSetCookie().map((cookie) => ['set-cookie', cookie]));
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, json: (await response.json()) as unknown };
}

async function signIn(browser: Browser, wallet = createWallet()) {
  const fields = signInFieldsSchema.parse((await ask(browser, nonce)).json);
  return ask(browser, verify, { body: signFields(wallet, fields) });
}

const named = (
  route: (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>,
  id: string,
) => ((request) => route(request, { params: Promise.resolve({ id }) })) satisfies Route;

describe('the routes of signing in', () => {
  it('sign in, say who is signed in, and sign out', async () => {
    const [browser, wallet] = [createBrowser(), createWallet()];
    expect(meSchema.parse((await ask(browser, me, { method: 'GET' })).json)).toEqual({ account: null });
    const signedIn = await signIn(browser, wallet);
    expect(signedIn.status).toBe(200);
    expect(meSchema.parse(signedIn.json).account?.publicKey).toBe(wallet.publicKey);
    expect((await ask(browser, me, { method: 'GET' })).json).toEqual(signedIn.json);
    expect((await ask(browser, logout)).json).toEqual({ account: null });
    expect(browser.cookies.size).toBe(0);
    expect((await ask(browser, me, { method: 'GET' })).json).toEqual({ account: null });
  });

  it('list the browsers that are signed in, and end one or all', async () => {
    const wallet = createWallet();
    const [browser, phone] = [createBrowser(), createBrowser()];
    await signIn(browser, wallet);
    await signIn(phone, wallet);
    const listed = signInsSchema.parse((await ask(browser, signIns, { method: 'GET' })).json).signIns;
    const other = listed.find(({ current }) => !current)!;
    const ended = await ask(browser, named(endSignIn, other.id), { method: 'DELETE' });
    expect(signInsSchema.parse(ended.json).signIns.map(({ id }) => id)).not.toContain(other.id);
    expect(await ask(phone, signIns, { method: 'GET' })).toMatchObject({
      status: 401,
      json: { code: 'sign-in-expired' },
    });
    expect((await ask(browser, named(endSignIn, other.id), { method: 'DELETE' })).status).toBe(404);
    expect((await ask(browser, logoutEverywhere)).json).toEqual({ account: null });
    expect(browser.cookies.size).toBe(0);
  });

  it('say what is wrong with a request, as a problem', async () => {
    const browser = createBrowser();
    for (const body of [{}, { publicKey: 1 }, { publicKey: 'a', message: 'b', signature: 'c', more: 1 }, [], 'x']) {
      const { status, json } = await ask(browser, verify, { body });
      expect({ status, code: problemSchema.parse(json).code }).toEqual({ status: 400, code: 'bad-request' });
    }
    const evil = await ask(browser, nonce, { headers: { origin: 'https://fortytick.evil' } });
    expect(evil).toMatchObject({ status: 403, json: { code: 'wrong-origin' } });
  });
});

describe('the routes of keys', () => {
  it('make, list and revoke, for a player in a browser', async () => {
    const browser = createBrowser();
    await signIn(browser);
    const made = await ask(browser, createKey, { body: { name: 'my bot', permissions: ['bet', 'read'] } });
    expect(made.status).toBe(201);
    const { key, apiKey } = createdKeySchema.parse(made.json);
    const authorization = `Bearer ${key}`;
    for (const [route, method] of [
      [keys, 'GET'],
      [createKey, 'POST'],
      [named(revokeKey, apiKey.id), 'DELETE'],
      [signIns, 'GET'],
      [logoutEverywhere, 'POST'],
    ] as const) {
      const refused = await ask(createBrowser(), route, { method, headers: { authorization } });
      expect(refused).toMatchObject({ status: 403, json: { code: 'key-not-allowed' } });
    }
    expect(apiKeysSchema.parse((await ask(browser, keys, { method: 'GET' })).json).keys).toEqual([
      { ...apiKey, lastUsedAt: expect.any(Number) },
    ]);
    const revoked = await ask(browser, named(revokeKey, apiKey.id), { method: 'DELETE' });
    expect(apiKeysSchema.parse(revoked.json).keys).toMatchObject([{ revokedAt: expect.any(Number) }]);
    expect(await ask(createBrowser(), keys, { method: 'GET', headers: { authorization } })).toMatchObject({
      status: 401,
      json: { code: 'key-expired' },
    });
  });

  it('are not there for whoever is not signed in', async () => {
    const unknown = { status: 401, json: { code: 'not-signed-in' } };
    expect(await ask(createBrowser(), keys, { method: 'GET' })).toMatchObject(unknown);
    expect(await ask(createBrowser(), createKey)).toMatchObject(unknown);
  });
});
