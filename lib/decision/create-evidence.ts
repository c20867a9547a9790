// Evidence for the decision loop from the edge engine: one payout, finished games in, claims per tick out.
import type { Evidence } from '@/lib/decision/evidence-keeper';
import { createEdgeEvidence, type EdgeEvidenceState, type RangeEvidence } from '@/lib/edge/edge-evidence';
import { DEFAULT_PAYOUT_MULTIPLE } from '@/lib/game/rules';

/** JSON and the wire have no Infinity, and beyond this an e-value says nothing more. */
const E_VALUE_MAX = 1e12;

/** `saved` is what an earlier `serialize` gave; a state that does not fit this payout and version counts as none. */
export function createEvidence({
  payout = DEFAULT_PAYOUT_MULTIPLE,
  saved,
}: { payout?: number; saved?: unknown } = {}): Evidence {
  const edge = createEdgeEvidence({ payout }, saved as EdgeEvidenceState | undefined);
  return {
    payout,
    observeGame: (rugTick) => edge.observeGame({ rugTick }),
    at(tick) {
      const { positive, winProbability, games } = edge.evidenceAt(tick);
      const { lower, upper, level } = winProbability;
      // The middle of what is left above the lower bound would be a hope; the bound itself is what was shown.
      const claimed = positive ? { value: lower, lower, upper, level, samples: games } : null;
      return { lower, upper, level, claimed };
    },
    isPositive: edge.isPositive,
    view(terms) {
      const { games, neededEValue, anywhere, overall, buckets, drift } = edge.summary();
      const { lower, upper, level } = overall.winProbability;
      return {
        games,
        eValue: Math.min(E_VALUE_MAX, anywhere.eValue),
        needed: neededEValue,
        winProbability: { lower, upper, level },
        drift: {
          eValue: Math.min(E_VALUE_MAX, drift.eValue),
          direction: drift.eValue <= 1 ? null : drift.direction === 'higher' ? 'shorter' : 'longer',
        },
        ranges: buckets.map((bucket) => toRange(bucket, buckets.length)).sort((a, b) => b.eValue - a.eValue),
        terms: [...terms],
      };
    },
    serialize: edge.serialize,
  };
}

/** The strongest of several ranges is one of several: divided by their number it is again an e-value. */
function toRange({ firstTick, lastTick, eValue }: RangeEvidence, ranges: number) {
  return { from: firstTick, to: lastTick, eValue: Math.min(E_VALUE_MAX, eValue / ranges) };
}
