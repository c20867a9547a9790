// How numbers are told to a player in reasons and refusals. Pure text; the same in the browser, the server and the report.
import { formatSol, lamports, lamportsToSolForDisplay, type Lamports } from '@/lib/units/lamports';

const MINUS = '−';
/** An average is an estimate: three digits say all there is to say. */
const AVERAGE_DIGITS = 3;

/** An exact amount: "0.25 SOL". */
export function sol(amount: bigint): string {
  return `${formatSol(lamports(amount)).replace('-', MINUS)} SOL`;
}

/** An average or estimate, in three significant digits: "0.00916 SOL". */
export function solAbout(amount: Lamports): string {
  const value = lamportsToSolForDisplay(amount);
  if (value === 0) return '0 SOL';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.min(9, Math.max(0, AVERAGE_DIGITS - 1 - magnitude));
  const text = value.toFixed(decimals).replace('-', MINUS);
  return `${decimals > 0 ? text.replace(/\.?0+$/, '') : text} SOL`;
}

/** "10 s" or "2 min 5 s". */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest ? ` ${rest} s` : ''}`;
}

/** "1 bet", "100 bets" */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
