// Sign-ins in the record: one row for each browser that signed in. Races end in conditional updates, so that of two
// requests that renew at once one does.
import type { RawSql } from '@/db/connect';
import { SIGN_IN_LIFE_MS, type SignInState } from '@/lib/auth/judge-token';
import type { SignInView } from '@/lib/protocol/auth-api';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { signInId, type SignInId } from '@/server/auth/sign-in-id';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';

export type SignIn = SignInState & {
  readonly signInId: SignInId;
  readonly accountId: string;
  readonly publicKey: string;
  readonly revokedReason: string | null;
};

/** Browsers of one player at once; the one used longest ago is signed out by one more. */
export const SIGN_INS_MAX = 20;

/** Null for one that is not there, or whose account is deleted. */
export async function readSignIn(sql: RawSql, id: string): Promise<SignIn | null> {
  const [row] = await sql<SignInRow[]>`
    select s.sign_in_id, s.account_id, a.public_key, s.generation, s.rotated_at, s.expires_at, s.revoked_at,
      s.revoked_reason
    from sign_ins s join accounts a using (account_id)
    where s.sign_in_id = ${id} and a.public_key is not null`;
  return row ? toSignIn(row) : null;
}

export async function insertSignIn(
  sql: RawSql,
  { id, accountId, publicKey, now }: { id: SignInId; accountId: string; publicKey: string; now: EpochMs },
): Promise<SignIn> {
  const expiresAt = epochMs(now + SIGN_IN_LIFE_MS);
  const at = toInstant(now);
  await sql`
    insert into sign_ins (sign_in_id, account_id, created_at, expires_at, rotated_at, last_used_at)
    values (${id}, ${accountId}, ${at}::timestamptz, ${toInstant(expiresAt)}::timestamptz, ${at}::timestamptz,
      ${at}::timestamptz)`;
  const fresh = { generation: 1, rotatedAt: now, expiresAt, isRevoked: false, revokedReason: null };
  return { signInId: id, accountId, publicKey, ...fresh };
}

/** Null when another request was first, or it was revoked meanwhile. */
export async function renewSignIn(
  sql: RawSql,
  { signIn, now }: { signIn: SignIn; now: EpochMs },
): Promise<SignIn | null> {
  const at = toInstant(now);
  const { count } = await sql`
    update sign_ins set generation = generation + 1, rotated_at = ${at}::timestamptz, last_used_at = ${at}::timestamptz
    where sign_in_id = ${signIn.signInId} and generation = ${signIn.generation} and revoked_at is null`;
  return count === 1 ? { ...signIn, generation: signIn.generation + 1, rotatedAt: now } : null;
}

export type Revocation = { readonly reason: string; readonly now: EpochMs };

/** Answers the ids of those that this ended; one that had ended stays as it was. */
export async function revokeSignIn(
  sql: RawSql,
  { id, accountId, reason, now }: Revocation & { id: string; accountId: string },
): Promise<readonly string[]> {
  const rows = await sql<{ sign_in_id: string }[]>`
    update sign_ins set revoked_at = ${toInstant(now)}::timestamptz, revoked_reason = ${reason}
    where sign_in_id = ${id} and account_id = ${accountId} and revoked_at is null
    returning sign_in_id`;
  return rows.map((row) => row.sign_in_id);
}

/** All of an account but the `keep` used last. */
export async function revokeSignIns(
  sql: RawSql,
  { accountId, keep, reason, now }: Revocation & { accountId: string; keep: number },
): Promise<readonly string[]> {
  const rows = await sql<{ sign_in_id: string }[]>`
    update sign_ins set revoked_at = ${toInstant(now)}::timestamptz, revoked_reason = ${reason}
    where revoked_at is null and sign_in_id in (
      select sign_in_id from sign_ins
      where account_id = ${accountId} and revoked_at is null and expires_at > ${toInstant(now)}::timestamptz
      order by last_used_at desc, sign_in_id offset ${keep})
    returning sign_in_id`;
  return rows.map((row) => row.sign_in_id);
}

export async function listSignIns(
  sql: RawSql,
  { accountId, current, now }: { accountId: string; current: string | null; now: EpochMs },
): Promise<readonly SignInView[]> {
  const rows = await sql<{ sign_in_id: string; created_at: Date; last_used_at: Date; expires_at: Date }[]>`
    select sign_in_id, created_at, last_used_at, expires_at from sign_ins
    where account_id = ${accountId} and revoked_at is null and expires_at > ${toInstant(now)}::timestamptz
    order by last_used_at desc, sign_in_id limit ${SIGN_INS_MAX}`;
  return rows.map((row) => ({
    id: row.sign_in_id,
    createdAt: row.created_at.getTime(),
    lastUsedAt: row.last_used_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    current: row.sign_in_id === current,
  }));
}

/** Those of these that are neither revoked nor expired. */
export async function findAliveSignIns(
  sql: RawSql,
  { ids, now }: { ids: readonly string[]; now: EpochMs },
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ sign_in_id: string }[]>`
    select s.sign_in_id from sign_ins s join accounts a using (account_id)
    where s.sign_in_id = any(${toArrayLiteral(ids)}::text[]) and s.revoked_at is null
      and s.expires_at > ${toInstant(now)}::timestamptz and a.public_key is not null`;
  return new Set(rows.map((row) => row.sign_in_id));
}

/** A dead sign-in is kept as long as a live one would have been, so that its browser can be told what became of it. */
export async function deleteOldSignIns(sql: RawSql, now: EpochMs): Promise<number> {
  const before = toInstant(epochMs(now - SIGN_IN_LIFE_MS));
  const { count } = await sql`
    delete from sign_ins where expires_at < ${before}::timestamptz or revoked_at < ${before}::timestamptz`;
  return count;
}

type SignInRow = {
  readonly sign_in_id: string;
  readonly account_id: string;
  readonly public_key: string;
  readonly generation: number;
  readonly rotated_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly revoked_reason: string | null;
};

function toSignIn(row: SignInRow): SignIn {
  return {
    signInId: signInId(row.sign_in_id),
    accountId: row.account_id,
    publicKey: row.public_key,
    generation: row.generation,
    rotatedAt: epochMs(row.rotated_at.getTime()),
    expiresAt: epochMs(row.expires_at.getTime()),
    isRevoked: row.revoked_at !== null,
    revokedReason: row.revoked_reason,
  };
}
