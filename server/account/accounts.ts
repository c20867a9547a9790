// Accounts as the rest of the server meets them: read with whatever of their limits has come due, found or opened at
// sign-in. What a deleted account could not end is restored when its wallet comes back.
import type { RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import type { Account } from '@/lib/account/account';
import { defaultSafety } from '@/lib/account/default-account';
import { applyDueRaises } from '@/lib/safety/fold-safety';
import { safetyFromJson, safetyToJson } from '@/lib/safety/safety-json';
import { settingsFromJson } from '@/lib/safety/settings-json';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { takeRetainedSafety } from '@/server/account/retained-safety';
import type { WalletHash } from '@/server/account/wallet-hash';
import { writeSafety } from '@/server/account/write-safety';
import type { BetOwner } from '@/server/bets/venue';
import { toArrayLiteral, toInstant } from '@/server/store/insert-rows';

/** Null for an account that is unknown or deleted. Raises that are due count, whether or not they are written yet. */
export async function readAccount(sql: RawSql, accountId: string, now: EpochMs): Promise<Account | null> {
  const [account] = await readAccounts(sql, [accountId], now);
  return account ?? null;
}

/** As `readAccount`, of many at once; whoever is unknown or deleted is left out. */
export async function readAccounts(
  sql: RawSql,
  accountIds: readonly string[],
  now: EpochMs,
): Promise<readonly Account[]> {
  const rows = await sql<AccountRow[]>`
    select account_id, public_key, created_at, odds_accepted_at, player_id, profile::text as profile,
      safety::text as safety, version
    from accounts
    where account_id = any(${toArrayLiteral(accountIds)}::text[]) and public_key is not null and safety is not null`;
  return rows.map((row) => toAccount(row, now));
}

/**
 * Inside the caller's transaction, of which it takes the writer's lock. `accountId` is the new account's, random; an account
 * that exists keeps its own. Notes that the player was here.
 */
export async function findOrCreateAccount(
  sql: RawSql,
  {
    publicKey,
    now,
    accountId,
    hashWallet,
  }: { publicKey: string; now: EpochMs; accountId: string; hashWallet: WalletHash },
): Promise<Account> {
  await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
  const known = await touch(sql, publicKey, now);
  if (known !== null) return (await readAccount(sql, known, now))!;
  await sql`
    insert into accounts (account_id, public_key, created_at, last_seen_at)
    values (${accountId}, ${publicKey}, ${toInstant(now)}::timestamptz, ${toInstant(now)}::timestamptz)`;
  const retained = await takeRetainedSafety(sql, { walletHash: hashWallet(publicKey), now });
  const payload = { safety: safetyToJson(retained ?? defaultSafety(now)), restored: retained !== null };
  await writeSafety(sql, { accountId, before: null, version: 0, events: [{ type: 'opened', payload }], now });
  return (await readAccount(sql, accountId, now))!;
}

export function toOwner({ accountId, publicKey, playerId, settings }: Account): BetOwner {
  return { accountId, publicKey, playerId, latencyMs: settings.latencyMs };
}

type AccountRow = {
  readonly account_id: string;
  readonly public_key: string;
  readonly created_at: Date;
  readonly odds_accepted_at: Date | null;
  readonly player_id: string | null;
  readonly profile: string | null;
  readonly safety: string;
  readonly version: number;
};

async function touch(sql: RawSql, publicKey: string, now: EpochMs): Promise<string | null> {
  const [row] = await sql<{ account_id: string }[]>`
    update accounts set last_seen_at = greatest(last_seen_at, ${toInstant(now)}::timestamptz)
    where public_key = ${publicKey} returning account_id`;
  return row?.account_id ?? null;
}

function toAccount(row: AccountRow, now: EpochMs): Account {
  const { safety } = applyDueRaises(safetyFromJson(JSON.parse(row.safety)), now);
  return {
    accountId: row.account_id,
    publicKey: row.public_key,
    createdAt: epochMs(row.created_at.getTime()),
    oddsAcceptedAt: row.odds_accepted_at && epochMs(row.odds_accepted_at.getTime()),
    playerId: row.player_id,
    settings: settingsFromJson(row.profile && JSON.parse(row.profile), safety.limits.bankrollLamports),
    safety,
    version: row.version,
  };
}
