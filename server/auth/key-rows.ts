// API keys in the record, by the hash of their text.
import type { RawSql } from '@/db/connect';
import type { ApiKeyView } from '@/lib/protocol/auth-api';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { Permission } from '@/server/auth/actor';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';

export type ApiKey = ApiKeyView & { readonly accountId: string };

/** Keys shown, the ended ones among them: newest first. */
const LISTED_MAX = 200;

/** By hash; without those that are not there, or whose account is deleted. */
export async function readKeysByHash(sql: RawSql, hashes: readonly string[]): Promise<ReadonlyMap<string, ApiKey>> {
  const rows = await sql<(KeyRow & { hash: string })[]>`
    select encode(k.key_hash, 'hex') as hash, ${columns(sql)} from api_keys k join accounts a using (account_id)
    where k.key_hash in (select decode(hash, 'hex') from unnest(${toArrayLiteral(hashes)}::text[]) as asked (hash))
      and a.public_key is not null`;
  return new Map(rows.map((row) => [row.hash, toKey(row)]));
}

export async function listKeys(sql: RawSql, accountId: string): Promise<readonly ApiKey[]> {
  const rows = await sql<KeyRow[]>`
    select ${columns(sql)} from api_keys k where account_id = ${accountId}
    order by created_at desc, key_id limit ${LISTED_MAX}`;
  return rows.map(toKey);
}

/** False when the account has `max` that still count. Concurrent ones of an account wait for each other. */
export async function insertKey(
  sql: RawSql,
  { key, hashHex, max, now }: { key: ApiKey; hashHex: string; max: number; now: EpochMs },
): Promise<boolean> {
  const { id, accountId, name, prefix, permissions, allowedIps, expiresAt } = key;
  await sql`select 1 from accounts where account_id = ${accountId} for update`;
  const inserted = await sql`
    insert into api_keys (key_id, account_id, name, key_hash, prefix, permissions, allowed_ips, created_at, expires_at)
    select ${id}::text, ${accountId}::text, ${name}::text, ${`\\x${hashHex}`}::text::bytea, ${prefix}::text,
      ${toArrayLiteral(permissions)}::text[], ${toArrayLiteral(allowedIps)}::text[],
      ${toInstant(now)}::timestamptz,
      ${toInstant(expiresAt === null ? null : epochMs(expiresAt))}::timestamptz
    where (select count(*) from api_keys where account_id = ${accountId} and revoked_at is null
      and (expires_at is null or expires_at > ${toInstant(now)}::timestamptz)) < ${max}
    returning key_id`;
  return inserted.length === 1;
}

/** Answers its id when this ended it. */
export async function revokeKey(
  sql: RawSql,
  { accountId, keyId, now }: { accountId: string; keyId: string; now: EpochMs },
): Promise<readonly string[]> {
  const rows = await sql<{ key_id: string }[]>`
    update api_keys set revoked_at = ${toInstant(now)}::timestamptz
    where account_id = ${accountId} and revoked_at is null and key_id = ${keyId}
    returning key_id`;
  return rows.map((row) => row.key_id);
}

export async function hasKey(sql: RawSql, { accountId, keyId }: { accountId: string; keyId: string }) {
  const rows = await sql`select 1 from api_keys where account_id = ${accountId} and key_id = ${keyId}`;
  return rows.length > 0;
}

/** A key may be told of more than once. */
export async function noteKeyUses(
  sql: RawSql,
  notes: readonly { readonly keyId: string; readonly uses: number; readonly at: EpochMs }[],
): Promise<void> {
  await sql`
    update api_keys set uses = api_keys.uses + note.uses, last_used_at = greatest(last_used_at, note.at)
    from (
      select key_id, sum(uses) as uses, max(at) as at
      from unnest(
        ${toArrayLiteral(notes.map(({ keyId }) => keyId))}::text[],
        ${toArrayLiteral(notes.map(({ uses }) => uses))}::integer[],
        ${toArrayLiteral(notes.map(({ at }) => toInstant(at)))}::timestamptz[]
      ) as told (key_id, uses, at)
      group by key_id) as note
    where api_keys.key_id = note.key_id`;
}

export async function findAliveKeys(
  sql: RawSql,
  { ids, now }: { ids: readonly string[]; now: EpochMs },
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ key_id: string }[]>`
    select k.key_id from api_keys k join accounts a using (account_id)
    where k.key_id = any(${toArrayLiteral(ids)}::text[]) and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > ${toInstant(now)}::timestamptz) and a.public_key is not null`;
  return new Set(rows.map((row) => row.key_id));
}

/** An ended key is listed for a while, so that its player sees when it was last used. */
const KEPT_MS = 90 * 86_400_000;

export async function deleteOldKeys(sql: RawSql, now: EpochMs): Promise<number> {
  const before = toInstant(epochMs(now - KEPT_MS));
  const { count } = await sql`
    delete from api_keys where expires_at < ${before}::timestamptz or revoked_at < ${before}::timestamptz`;
  return count;
}

/** Arrays as JSON: postgres.js does not know their types here (db/connect.ts). */
function columns(sql: RawSql) {
  return sql`k.key_id, k.account_id, k.name, k.prefix, array_to_json(k.permissions)::text as permissions,
    array_to_json(k.allowed_ips)::text as allowed_ips, k.created_at, k.expires_at, k.revoked_at, k.last_used_at`;
}

type KeyRow = {
  readonly key_id: string;
  readonly account_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly permissions: string;
  readonly allowed_ips: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
  readonly last_used_at: Date | null;
};

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.key_id,
    accountId: row.account_id,
    name: row.name,
    prefix: row.prefix,
    permissions: JSON.parse(row.permissions) as Permission[],
    allowedIps: JSON.parse(row.allowed_ips) as string[],
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    revokedAt: row.revoked_at?.getTime() ?? null,
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  };
}
