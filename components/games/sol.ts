// Lamports of an answer, which are text, as a reader sees them.
import { formatSol, lamports } from '@/lib/units/lamports';

const MINUS = '\u2212';

/** "250000000" → "0.25 SOL". */
export function sol(amountLamports: string): string {
  return `${formatSol(lamports(BigInt(amountLamports))).replace('-', MINUS)} SOL`;
}

/** With a plus for gains. */
export function solSigned(amountLamports: string): string {
  return `${BigInt(amountLamports) > 0n ? '+' : ''}${sol(amountLamports)}`;
}
