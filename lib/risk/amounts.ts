// Arithmetic between lamports and plain numbers, rounded against the player every time: a stake or a gain comes out
// smaller, a loss larger, by at most a lamport. Used by the risk manager and by every strategy.
import { lamports, type Lamports } from '@/lib/units/lamports';

/** Shares and expected values are read to twelve decimals: finer than a lamport of any stake a venue takes. */
const SCALE = 1_000_000_000_000n;
const SCALE_NUMBER = Number(SCALE);
/** Double noise of a share such as 0.29 × 10^12, which must not cost a lamport. */
const NOISE = 1e-3;

/** The payout multiple is read to six decimals, so that a win is worth the same lamports everywhere. */
const PAYOUT_SCALE = 1_000_000n;

/** amount × share, rounded down (towards minus infinity). Worked value: 2 SOL × −0.0916 = −183,200,000 lamports. */
export function timesRoundedDown(amount: bigint, share: number): Lamports {
  return lamports(floorDivide(amount * BigInt(Math.floor(share * SCALE_NUMBER + NOISE)), SCALE));
}

/** The profit of a win, (payout − 1) × stake, rounded down. Worked value: 0.1 SOL at 5 → 0.4 SOL. */
export function winningsOf(stakeLamports: bigint, payout: number): Lamports {
  const profitScaled = BigInt(Math.round(payout * Number(PAYOUT_SCALE))) - PAYOUT_SCALE;
  return lamports(floorDivide(stakeLamports * profitScaled, PAYOUT_SCALE));
}

/** The largest multiple of `step` not above `amount`; 0 for a negative amount. */
export function floorToStep(amount: bigint, step: bigint): Lamports {
  return amount <= 0n ? lamports(0n) : lamports(amount - (amount % step));
}

export function smallest(first: bigint, ...rest: readonly bigint[]): Lamports {
  let least = first;
  for (const amount of rest) if (amount < least) least = amount;
  return lamports(least);
}

export function largest(first: bigint, second: bigint): Lamports {
  return lamports(first > second ? first : second);
}

/** a ÷ b as a double, for statistics only. */
export function ratioOf(a: bigint, b: bigint): number {
  return Number(a) / Number(b);
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}
