// What a player's protection leaves behind when the account is deleted, under a keyed hash of the wallet, until it has run
// out: a pause and an exclusion to their end, limits for as long as a raise would have waited. In the caller's transaction.
import type { RawSql } from '@/db/connect';
import { defaultSafety } from '@/lib/account/default-account';
import { RAISE_WAITS_MS } from '@/lib/safety/pauses';
import type { SafetyState } from '@/lib/safety/safety';
import { safetyFromJson, safetyToJson } from '@/lib/safety/safety-json';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { toInstant } from '@/server/store/insert-rows';

/** `safety` is the deleted account's, with its due raises applied. */
export async function retainSafety(
  sql: RawSql,
  { walletHash, safety, now }: { walletHash: Uint8Array; safety: SafetyState; now: EpochMs },
): Promise<EpochMs> {
  const limitsUntil = now + RAISE_WAITS_MS;
  const until = epochMs(Math.max(limitsUntil, safety.coolingOffUntil ?? 0, safety.excludedUntil ?? 0));
  const kept = JSON.stringify({ safety: safetyToJson(safety), limitsUntil });
  await purgeRetainedSafety(sql, now);
  await sql`
    insert into retained_safety (wallet_hash, safety, until)
    values (${toBytea(walletHash)}::text::bytea, ${kept}::text::json, ${toInstant(until)}::timestamptz)
    on conflict (wallet_hash) do update set safety = excluded.safety, until = excluded.until`;
  return until;
}

/** Null where nothing is kept. It goes over to the account, which holds it from now on. */
export async function takeRetainedSafety(
  sql: RawSql,
  { walletHash, now }: { walletHash: Uint8Array; now: EpochMs },
): Promise<SafetyState | null> {
  await purgeRetainedSafety(sql, now);
  const [row] = await sql<{ safety: string }[]>`
    delete from retained_safety where wallet_hash = ${toBytea(walletHash)}::text::bytea returning safety::text as safety`;
  if (!row) return null;
  const { safety, limitsUntil } = JSON.parse(row.safety) as { safety: unknown; limitsUntil: number };
  const kept = safetyFromJson(safety);
  if (limitsUntil > now) return kept;
  return { ...defaultSafety(now), coolingOffUntil: kept.coolingOffUntil, excludedUntil: kept.excludedUntil };
}

/** What has run out is forgotten. Answers how many. */
export async function purgeRetainedSafety(sql: RawSql, now: EpochMs): Promise<number> {
  const gone = await sql`delete from retained_safety where until <= ${toInstant(now)}::timestamptz`;
  return gone.count;
}

function toBytea(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`;
}
