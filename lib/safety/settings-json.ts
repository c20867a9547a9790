// The settings of an account as plain JSON and back: in the accounts table and on the wire. What comes back is checked like
// anything from outside, field by field, so that one that a newer version dropped costs that field alone. Pure.
import { z } from 'zod';
import type { AccountSettings } from '@/lib/account/account';
import { defaultSettings } from '@/lib/account/default-account';
import { VENUE_IDS } from '@/lib/bets/bet';
import { RISK_PROFILES, TIERS } from '@/lib/risk/tier';
import { LAMPORTS_MAX, lamports, type Lamports } from '@/lib/units/lamports';

const LATENCY_MS_MAX = 60_000;
/** More strategies than there are. */
const PREFERRED_MAX = 30;

const fields = {
  bankrollLamports: z
    .string()
    .regex(/^\d{1,19}$/, 'whole lamports as decimal text')
    .refine((text) => BigInt(text) >= 1n && BigInt(text) <= LAMPORTS_MAX, 'an amount above 0 SOL that exists'),
  riskProfile: z.enum(RISK_PROFILES),
  tiers: z.array(z.enum(TIERS)).min(1).max(TIERS.length),
  preferredStrategies: z.array(z.string().regex(/^[a-z0-9-]{1,60}$/)).max(PREFERRED_MAX),
  latencyMs: z.number().min(0).max(LATENCY_MS_MAX),
  venue: z.enum(VENUE_IDS),
  theme: z.enum(['system', 'light', 'dark']),
  soundVolume: z.number().min(0).max(1),
};

export const settingsJsonSchema = z.strictObject(fields);
/** `PUT /api/account/settings`: what is not named stays. The bankroll is a limit and changes with the limits. */
export const settingsChangeSchema = settingsJsonSchema.omit({ bankrollLamports: true }).partial();

export type SettingsJson = z.infer<typeof settingsJsonSchema>;
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export function settingsToJson(settings: AccountSettings): SettingsJson {
  return {
    ...settings,
    bankrollLamports: settings.bankrollLamports.toString(),
    tiers: [...settings.tiers],
    preferredStrategies: [...settings.preferredStrategies],
  };
}

/** Anything unknown, missing or out of range takes the default of its field. The bankroll is the limit that stands. */
export function settingsFromJson(json: unknown, bankrollLamports: Lamports): AccountSettings {
  const kept = typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
  const whole: Record<string, unknown> = { ...settingsToJson(defaultSettings()) };
  for (const [name, schema] of Object.entries(fields)) {
    const parsed = schema.safeParse(kept[name]);
    if (parsed.success) whole[name] = parsed.data;
  }
  return { ...toSettings(whole as SettingsJson), bankrollLamports };
}

export function changeSettings(settings: AccountSettings, change: SettingsChange): AccountSettings {
  return toSettings({ ...settingsToJson(settings), ...change });
}

function toSettings(json: SettingsJson): AccountSettings {
  return { ...json, bankrollLamports: lamports(BigInt(json.bankrollLamports)) };
}
