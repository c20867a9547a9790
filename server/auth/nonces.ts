// Nonces of sign-in messages in the record: each is good once and for a few minutes, whichever node it comes back to.
import type { RawSql } from '@/db/connect';
import { NONCE_LIFE_MS, type Nonce } from '@/lib/auth/sign-in-fields';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { toInstant } from '@/server/store/insert-rows';

/** Given out and not run out yet. More players than this do not sign in within five minutes; whoever floods waits. */
export const NONCES_MAX = 10_000;

/** Null when too many are out. */
export async function issueNonce(
  sql: RawSql,
  { nonce, now, max = NONCES_MAX }: { nonce: string; now: EpochMs; max?: number },
): Promise<Nonce | null> {
  const expiresAt = epochMs(now + NONCE_LIFE_MS);
  const [issued] = await sql`
    insert into sign_in_nonces (nonce, issued_at, expires_at)
    select ${nonce}::text, ${toInstant(now)}::timestamptz, ${toInstant(expiresAt)}::timestamptz
    where (select count(*) from sign_in_nonces where expires_at > ${toInstant(now)}::timestamptz) < ${max}
    returning nonce`;
  return issued ? { nonce, issuedAt: now, expiresAt } : null;
}

export async function readNonce(sql: RawSql, nonce: string): Promise<(Nonce & { readonly isUsed: boolean }) | null> {
  const [row] = await sql<{ issued_at: Date; expires_at: Date; used: boolean }[]>`
    select issued_at, expires_at, used_at is not null as used from sign_in_nonces where nonce = ${nonce}`;
  if (!row) return null;
  const { issued_at, expires_at, used } = row;
  return { nonce, issuedAt: epochMs(issued_at.getTime()), expiresAt: epochMs(expires_at.getTime()), isUsed: used };
}

/** True for exactly one of those who try. Inside the transaction that signs in, so that a failure gives it back. */
export async function useNonce(sql: RawSql, { nonce, now }: { nonce: string; now: EpochMs }): Promise<boolean> {
  const used = await sql`
    update sign_in_nonces set used_at = ${toInstant(now)}::timestamptz
    where nonce = ${nonce} and used_at is null and expires_at > ${toInstant(now)}::timestamptz
    returning nonce`;
  return used.length === 1;
}

/** What has run out is kept a while, so that a late message is told apart from one that was never asked for. */
const KEPT_MS = 60 * 60_000;

export async function deleteOldNonces(sql: RawSql, now: EpochMs): Promise<number> {
  const { count } = await sql`
    delete from sign_in_nonces where expires_at < ${toInstant(epochMs(now - KEPT_MS))}::timestamptz`;
  return count;
}
