// Bets on the wire: what the API and the live channel `bets:<account>` say of them. Lamports are decimal text, times
// milliseconds since 1970.
import { z } from 'zod';
import { STANCES } from '@/lib/bets/bet-advice';
import { BET_STATES, VENUE_IDS } from '@/lib/bets/bet';
import { ZONES } from '@/lib/decision/zone';
import { GAME_ID_PATTERN } from '@/lib/units/game-id';

export const CLIENT_KEY_PATTERN = /^[A-Za-z0-9_-]{8,64}$/;
export const BET_ID_PATTERN = /^[1-9A-HJ-NP-Za-km-z]{16,24}$/;

const count = z.int().min(0);
const instant = z.int().describe('Milliseconds since 1970-01-01T00:00:00Z.');
export const lamportsText = z
  .string()
  .regex(/^-?\d+$/)
  .describe('Whole lamports as decimal text; 1 SOL is 10^9.');

/** `POST /api/bets`. Exactly one of `lamports` and `sol`; both are text or number, and never rounded. */
export const placeBetSchema = z.strictObject({
  venue: z.enum(VENUE_IDS),
  lamports: z.union([z.string(), z.number()]).optional(),
  sol: z.union([z.string(), z.number()]).optional(),
  clientKey: z.string().regex(CLIENT_KEY_PATTERN).describe('Your name for this bet: the same again is the same bet.'),
  strategyId: z.string().min(1).max(60).optional(),
  /** The player was asked about a high-risk stake and said yes. */
  confirmed: z.boolean().optional(),
});
export type PlaceBetRequest = z.infer<typeof placeBetSchema>;

export const submitBetSchema = z.strictObject({
  transaction: z.string().max(4_000).describe('The signed transaction, base64.'),
});
/** `POST /api/bets/:id/cancel`: the wallet refused, or the player changed their mind before signing. */
export const cancelBetSchema = z.strictObject({});

export const betTransactionSchema = z.object({
  role: z.enum(['stake', 'payout', 'refund']),
  signature: z.string(),
  status: z.enum(['sent', 'confirmed', 'finalized', 'failed', 'dead']),
  feeLamports: lamportsText.nullable(),
});

export const betSchema = z.object({
  id: z.string().regex(BET_ID_PATTERN),
  venue: z.enum(VENUE_IDS),
  state: z.enum(BET_STATES),
  clientKey: z.string(),
  sessionId: z.string(),
  strategyId: z.string().nullable(),
  stakeLamports: lamportsText,
  payout: z.number(),
  gameId: z.string().regex(GAME_ID_PATTERN),
  preparedTick: count.nullable(),
  startTick: count.nullable(),
  endTick: count.nullable(),
  rugTick: count.nullable(),
  preparedAt: instant,
  expiresAt: instant,
  submittedAt: instant.nullable(),
  activeAt: instant.nullable(),
  settledAt: instant.nullable(),
  closedAt: instant.nullable(),
  stakeFinal: z.boolean(),
  paidLamports: lamportsText.nullable(),
  /** Code and words of why it expired or is void. */
  reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  stance: z.enum(STANCES).nullable(),
  winProbability: z.number().nullable(),
  expectedValue: z.number().nullable(),
  zone: z.enum(ZONES).nullable(),
  transactions: z.array(betTransactionSchema).max(20),
  version: count,
});
export type BetView = z.infer<typeof betSchema>;

export const placedBetSchema = z.object({
  bet: betSchema,
  transaction: z.string().optional().describe('Unsigned transaction, base64; absent where there is nothing to sign.'),
  /** What signing it does, in words, and what a trial run of it said. */
  words: z.array(z.string()),
  feeLamports: lamportsText,
  balanceAfterLamports: lamportsText.nullable(),
});
export type PlacedBet = z.infer<typeof placedBetSchema>;

export const betsPageSchema = z.object({ bets: z.array(betSchema), next: z.string().nullable() });

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().optional(),
  rules: z.array(z.object({ rule: z.string(), message: z.string() })).optional(),
});

/** What the live channel carries: the bets that are not closed when it is joined, then every change of any. */
export const betsPushSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), bets: z.array(betSchema).max(200) }),
  z.object({ type: z.literal('bet'), bet: betSchema }),
  /** The account's settings or safety changed in another tab: ask again. */
  z.object({ type: z.literal('account') }),
]);
export type BetsPush = z.infer<typeof betsPushSchema>;
