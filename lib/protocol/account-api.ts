// The account on the wire: what the player may see and change of it. Lamports are decimal text, times milliseconds since
// 1970. Every change answers with the whole account as it then is.
import { z } from 'zod';
import { lamportsText } from '@/lib/protocol/bets-api';
import { LIMIT_FIELDS, type LimitField } from '@/lib/safety/limit-fields';
import { limitsJsonSchema, safetyJsonSchema } from '@/lib/safety/safety-json';
import { settingsChangeSchema, settingsJsonSchema } from '@/lib/safety/settings-json';

const instant = z.int().describe('Milliseconds since 1970-01-01T00:00:00Z.');
const count = z.int().min(0);
const amountText = z.string().regex(/^\d{1,19}$/, 'whole lamports as decimal text');

/** Ids of players as the game's own feed names them. */
export const PLAYER_ID_PATTERN = /^did:privy:[A-Za-z0-9]{6,64}$/;

export const activitySchema = z.object({
  hourNetLamports: lamportsText,
  dayNetLamports: lamportsText,
  sessionNetLamports: lamportsText,
  openStakeLamports: lamportsText,
  sessionOpenedAt: instant.nullable(),
  sessionBets: count,
});
export type ActivityView = z.infer<typeof activitySchema>;

export const accountSchema = z.object({
  accountId: z.string(),
  publicKey: z.string(),
  createdAt: instant,
  oddsAcceptedAt: instant.nullable(),
  playerId: z.string().nullable(),
  settings: settingsJsonSchema,
  safety: safetyJsonSchema,
  version: count,
  isNew: z.boolean().describe('No settings were ever saved: these are the defaults.'),
});

export const accountViewSchema = z.object({
  account: accountSchema,
  /** What stops every bet now, in words; null while nothing of the player's own does. */
  stop: z.object({ code: z.string(), message: z.string(), retryAfterMs: z.number().optional() }).nullable(),
  activity: z.object({ practice: activitySchema, paper: activitySchema, assisted: activitySchema }),
  /** The server's clock: everything here is by it. */
  now: instant,
});
export type AccountView = z.infer<typeof accountViewSchema>;

export const changeSettingsSchema = settingsChangeSchema;

/** `PUT /api/account/limits`. What is not named stays; what protects less waits 24 hours. */
export const changeLimitsSchema = z.strictObject({
  limits: limitsJsonSchema.partial().default({}),
  highRiskLamports: amountText.optional().describe('A stake above this is asked about twice.'),
});

export const withdrawSchema = z.strictObject({
  fields: z
    .array(z.enum(LIMIT_FIELDS as [LimitField, ...LimitField[]]))
    .min(1)
    .max(LIMIT_FIELDS.length),
});

export const coolingOffSchema = z.strictObject({ durationMs: z.number() });
export const exclusionSchema = z.strictObject({ durationMs: z.number().nullable().describe('Null: for good.') });
export const realityCheckSchema = z.strictObject({ intervalMs: z.number().nullable().describe('Null: never.') });
export const playerIdSchema = z.strictObject({
  playerId: z.string().trim().regex(PLAYER_ID_PATTERN, 'an id such as did:privy:cm3xu779401ku12tg7f3bc8xe').nullable(),
});
/** Asked for with an empty body. */
export const emptySchema = z.strictObject({});

export const deleteAccountSchema = z.strictObject({ confirm: z.literal('delete') });

/** `GET /api/account/deletion` before, and the answer of `DELETE /api/account` after. */
export const deletionSchema = z.object({
  /** Why it cannot be done now; null when it can. */
  problem: z.string().nullable(),
  goes: z.array(z.string()),
  stays: z.array(z.string()),
});
export type DeletionView = z.infer<typeof deletionSchema>;
