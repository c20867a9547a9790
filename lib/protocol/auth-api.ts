// Signing in on the wire: the fields of the message that a wallet signs, who is signed in, and the keys of a player's own
// programs. Times are milliseconds since 1970, but ISO text in the message, as the wallet shows them.
import { z } from 'zod';

export const PERMISSIONS = ['read', 'bet-paper', 'bet'] as const;

const instant = z.int().describe('Milliseconds since 1970-01-01T00:00:00Z.');
const id = z.string().min(1).max(100);

/** `POST /api/auth/nonce` needs nothing, and does not mind what else is said. */
export const nonceRequestSchema = z.object({});

/** Its answer: what a wallet's own sign-in takes as it is, and lib/auth/siws-message with `address` added. */
export const signInFieldsSchema = z.object({
  nonce: z.string(),
  domain: z.string(),
  statement: z.string(),
  uri: z.string(),
  version: z.string(),
  chainId: z.string(),
  issuedAt: z.string().describe('ISO 8601, as the message has it.'),
  expirationTime: z.string().describe('ISO 8601, as the message has it.'),
});
export type SignInFields = z.infer<typeof signInFieldsSchema>;

export const verifySchema = z.strictObject({
  publicKey: z.string().max(100).describe('The wallet’s address, base58.'),
  message: z.string().max(4_000).describe('The text that was signed, unchanged.'),
  signature: z.string().max(200).describe('64 bytes, base58 or base64.'),
});
export type VerifyRequest = z.infer<typeof verifySchema>;

export const signedInSchema = z.object({ accountId: z.string(), publicKey: z.string(), expiresAt: instant });
export type SignedInAccount = z.infer<typeof signedInSchema>;

/** `GET /api/auth/me`, and the answer of `POST /api/auth/verify`. `account` is null for whoever is not signed in. */
export const meSchema = z.object({ account: signedInSchema.nullable() });
export type Me = z.infer<typeof meSchema>;

export const signInSchema = z.object({
  id,
  createdAt: instant,
  /** Within five minutes. */
  lastUsedAt: instant,
  expiresAt: instant,
  /** The one that asks. */
  current: z.boolean(),
});
export const signInsSchema = z.object({ signIns: z.array(signInSchema).max(100) });
export type SignInView = z.infer<typeof signInSchema>;

/** Keys a player may have that are neither revoked nor expired. */
export const KEYS_MAX = 20;

export const createKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  permissions: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
  allowedIps: z
    .array(z.string().max(50))
    .max(20)
    .default([])
    .describe('Addresses and ranges (192.0.2.7, 192.0.2.0/24, 2001:db8::/32); empty: from anywhere.'),
  expiresAt: instant.nullable().default(null).describe('Null: until it is revoked.'),
});
export type CreateKeyRequest = z.input<typeof createKeySchema>;

export const apiKeySchema = z.object({
  id,
  name: z.string(),
  prefix: z.string().describe('Its first characters, to recognise it by.'),
  permissions: z.array(z.enum(PERMISSIONS)),
  allowedIps: z.array(z.string()),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  /** Within a minute. */
  lastUsedAt: instant.nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeySchema>;

export const apiKeysSchema = z.object({ keys: z.array(apiKeySchema).max(200) });
/** `key` is told this once; only its hash is kept. */
export const createdKeySchema = z.object({ key: z.string(), apiKey: apiKeySchema });
export type CreatedKey = z.infer<typeof createdKeySchema>;
