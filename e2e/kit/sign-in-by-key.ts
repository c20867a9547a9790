// Signs a browser in through the API with a keypair made here, as a wallet would: for tests of what a signed-in player sees. The
// cookie lands in the browser's own context.
import { ed25519 } from '@noble/curves/ed25519.js';
import bs58 from 'bs58';
import type { APIRequestContext } from '@playwright/test';
import { buildSiwsMessage } from '@/lib/auth/siws-message';
import type { SignInFields } from '@/lib/protocol/auth-api';

/** `request` of the page: it shares the page's cookies. */
export async function signInByKey(
  request: APIRequestContext,
  url: string,
  secretKey: Uint8Array = ed25519.utils.randomSecretKey(),
): Promise<{ accountId: string; publicKey: string }> {
  const address = bs58.encode(ed25519.getPublicKey(secretKey));
  const headers = { origin: new URL(url).origin };
  const asked = await request.post(`${url}/api/auth/nonce`, { data: {}, headers });
  const fields = (await asked.json()) as SignInFields;
  const message = buildSiwsMessage({ ...fields, address });
  const signature = bs58.encode(ed25519.sign(new TextEncoder().encode(message), secretKey));
  const answer = await request.post(`${url}/api/auth/verify`, {
    data: { publicKey: address, message, signature },
    headers,
  });
  if (!answer.ok()) throw new Error(`sign-in failed: ${await answer.text()}`);
  const { account } = (await answer.json()) as { account: { accountId: string } };
  return { accountId: account.accountId, publicKey: address };
}
