// A profile as text, for a browser's storage or an account, and back. The session is part of it: reloading a page must not
// make a loss limit forget what was lost. What comes back is checked like anything from outside.
import { z } from 'zod';
import { inputErr, type InputError } from '@/lib/risk/input-error';
import { validateProfile, type Profile } from '@/lib/risk/profile';
import { RISK_PROFILES, TIERS } from '@/lib/risk/tier';
import { lamports } from '@/lib/units/lamports';
import type { Result } from '@/lib/units/result';
import { epochMs } from '@/lib/units/time';

/** A profile is about a kilobyte; anything far longer is none. */
const TEXT_LENGTH_MAX = 10_000;

/** JSON numbers lose lamports above 2^53, so amounts are decimal text. */
const amount = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .transform((text) => lamports(BigInt(text)));

const schema = z.strictObject({
  bankrollLamports: amount,
  balanceLamports: amount.nullable(),
  limits: z.strictObject({
    maxStakeFraction: z.number(),
    perGameLossLamports: amount,
    perSessionLossLamports: amount,
    maxConsecutiveLosses: z.number(),
    maxDrawdownFraction: z.number(),
    coolingOffMs: z.number(),
    minReliability: z.number(),
    minBalanceLamports: amount,
  }),
  session: z.strictObject({
    bets: z.number(),
    wins: z.number(),
    netLamports: amount,
    peakNetLamports: amount,
    gameNetLamports: amount,
    consecutiveLosses: z.number(),
    streakLossLamports: amount,
    lastLossAt: z.number().transform(epochMs).nullable(),
    openBet: z.strictObject({ stakeLamports: amount, startTick: z.number(), endTick: z.number() }).nullable(),
    pendingSettlement: z.strictObject({ stakeLamports: amount, won: z.boolean() }).nullable(),
  }),
  riskProfile: z.enum(RISK_PROFILES),
  tiers: z.array(z.enum(TIERS)).max(TIERS.length),
  position: z.strictObject({ valueLamports: amount }).nullable(),
  latencyMs: z.number(),
}) satisfies z.ZodType<Profile>;

export function profileToText(profile: Profile): string {
  return JSON.stringify(profile, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

export function parseProfile(text: string): Result<Profile, InputError> {
  if (text.length > TEXT_LENGTH_MAX) {
    return inputErr(
      'out-of-range',
      'profile',
      `A profile is at most ${TEXT_LENGTH_MAX} characters, got ${text.length}.`,
    );
  }
  const parsed = schema.safeParse(readJson(text));
  if (parsed.success) return validateProfile(parsed.data);
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'profile';
  return inputErr('unknown-value', field, `${field} cannot be read: ${issue?.message ?? 'not a profile'}.`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
