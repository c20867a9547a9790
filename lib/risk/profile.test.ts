import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProfile, validateLimits, validateProfile, type Profile } from '@/lib/risk/profile';
import { aProfile, arbitraryProfile, sol, type ProfileChanges } from '@/lib/strategy/test-kit/cases';
import { lamports } from '@/lib/units/lamports';

describe("a player's profile", () => {
  it('is valid when new, whatever the bankroll', () => {
    for (const bankroll of ['0.001', '0.25', '2', '5000']) {
      expect(validateProfile(createProfile(sol(bankroll), 200)).ok).toBe(true);
    }
  });

  it('is valid for every profile the other tests generate', () => {
    fc.assert(
      fc.property(arbitraryProfile(), (profile) => {
        expect(validateProfile(profile)).toEqual({ ok: true, value: profile });
      }),
    );
  });

  it.each<[string, string, ProfileChanges]>([
    ['out-of-range', 'bankrollLamports', { bankrollLamports: lamports(0n), limits: aProfile().limits }],
    ['out-of-range', 'bankrollLamports', { bankrollLamports: lamports(-1n), limits: aProfile().limits }],
    ['not-an-amount', 'bankrollLamports', { bankrollLamports: 2 as never }],
    ['out-of-range', 'balanceLamports', { balanceLamports: lamports(-1n) }],
    ['out-of-range', 'limits.maxStakeFraction', { limits: { maxStakeFraction: 0 } }],
    ['out-of-range', 'limits.maxStakeFraction', { limits: { maxStakeFraction: 1.01 } }],
    ['not-a-number', 'limits.maxStakeFraction', { limits: { maxStakeFraction: NaN } }],
    ['out-of-range', 'limits.perGameLossLamports', { limits: { perGameLossLamports: lamports(0n) } }],
    ['contradiction', 'limits.perGameLossLamports', { limits: { perGameLossLamports: sol('0.5') } }],
    ['out-of-range', 'limits.perSessionLossLamports', { limits: { perSessionLossLamports: lamports(-5n) } }],
    ['out-of-range', 'limits.maxConsecutiveLosses', { limits: { maxConsecutiveLosses: 2.5 } }],
    ['out-of-range', 'limits.maxConsecutiveLosses', { limits: { maxConsecutiveLosses: 0 } }],
    ['out-of-range', 'limits.maxDrawdownFraction', { limits: { maxDrawdownFraction: 0 } }],
    ['out-of-range', 'limits.coolingOffMs', { limits: { coolingOffMs: -1 } }],
    ['not-a-number', 'limits.minReliability', { limits: { minReliability: '1' as never } }],
    ['out-of-range', 'limits.minBalanceLamports', { limits: { minBalanceLamports: lamports(-1n) } }],
    ['contradiction', 'session.wins', { session: { bets: 1, wins: 2 } }],
    ['contradiction', 'session.consecutiveLosses', { session: { bets: 3, wins: 1, consecutiveLosses: 3 } }],
    ['contradiction', 'session.peakNetLamports', { session: { netLamports: sol('1') } }],
    [
      'out-of-range',
      'session.openBet.endTick',
      { session: { openBet: { stakeLamports: sol('1'), startTick: 9, endTick: 9 } } },
    ],
    [
      'out-of-range',
      'session.pendingSettlement.stakeLamports',
      { session: { pendingSettlement: { stakeLamports: lamports(0n), won: true } } },
    ],
    ['not-a-number', 'session.lastLossAt', { session: { lastLossAt: Infinity as never } }],
    ['unknown-value', 'riskProfile', { riskProfile: 'reckless' as never }],
    ['unknown-value', 'tiers[1]', { tiers: ['moderate', 'wild' as never] }],
    ['out-of-range', 'position.valueLamports', { position: { valueLamports: lamports(0n) } }],
    ['out-of-range', 'latencyMs', { latencyMs: 60_001 }],
  ])('is refused as %s, naming %s', (code, field, changes) => {
    const result = validateProfile(aProfile(changes));
    expect(result).toMatchObject({ ok: false, error: { code, field } });
    if (!result.ok) expect(result.error.message.length).toBeGreaterThan(field.length);
  });

  it('says in words which limits contradict each other', () => {
    const result = validateLimits({ ...aProfile().limits, perGameLossLamports: sol('1') });
    expect(result).toMatchObject({
      error: { message: 'The loss allowed in one game is above the loss allowed in the whole session.' },
    });
  });

  it('is handed back unchanged when it is valid', () => {
    const profile: Profile = aProfile();
    expect(validateProfile(profile)).toEqual({ ok: true, value: profile });
  });
});
