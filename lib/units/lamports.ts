// Integer money. 1 SOL = 10^9 lamports; floating point never holds an amount inside Fortytick.
import { err, ok, type Result } from '@/lib/units/result';

declare const lamportsBrand: unique symbol;
export type Lamports = bigint & { readonly [lamportsBrand]: true };

export const LAMPORTS_PER_SOL = 1_000_000_000n;
const SOL_DECIMALS = 9;

/** Larger than all SOL in existence (about 6 × 10^8 SOL), and well inside PostgreSQL's bigint. */
export const LAMPORTS_MAX = 1_000_000_000n * LAMPORTS_PER_SOL;

export type AmountError = 'not-a-number' | 'negative' | 'too-large' | 'more-than-9-decimals';

export function lamports(amount: bigint): Lamports {
  return amount as Lamports;
}

/**
 * Converts a feed amount (JSON double, SOL) to lamports; exact up to a million SOL, where a double still holds 15 digits.
 * Doubles hold 15 to 17 significant digits, so a sum computed upstream can carry noise far below one lamport
 * (0.1 + 0.2 SOL); anything within a thousandth of a lamport, or of the double's own resolution, is that lamport.
 */
export function solToLamports(sol: number): Result<Lamports, AmountError> {
  if (!Number.isFinite(sol)) return err('not-a-number');
  if (sol < 0) return err('negative');
  if (sol > Number(LAMPORTS_MAX / LAMPORTS_PER_SOL)) return err('too-large');
  // The shortest text that reads back as this double is the amount as it was sent.
  const sent = parseSol(String(sol));
  if (sent.ok) return sent;
  const rounded = sol.toFixed(SOL_DECIMALS);
  const tolerance = Math.max(1e-12, sol * 4 * Number.EPSILON);
  if (Math.abs(Number(rounded) - sol) > tolerance) return err('more-than-9-decimals');
  return ok(lamports(BigInt(rounded.replace('.', ''))));
}

/** Reads what a person types ("0.25", "1", ".5") as SOL; exact, without passing through a double. */
export function parseSol(text: string): Result<Lamports, AmountError> {
  const match = /^(-)?(\d{0,12})(?:\.(\d*))?$/.exec(text.trim());
  if (!match || (!match[2] && !match[3])) return err('not-a-number');
  if (match[1]) return err('negative');
  const decimals = match[3] ?? '';
  if (decimals.length > SOL_DECIMALS) return err('more-than-9-decimals');
  const amount = BigInt((match[2] || '0') + decimals.padEnd(SOL_DECIMALS, '0'));
  return amount > LAMPORTS_MAX ? err('too-large') : ok(lamports(amount));
}

/** "0.25" for 250,000,000 lamports: no trailing zeros, no exponent. */
export function formatSol(amount: Lamports): string {
  const sign = amount < 0n ? '-' : '';
  const absolute = amount < 0n ? -amount : amount;
  const whole = absolute / LAMPORTS_PER_SOL;
  const rest = (absolute % LAMPORTS_PER_SOL).toString().padStart(SOL_DECIMALS, '0').replace(/0+$/, '');
  return `${sign}${whole}${rest ? `.${rest}` : ''}`;
}

/** SOL as a double, for charts and statistics only: never convert back. */
export function lamportsToSolForDisplay(amount: Lamports): number {
  return Number(amount) / Number(LAMPORTS_PER_SOL);
}
