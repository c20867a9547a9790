// Figures of the analytics in words: shares with their intervals, amounts, how many. One wording for all panels.
import type { EstimateView, ShareView } from '@/lib/protocol/analytics';
import { formatNumber, formatPercent, formatSigned } from '@/lib/units/format';
import { formatSol, lamports } from '@/lib/units/lamports';

/** "18.2 %" */
export function shareText({ value }: ShareView): string {
  return formatPercent(value);
}

/** "17.1–19.3 %": what the figure may be, with 95 % confidence. */
export function intervalText({ lower, upper }: Pick<EstimateView, 'lower' | 'upper'>): string {
  return `${formatNumber(lower * 100, 1)} to ${formatPercent(upper)}`;
}

/** "+1.2 %" */
export function signedPercent(share: number, decimals = 1): string {
  return `${formatSigned(share * 100, decimals)} %`;
}

/** "1 204 games", "1 game". */
export function countText(count: number, unit: string, plural = `${unit}s`): string {
  return `${groupDigits(String(count))} ${count === 1 ? unit : plural}`;
}

/** Lamports as the API writes them → "12.345 SOL", with as many decimals as a reader needs. */
export function solText(amount: string, decimals = 3): string {
  const text = formatSol(lamports(BigInt(amount)));
  const [whole = '0', rest = ''] = text.replace('-', '').split('.');
  const shown = decimals === 0 || rest === '' ? '' : `.${rest.slice(0, decimals)}`;
  return `${text.startsWith('-') ? '−' : ''}${groupDigits(whole)}${shown} SOL`;
}

/** For charts only: never converted back. */
export function solNumber(amount: string): number {
  return Number(BigInt(amount)) / 1e9;
}

/** Thin groups of three from 10 000 on, as scientific texts set them. */
export function groupDigits(digits: string): string {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
