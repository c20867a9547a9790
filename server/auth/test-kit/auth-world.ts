// Signing in on a real record with a clock of the test's own, and browsers and wallets that behave as theirs do: a browser
// keeps cookies and sends Origin, a wallet signs what it is shown.
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import bs58 from 'bs58';
import { afterAll } from 'vitest';
import { buildSiwsMessage } from '@/lib/auth/siws-message';
import type { Me, SignInFields, VerifyRequest } from '@/lib/protocol/auth-api';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { findOrCreateAccount } from '@/server/account/accounts';
import { createWalletHash } from '@/server/account/wallet-hash';
import type { Actor, Requirement } from '@/server/auth/actor';
import type { Answer, Auth, HeaderList } from '@/server/auth/auth';
import type { Limits } from '@/server/auth/limits';
import { openAuth } from '@/server/auth/open-auth';
import { CLIENT_ADDRESS_HEADER } from '@/server/http/client-address';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';
import type { TestDatabase } from '@/server/test-kit/postgres';

export const ORIGIN = 'http://localhost:3000';
export const START = Date.UTC(2026, 0, 1, 12);
export const CHAIN_ID = 'solana:localnet';

export type World = {
  readonly auth: Auth;
  now(): EpochMs;
  pass(ms: number): void;
  /** Another process on the same record, with the same secret and clock. */
  node(options?: { limits?: Limits; origin?: string }): Auth;
};

export function createWorld({ database, limits }: { database: TestDatabase; limits?: Limits }): World {
  const folder = mkdtempSync(join(tmpdir(), 'fortytick-auth-'));
  const opened: RecordDatabase[] = [];
  let nowMs = START;
  const hashWallet = createWalletHash(new Uint8Array(32));
  afterAll(async () => {
    for (const one of opened) await one.end();
    rmSync(folder, { recursive: true, force: true });
  });
  const node: World['node'] = (options = {}) =>
    openAuth({
      config: { DATA_DIR: folder, SESSION_SECRET: undefined, PUBLIC_ORIGIN: options.origin },
      port: 3000,
      record: {
        connect() {
          const connection = createRecordDatabase({ databaseUrl: database.databaseUrl });
          opened.push(connection);
          return connection;
        },
      },
      chainId: CHAIN_ID,
      findOrCreateAccount: (sql, account) => findOrCreateAccount(sql, { ...account, hashWallet }),
      clock: () => epochMs(nowMs),
      randomBytes,
      ...(options.limits && { limits: options.limits }),
    });
  return {
    auth: node({ ...(limits && { limits }) }),
    now: () => epochMs(nowMs),
    pass: (ms) => void (nowMs += ms),
    node,
  };
}

export type Wallet = { readonly publicKey: string; sign(text: string): Uint8Array };

export function createWallet(secretKey: Uint8Array = ed25519.utils.randomSecretKey()): Wallet {
  return {
    publicKey: bs58.encode(ed25519.getPublicKey(secretKey)),
    sign: (text) => ed25519.sign(new TextEncoder().encode(text), secretKey),
  };
}

export type Browser = {
  readonly cookies: Map<string, string>;
  request(method: string, headers?: Record<string, string>): Request;
  /** Takes the cookies of an answer, as a browser would. */
  keep(headers: HeaderList): void;
  copy(): Browser;
};

export function createBrowser({ address = '192.0.2.1', cookies = new Map<string, string>() } = {}): Browser {
  return {
    cookies,
    request(method, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      return new Request(`${ORIGIN}/api`, {
        method,
        headers: {
          [CLIENT_ADDRESS_HEADER]: address,
          host: 'localhost:3000',
          ...(cookie && { cookie }),
          ...(method !== 'GET' && { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }),
          ...headers,
        },
      });
    },
    keep(headers) {
      for (const [name, value] of headers) {
        if (name !== 'set-cookie') continue;
        const [, key = '', text = ''] = /^([^=]+)=([^;]*)/.exec(value) ?? [];
        if (/Max-Age=0\b/.test(value)) cookies.delete(key);
        else cookies.set(key, text);
      }
    },
    copy: () => createBrowser({ address, cookies: new Map(cookies) }),
  };
}

export async function askNonce(auth: Auth, browser: Browser): Promise<SignInFields> {
  const { result } = await auth.nonce(browser.request('POST'));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

export function signFields(wallet: Wallet, fields: SignInFields): VerifyRequest {
  const message = buildSiwsMessage({ ...fields, address: wallet.publicKey });
  return { publicKey: wallet.publicKey, message, signature: bs58.encode(wallet.sign(message)) };
}

export async function verify(auth: Auth, browser: Browser, signed: VerifyRequest): Promise<Answer<Me>> {
  const answer = await auth.verify(browser.request('POST'), signed);
  browser.keep(answer.headers);
  return answer;
}

export async function signIn(auth: Auth, { browser = createBrowser(), wallet = createWallet() } = {}) {
  const answer = await verify(auth, browser, signFields(wallet, await askNonce(auth, browser)));
  if (!answer.result.ok) throw new Error(answer.result.error.message);
  return { browser, wallet, accountId: answer.result.value.account!.accountId };
}

/** What a request is answered: who it is, or the code of the problem. Keeps cookies. */
export async function ask(
  auth: Auth,
  browser: Browser,
  { method = 'GET', requirement = 'read' as Requirement, headers = {} as Record<string, string> } = {},
): Promise<Actor | BetProblem['code']> {
  const { admitted, headers: answered } = await auth.admit(browser.request(method, headers), requirement);
  browser.keep(answered);
  return admitted.ok ? admitted.value : admitted.error.code;
}
