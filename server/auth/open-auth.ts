// Signing in and keys, put together from settings: called by server/main.ts. Holds no timers; the clean-up is a job's.
import { err, ok } from '@/lib/units/result';
import { betProblem } from '@/lib/protocol/bet-problem';
import type { Clock } from '@/lib/units/time';
import type { Actor } from '@/server/auth/actor';
import { createAdmit } from '@/server/auth/admit';
import type { Auth, Ended } from '@/server/auth/auth';
import { createCookies } from '@/server/auth/cookies';
import { createImpatientDatabase } from '@/server/auth/impatient-database';
import { createKeyDesk } from '@/server/auth/key-desk';
import { deleteOldKeys, findAliveKeys } from '@/server/auth/key-rows';
import { createLimits, type Limits } from '@/server/auth/limits';
import { deleteOldNonces } from '@/server/auth/nonces';
import { toOrigins } from '@/server/auth/origins';
import { createRandomId, ID_PATTERN } from '@/server/auth/random-id';
import { openSessionSecret } from '@/server/auth/session-secret';
import { createSignInDesk } from '@/server/auth/sign-in-desk';
import { createSignInRoutes, type FindOrCreateAccount } from '@/server/auth/sign-in-routes';
import { deleteOldSignIns, findAliveSignIns, listSignIns } from '@/server/auth/sign-in-rows';
import { createTokens } from '@/server/auth/token';
import type { Config } from '@/server/config';
import type { RecordDatabase } from '@/server/store/record-database';

export type AuthOptions = {
  readonly config: Pick<Config, 'DATA_DIR' | 'SESSION_SECRET' | 'PUBLIC_ORIGIN'>;
  /** The port that is served, which PORT=0 does not say. */
  readonly port: number;
  /** Connections of its own: signing in waits for the bets' writer, and requests must not wait behind that. */
  readonly record: { connect(): Pick<RecordDatabase, 'use'> };
  /** As the Wallet Standard names the network: solana:localnet for the practice chain. */
  readonly chainId: string;
  readonly findOrCreateAccount: FindOrCreateAccount;
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly limits?: Limits;
};

export function openAuth(options: AuthOptions): Auth {
  const { config, port, record, chainId, findOrCreateAccount, clock, randomBytes, limits = createLimits() } = options;
  const reading = createImpatientDatabase(record.connect());
  const writing = createImpatientDatabase(record.connect());
  const origins = toOrigins({ PUBLIC_ORIGIN: config.PUBLIC_ORIGIN, port });
  const cookies = createCookies({ isSecure: origins.every((origin) => origin.startsWith('https:')) });
  const tokens = createTokens({ secret: openSessionSecret(config), clock });
  const listeners: ((ended: Ended) => void)[] = [];
  const onEnded = (ended: Ended) => listeners.forEach((listener) => listener(ended));
  const randomId = createRandomId(randomBytes);

  const signIns = createSignInDesk({ reading, writing, clock, randomId, tokens, cookies, onEnded });
  const keys = createKeyDesk({ reading, writing, clock, randomBytes, randomId, onEnded });
  const parts = { reading, writing, clock, randomId, tokens, cookies, limits, origins };

  return {
    ...createAdmit({ signIns, keys, limits, cookies, origins, clock }),
    ...createSignInRoutes({ ...parts, chainId, signIns, findOrCreateAccount }),
    alive: (actors) => reading.use((sql) => findAlive(sql, actors, clock())),
    signIns: ({ accountId, by }) => {
      const current = by.kind === 'browser' ? by.signInId : null;
      return reading.use((sql) => listSignIns(sql, { accountId, current, now: clock() }));
    },
    async revokeSignIn({ accountId }, id) {
      const ended = ID_PATTERN.test(id) && (await signIns.end({ accountId, id, reason: 'revoked' }));
      return ended ? ok(null) : err(betProblem('not-found', 'You have no such sign-in: it has ended already.'));
    },
    revokeSignIns: (accountId, reason) => signIns.endAll({ accountId, reason }),
    signedOutHeaders: () => cookies.clear(),
    keys: ({ accountId }) => keys.list(accountId),
    createKey: ({ accountId }, request) => keys.create(accountId, request),
    revokeKey: ({ accountId }, keyId) => keys.revoke(accountId, keyId),
    tellEnded(ended) {
      signIns.tellEnded(idsOf('sign-in', ended));
      keys.tellEnded(idsOf('key', ended));
    },
    onEnded: (listener) => void listeners.push(listener),
    cleanUp: () =>
      writing.use(async (sql) => {
        const now = clock();
        return (await deleteOldNonces(sql, now)) + (await deleteOldSignIns(sql, now)) + (await deleteOldKeys(sql, now));
      }),
  };
}

function idsOf(kind: Ended['kind'], ended: readonly Ended[]): readonly string[] {
  return ended.flatMap((one) => (one.kind === kind ? [one.id] : []));
}

async function findAlive(
  sql: Parameters<Parameters<RecordDatabase['use']>[0]>[0],
  actors: readonly Actor[],
  now: ReturnType<Clock>,
): Promise<readonly Actor[]> {
  const signInIds = actors.flatMap(({ by }) => (by.kind === 'browser' ? [by.signInId] : []));
  const keyIds = actors.flatMap(({ by }) => (by.kind === 'key' ? [by.keyId] : []));
  const signIns = await findAliveSignIns(sql, { ids: signInIds, now });
  const keys = await findAliveKeys(sql, { ids: keyIds, now });
  return actors.filter(({ by }) => (by.kind === 'browser' ? signIns.has(by.signInId) : keys.has(by.keyId)));
}
