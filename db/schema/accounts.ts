// Players: one account for each wallet that has signed in, its sign-ins, and the keys of its own programs. What names a
// person stands only here and in bet_transactions, so that deleting it leaves a log and a ledger that name nobody. Only
// server/ and db/ import this file.
import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, bytewiseText, exactJson, instant } from '@/db/schema/columns';

export const accounts = pgTable(
  'accounts',
  {
    /** Random: it stands in the event log, which outlives the account. */
    accountId: bytewiseText('account_id').primaryKey(),
    /** The wallet's address, base58; null once the player has deleted the account. */
    publicKey: bytewiseText('public_key').unique('accounts_public_key_key'),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    deletedAt: instant('deleted_at'),
    /** When the player was told the odds in plain words and went on. */
    oddsAcceptedAt: instant('odds_accepted_at'),
    /** The player's id on the game's own site, for the assisted venue. */
    playerId: text('player_id'),
    /** Profile and settings as lib/account writes them; null until the player saves some. */
    profile: exactJson('profile'),
    /** Limits, pauses and exclusions: folded from the stream "account:<id>", whose version this is. */
    safety: exactJson('safety'),
    version: integer('version').notNull().default(0),
  },
  (table) => [
    check('accounts_deleted_check', sql`(${table.publicKey} is null) = (${table.deletedAt} is not null)`),
    index('accounts_player_id_index')
      .on(table.playerId)
      .where(sql`${table.playerId} is not null`),
  ],
);

/** What a deleted account must not shake off by coming back: kept by a keyed hash of the wallet, until it has run out. */
export const retainedSafety = pgTable('retained_safety', {
  walletHash: bytea('wallet_hash').primaryKey(),
  safety: exactJson('safety').notNull(),
  until: instant('until').notNull(),
});

export const signInNonces = pgTable(
  'sign_in_nonces',
  {
    nonce: text('nonce').primaryKey(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [index('sign_in_nonces_expires_at_index').on(table.expiresAt)],
);

/** One browser that has signed in. A short-lived token names it and its generation; revoking it ends them all. */
export const signIns = pgTable(
  'sign_ins',
  {
    signInId: bytewiseText('sign_in_id').primaryKey(),
    accountId: bytewiseText('account_id')
      .notNull()
      .references(() => accounts.accountId),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Raised with every new token; one of an older generation, shown late, means that it was stolen. */
    generation: integer('generation').notNull().default(1),
    rotatedAt: instant('rotated_at').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedReason: text('revoked_reason'),
  },
  (table) => [
    check('sign_ins_generation_check', sql`${table.generation} >= 1`),
    index('sign_ins_account_index').on(table.accountId),
  ],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    keyId: bytewiseText('key_id').primaryKey(),
    accountId: bytewiseText('account_id')
      .notNull()
      .references(() => accounts.accountId),
    name: text('name').notNull(),
    /** SHA-256 of the key, which is shown once and never stored. */
    keyHash: bytea('key_hash').notNull().unique('api_keys_key_hash_key'),
    /** The first characters, to recognise it by. */
    prefix: text('prefix').notNull(),
    permissions: text('permissions').array().notNull(),
    /** Addresses and CIDR ranges; empty: any. */
    allowedIps: text('allowed_ips').array().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    lastUsedAt: instant('last_used_at'),
    uses: bigint('uses', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    check(
      'api_keys_permissions_check',
      sql`cardinality(${table.permissions}) >= 1 and ${table.permissions} <@ array['read', 'bet-paper', 'bet']`,
    ),
    check('api_keys_key_hash_check', sql`length(${table.keyHash}) = 32`),
    index('api_keys_account_index').on(table.accountId),
  ],
);
