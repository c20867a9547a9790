// What is wrong with a profile, an assessment or a performance record, as a value that names the field. Forms and the
// API show `message` as it stands; nothing below a failed check is computed.
import { err, type Err } from '@/lib/units/result';

export type InputErrorCode = 'not-a-number' | 'not-an-amount' | 'out-of-range' | 'contradiction' | 'unknown-value';

export type InputError = {
  readonly code: InputErrorCode;
  /** Path of the field, as the player's profile or the assessment spells it: `limits.maxStakeFraction`. */
  readonly field: string;
  readonly message: string;
};

export function inputError(code: InputErrorCode, field: string, message: string): InputError {
  return { code, field, message };
}

export function inputErr(code: InputErrorCode, field: string, message: string): Err<InputError> {
  return err(inputError(code, field, message));
}

/** The first failure of an ordered list of checks, or null. */
export function firstError(checks: Iterable<InputError | null>): InputError | null {
  for (const error of checks) if (error) return error;
  return null;
}

/** A finite number within [low, high]; `exclusiveLow` leaves the lower end out. */
export function checkNumber(
  field: string,
  value: unknown,
  { low, high, exclusiveLow = false }: { low: number; high: number; exclusiveLow?: boolean },
): InputError | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return inputError('not-a-number', field, `${field} must be a number, got ${show(value)}.`);
  }
  if (value > high || value < low || (exclusiveLow && value === low)) {
    const from = exclusiveLow ? `above ${low}` : `at least ${low}`;
    return inputError('out-of-range', field, `${field} must be ${from} and at most ${high}, got ${value}.`);
  }
  return null;
}

/** A whole number within [low, high]. */
export function checkCount(field: string, value: unknown, range: { low: number; high: number }): InputError | null {
  const error = checkNumber(field, value, range);
  if (error || Number.isInteger(value)) return error;
  return inputError('out-of-range', field, `${field} must be a whole number, got ${show(value)}.`);
}

/** Integer lamports within [low, high]. */
export function checkAmount(
  field: string,
  value: unknown,
  { low, high }: { low: bigint; high: bigint },
): InputError | null {
  if (typeof value !== 'bigint') {
    return inputError('not-an-amount', field, `${field} must be a whole number of lamports, got ${show(value)}.`);
  }
  if (value < low || value > high) {
    const range = `at least ${low} and at most ${high} lamports`;
    return inputError('out-of-range', field, `${field} must be ${range}, got ${value}.`);
  }
  return null;
}

export function checkOneOf(field: string, value: unknown, allowed: readonly unknown[]): InputError | null {
  if (allowed.includes(value)) return null;
  return inputError('unknown-value', field, `${field} must be one of ${allowed.join(', ')}, got ${show(value)}.`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 40)}"` : String(value).slice(0, 40);
}
