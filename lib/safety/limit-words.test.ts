import { describe, expect, it } from 'vitest';
import { defaultSafetyLimits } from '@/lib/account/default-account';
import { LIMIT_FIELDS, type LimitField } from '@/lib/safety/limit-fields';
import { formatLimit, isSameLimit, limitToText, parseLimit } from '@/lib/safety/limit-words';
import { limitsToJson } from '@/lib/safety/safety-json';
import { lamports } from '@/lib/units/lamports';

describe('limits in words', () => {
  it.each<[LimitField, number | string, string, string]>([
    ['bankrollLamports', '20000000000', '20 SOL', '20'],
    ['maxStakeFraction', 0.29, '29.0 %', '29'],
    ['maxConsecutiveLosses', 10, '10', '10'],
    ['coolingOffMs', 90_000, '1 min 30 s', '90'],
    ['minReliability', 0.5, '0.50', '0.5'],
  ])('tell %s %s as %s, and write it as %s', (field, value, told, written) => {
    expect(formatLimit(field, value)).toBe(told);
    expect(limitToText(field, value)).toBe(written);
  });

  it('are read back as what was written', () => {
    const limits = limitsToJson(defaultSafetyLimits(lamports(1_234_567_891n)));
    for (const field of LIMIT_FIELDS) {
      const value = limits[field]!;
      const read = parseLimit(field, limitToText(field, value));
      expect(read.ok && isSameLimit(field, read.value, value), field).toBe(true);
    }
  });

  it.each<[LimitField, string]>([
    ['bankrollLamports', '-1'],
    ['bankrollLamports', '1e3'],
    ['maxStakeFraction', 'five'],
    ['maxStakeFraction', 'NaN'],
    ['maxConsecutiveLosses', '2.5'],
    ['coolingOffMs', ''],
  ])('are not read where %s is "%s"', (field, text) => {
    expect(parseLimit(field, text).ok).toBe(false);
  });
});
