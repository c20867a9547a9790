// Amounts as the feed writes them: JSON doubles of SOL with up to nine decimals.
import { formatSol, type Lamports } from '@/lib/units/lamports';

/** The double nearest to the exact amount; decoding it gives the same lamports back. */
export function wireAmount(amount: Lamports): number {
  return Number(formatSol(amount));
}

/** Rounds a quantity computed in doubles, as upstream does, to nine decimals. Scenery only: never summed into money. */
export function roundToNine(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
