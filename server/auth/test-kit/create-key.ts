// A key of a player's, made as the settings make one.
import { createKeySchema, type CreatedKey, type CreateKeyRequest } from '@/lib/protocol/auth-api';
import type { Actor } from '@/server/auth/actor';
import type { Auth } from '@/server/auth/auth';
import { ask, type Browser } from '@/server/auth/test-kit/auth-world';

export async function createKey(
  auth: Auth,
  player: { readonly browser: Browser },
  request: Partial<CreateKeyRequest> = {},
): Promise<CreatedKey> {
  const actor = await playerOf(auth, player);
  const parsed = createKeySchema.parse({ name: 'my program', permissions: ['read'], ...request });
  const created = await auth.createKey(actor, parsed);
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

export async function playerOf(auth: Auth, { browser }: { readonly browser: Browser }): Promise<Actor> {
  const actor = await ask(auth, browser, { requirement: 'player' });
  if (typeof actor === 'string') throw new Error(actor);
  return actor;
}
