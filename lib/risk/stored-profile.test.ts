import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProfile, profileToText } from '@/lib/risk/stored-profile';
import { aProfile, arbitraryProfile, sol } from '@/lib/strategy/test-kit/cases';

describe('a stored profile', () => {
  it('comes back exactly as it was, its session included', () => {
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => {
        expect(parseProfile(profileToText(profile))).toEqual({ ok: true, value: profile });
      }),
    );
  });

  it.each([
    ['profile', ''],
    ['profile', 'null'],
    ['profile', '{"bankrollLamports":'],
    ['profile', ' '.repeat(10_001)],
    ['bankrollLamports', profileToText(aProfile()).replace('"2000000000"', '2000000000')],
    ['bankrollLamports', profileToText(aProfile()).replace('"2000000000"', '"2e9"')],
    ['bankrollLamports', profileToText(aProfile()).replace('"2000000000"', '"0"')],
    ['limits.perGameLossLamports', profileToText(aProfile({ limits: { perGameLossLamports: sol('1') } }))],
    ['riskProfile', profileToText(aProfile({ riskProfile: 'bold' as never }))],
    ['limits.maxStakeFraction', profileToText(aProfile({ limits: { maxStakeFraction: NaN } }))],
  ])('that is damaged is refused naming %s', (field, text) => {
    expect(parseProfile(text)).toMatchObject({ ok: false, error: { field } });
  });
});
