// Whether a set of limits can hold: those of the profile by its own rules, those of the hour and the day here. A value out
// of range is no limit; it is told by name.
import { checkAmount, type InputError } from '@/lib/risk/input-error';
import { validateLimits } from '@/lib/risk/profile';
import type { SafetyLimits } from '@/lib/safety/safety';
import { LAMPORTS_MAX } from '@/lib/units/lamports';

export function checkSafetyLimits(limits: SafetyLimits): InputError | null {
  const ofProfile = validateLimits(limits);
  if (!ofProfile.ok) return ofProfile.error;
  const amount = { low: 1n, high: LAMPORTS_MAX };
  return (
    checkAmount('limits.bankrollLamports', limits.bankrollLamports, amount) ??
    checkAmount('limits.perHourLossLamports', limits.perHourLossLamports, amount) ??
    checkAmount('limits.perDayLossLamports', limits.perDayLossLamports, amount)
  );
}
