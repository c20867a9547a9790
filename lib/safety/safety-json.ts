// A player's protection as plain JSON and back: in events, in the projection and on the wire. Amounts are decimal text. What
// comes back is checked like anything from outside. Pure.
import { z } from 'zod';
import { LIMIT_FIELDS, limitRule, type LimitField } from '@/lib/safety/limit-fields';
import type { SafetyLimits, SafetyState } from '@/lib/safety/safety';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const amountText = z.string().regex(/^\d{1,19}$/);
const instant = z.int().min(0);

export const limitsJsonSchema = z.strictObject({
  bankrollLamports: amountText,
  maxStakeFraction: z.number(),
  perGameLossLamports: amountText,
  perSessionLossLamports: amountText,
  perHourLossLamports: amountText,
  perDayLossLamports: amountText,
  maxConsecutiveLosses: z.int(),
  maxDrawdownFraction: z.number(),
  coolingOffMs: z.number(),
  minReliability: z.number(),
  minBalanceLamports: amountText,
});

export const pendingJsonSchema = z.strictObject({
  field: z.enum(LIMIT_FIELDS as [LimitField, ...LimitField[]]),
  value: z.union([z.number(), amountText]),
  effectiveAt: instant,
});

export const safetyJsonSchema = z.strictObject({
  limits: limitsJsonSchema,
  pending: z.array(pendingJsonSchema).max(LIMIT_FIELDS.length),
  coolingOffUntil: instant.nullable(),
  excludedUntil: instant.nullable(),
  stoppedSince: instant.nullable(),
  realityCheckMs: z.number().nullable(),
  realityCheckedAt: instant.nullable(),
  highRiskLamports: amountText,
});

export type SafetyJson = z.infer<typeof safetyJsonSchema>;
/** Some of the limits, as JSON. */
export type LimitsJson = Partial<z.infer<typeof limitsJsonSchema>>;

export function safetyToJson(safety: SafetyState): SafetyJson {
  const { limits, pending, highRiskLamports, ...rest } = safety;
  return {
    ...rest,
    limits: limitsToJson(limits) as SafetyJson['limits'],
    pending: pending.map((one) => ({ ...one })),
    highRiskLamports: highRiskLamports.toString(),
  };
}

/** Throws for what is no state: it was written here. */
export function safetyFromJson(json: unknown): SafetyState {
  const { limits, pending, ...rest } = safetyJsonSchema.parse(json);
  const at = (instantMs: number | null) => (instantMs === null ? null : epochMs(instantMs));
  return {
    limits: limitsFromJson(limits) as SafetyLimits,
    pending: pending.map(({ effectiveAt, ...one }) => ({ ...one, effectiveAt: epochMs(effectiveAt) })),
    coolingOffUntil: at(rest.coolingOffUntil),
    excludedUntil: at(rest.excludedUntil),
    stoppedSince: at(rest.stoppedSince),
    realityCheckMs: rest.realityCheckMs,
    realityCheckedAt: at(rest.realityCheckedAt),
    highRiskLamports: lamports(BigInt(rest.highRiskLamports)),
  };
}

export function limitsToJson(limits: Partial<SafetyLimits>): LimitsJson {
  return mapLimits(limits, (value) => limitValueToJson(value as number | bigint)) as LimitsJson;
}

export function limitsFromJson(json: LimitsJson): Partial<SafetyLimits> {
  return mapLimits(json, (value, field) => limitValueFromJson(field, value as number | string));
}

export function limitValueToJson(value: number | bigint): number | string {
  return typeof value === 'bigint' ? value.toString() : value;
}

export function limitValueFromJson(field: LimitField, value: number | string): SafetyLimits[LimitField] {
  return limitRule(field).kind === 'lamports' ? lamports(BigInt(value)) : Number(value);
}

function mapLimits(
  from: Readonly<Partial<Record<LimitField, unknown>>>,
  map: (value: unknown, field: LimitField) => unknown,
): Partial<SafetyLimits> {
  const entries = LIMIT_FIELDS.filter((field) => from[field] !== undefined).map((field) => [
    field,
    map(from[field], field),
  ]);
  return Object.fromEntries(entries) as Partial<SafetyLimits>;
}
