// API keys as requests meet them: made once and shown once, known again by their hash, held to their permissions, addresses
// and expiry, and noted when they are used.
import { createHash } from 'node:crypto';
import bs58 from 'bs58';
import { transact } from '@/db/connect';
import { isAddressAllowed, parseIpRange } from '@/lib/auth/ip-ranges';
import { KEYS_MAX, type ApiKeyView, type CreatedKey, type createKeySchema } from '@/lib/protocol/auth-api';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { err, ok, type Result } from '@/lib/units/result';
import type { Clock, EpochMs } from '@/lib/units/time';
import type { z } from 'zod';
import { PERMISSIONS } from '@/server/auth/actor';
import type { Ended } from '@/server/auth/auth';
import { hasKey, insertKey, listKeys, noteKeyUses, revokeKey, type ApiKey } from '@/server/auth/key-rows';
import { ID_PATTERN } from '@/server/auth/random-id';
import { createKeyReader } from '@/server/auth/key-reader';
import { createRowCache } from '@/server/auth/row-cache';
import { cleanText } from '@/server/store/clean-text';
import type { RecordDatabase } from '@/server/store/record-database';

export type KeyDesk = {
  /** Whether the record must be asked for it. */
  isKnown(keyText: string): boolean;
  identify(keyText: string, clientAddress: string): Promise<Result<ApiKey, BetProblem>>;
  list(accountId: string): Promise<readonly ApiKeyView[]>;
  create(accountId: string, request: z.output<typeof createKeySchema>): Promise<Result<CreatedKey, BetProblem>>;
  revoke(accountId: string, keyId: string): Promise<Result<null, BetProblem>>;
  /** These ended in a transaction of the caller's. */
  tellEnded(ids: readonly string[]): void;
};

const KEY_BYTES = 32;
const KEY_PREFIX = 'ft_';
const KEY_PATTERN = /^ft_[1-9A-HJ-NP-Za-km-z]{32,44}$/;
/** Seven characters of 43 give an attacker nothing, and tell a player's keys apart. */
const SHOWN_CHARS = KEY_PREFIX.length + 7;
const NOTE_EVERY_MS = 60_000;
/** Beyond it a date says nothing that null does not, and the record cannot hold every number. */
const EXPIRY_MS_MAX = 10 * 365.25 * 86_400_000;
/** Keys in use at once whose uses are counted between notes; of more, the count of the oldest is lost. */
const COUNTS_MAX = 10_000;

export function createKeyDesk({
  reading,
  writing,
  clock,
  randomBytes,
  randomId,
  onEnded,
}: {
  reading: Pick<RecordDatabase, 'use'>;
  writing: Pick<RecordDatabase, 'use'>;
  clock: Clock;
  randomBytes: (count: number) => Uint8Array;
  randomId: () => string;
  onEnded: (ended: Ended) => void;
}): KeyDesk {
  const rows = createRowCache<ApiKey>({ clock, read: createKeyReader(reading) });
  const uses = createUseNotes({ writing, clock });

  function tellEnded(ids: readonly string[]) {
    // The cache goes by hash, which is not known here; endings are rare, and a row is read again in no time.
    rows.clear();
    for (const id of ids) onEnded({ kind: 'key', id });
  }

  return {
    tellEnded,
    isKnown: (keyText) => rows.has(hashOf(keyText)),
    async identify(keyText, clientAddress) {
      const key = KEY_PATTERN.test(keyText) ? await rows.get(hashOf(keyText)) : null;
      const problem = key ? problemOf(key, { clientAddress, nowMs: clock() }) : UNKNOWN;
      if (!key || problem) return err(problem ?? UNKNOWN);
      uses.note(key);
      return ok(key);
    },
    async list(accountId) {
      await uses.written();
      return (await reading.use((sql) => listKeys(sql, accountId))).map(toView);
    },
    async create(accountId, request) {
      const problem = problemOfRequest(request, clock());
      if (problem) return err(problem);
      const text = `${KEY_PREFIX}${bs58.encode(randomBytes(KEY_BYTES))}`;
      const key = toNewKey({ request, accountId, text, id: randomId(), nowMs: clock() });
      const inserted = await writing.use((sql) =>
        transact(sql, () => insertKey(sql, { key, hashHex: hashOf(text), max: KEYS_MAX, now: clock() })),
      );
      return inserted ? ok({ key: text, apiKey: toView(key) }) : err(TOO_MANY);
    },
    async revoke(accountId, keyId) {
      if (!ID_PATTERN.test(keyId)) return err(NO_SUCH_KEY);
      const revoked = await writing.use((sql) => revokeKey(sql, { accountId, keyId, now: clock() }));
      tellEnded(revoked);
      if (revoked.length > 0) return ok(null);
      const isThere = await reading.use((sql) => hasKey(sql, { accountId, keyId }));
      return isThere ? ok(null) : err(NO_SUCH_KEY);
    },
  };
}

/**
 * The first use of a key is noted at once, later ones together, once a minute. Nobody waits for a note: those that come while
 * one is written are written together. One that fails is lost, which delays "last used" by a minute.
 */
function createUseNotes({ writing, clock }: { writing: Pick<RecordDatabase, 'use'>; clock: Clock }) {
  const counts = new Map<string, { uses: number; notedAt: number }>();
  let due: { keyId: string; uses: number; at: EpochMs }[] = [];
  let running: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (due.length > 0) {
      const notes = due;
      due = [];
      await writing.use((sql) => noteKeyUses(sql, notes)).catch(() => {});
    }
    running = null;
  }

  return {
    note({ id }: ApiKey): void {
      const count = counts.get(id) ?? { uses: 0, notedAt: -Infinity };
      count.uses++;
      counts.set(id, count);
      if (counts.size > COUNTS_MAX) counts.delete(counts.keys().next().value!);
      if (clock() - count.notedAt < NOTE_EVERY_MS) return;
      due.push({ keyId: id, uses: count.uses, at: clock() });
      count.uses = 0;
      count.notedAt = clock();
      running ??= write();
    },
    /** Once everything noted so far is written. */
    written: (): Promise<void> => running ?? Promise.resolve(),
  };
}

function problemOf(key: ApiKey, { clientAddress, nowMs }: { clientAddress: string; nowMs: number }): BetProblem | null {
  if (key.revokedAt !== null) return betProblem('key-expired', 'This key was revoked. Make a new one in the settings.');
  if (key.expiresAt !== null && key.expiresAt <= nowMs) {
    return betProblem('key-expired', 'This key has expired. Make a new one in the settings.');
  }
  if (isAddressAllowed(clientAddress, key.allowedIps)) return null;
  return betProblem(
    'address-not-allowed',
    `This key may not be used from ${clientAddress || 'an unknown address'}: its allow list does not have it.`,
  );
}

const UNKNOWN = betProblem('key-unknown', 'No such key. It is sent as "Authorization: Bearer ft_…", whole.');
const NO_SUCH_KEY = betProblem('not-found', 'You have no such key.');
const TOO_MANY = betProblem('bad-request', `You have ${KEYS_MAX} keys, and no more are kept. Revoke one first.`);

function problemOfRequest(
  { allowedIps, expiresAt }: z.output<typeof createKeySchema>,
  nowMs: number,
): BetProblem | null {
  const unreadable = allowedIps.find((range) => parseIpRange(range) === null);
  if (unreadable !== undefined) {
    return betProblem(
      'bad-request',
      `allowedIps: "${unreadable}" is neither an address nor a range such as 192.0.2.0/24 or 2001:db8::/32.`,
    );
  }
  if (expiresAt === null) return null;
  if (expiresAt <= nowMs) return betProblem('bad-request', 'expiresAt: a key that has expired already is of no use.');
  if (expiresAt <= nowMs + EXPIRY_MS_MAX) return null;
  return betProblem('bad-request', 'expiresAt: ten years ahead at most, or null for a key that does not expire.');
}

function toNewKey({
  request: { name, permissions, allowedIps, expiresAt },
  accountId,
  text,
  id,
  nowMs,
}: {
  request: z.output<typeof createKeySchema>;
  accountId: string;
  text: string;
  id: string;
  nowMs: number;
}): ApiKey {
  return {
    id,
    accountId,
    name: cleanText(name),
    prefix: text.slice(0, SHOWN_CHARS),
    permissions: PERMISSIONS.filter((permission) => permissions.includes(permission)),
    allowedIps: [...new Set(allowedIps)],
    createdAt: nowMs,
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
  };
}

function hashOf(keyText: string): string {
  return createHash('sha256').update(keyText).digest('hex');
}

function toView({ accountId: _, ...view }: ApiKey): ApiKeyView {
  return view;
}
