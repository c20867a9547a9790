// The hazard by tick from counts of game lengths alone. In a bucket of w ticks that n games reached and d ended in, a
// constant hazard h gives P(end) = 1 − (1 − h)^w, so that its estimate is 1 − (1 − d/n)^(1/w), and an interval of d/n is
// one of h. Pure; called by server/history/calibration.
import { DEFAULT_PAYOUT_MULTIPLE, GAME_TICKS_MAX, PUBLISHED_HAZARD } from '@/lib/game/rules';
import { breakEvenOf } from '@/lib/edge/break-even';
import { BUCKET_STARTS } from '@/lib/hazard/tick-buckets';
import { gammaQuantile, gammaSurvival } from '@/lib/math/gamma';
import { LENGTH_EDGES } from '@/lib/metrics/edges';
import { countBelow } from '@/lib/metrics/histogram';
import type { MetricsRow } from '@/lib/metrics/metrics-row';
import { wilsonInterval } from '@/lib/performance/wilson';
import { formatNumber } from '@/lib/units/format';
import type { CalibrationAnswer, EstimateView, HazardBucket } from '@/lib/protocol/analytics';

type Hazard = CalibrationAnswer['hazard'];
/** A bucket joins the test once both outcomes are expected so often. */
const EXPECTED_MIN = 5;
const LEVEL = 0.05;

export function toHazardFigures(row: MetricsRow): Hazard {
  const buckets = BUCKET_STARTS.map((from, i) => toBucket(row, { from, to: BUCKET_STARTS[i + 1] ?? null }));
  const judged = buckets.filter(({ holds }) => holds !== null);
  return {
    published: PUBLISHED_HAZARD,
    breakEven: breakEvenOf(DEFAULT_PAYOUT_MULTIPLE).hazard,
    overall: toOverall(row),
    buckets,
    outside: judged.filter(({ holds }) => !holds).length,
    outsideExpected: judged.length * LEVEL,
    test: testAgainstPublished(buckets),
  };
}

function toBucket(row: MetricsRow, { from, to }: { from: number; to: number | null }): HazardBucket {
  const before = countBelow(LENGTH_EDGES, row.lengthCounts, from);
  const atRisk = row.games - before;
  const rugs = (to === null ? row.games : countBelow(LENGTH_EDGES, row.lengthCounts, to)) - before;
  // The last bucket has no end, and everybody rugs in it.
  if (to === null || atRisk === 0) return { from, to, atRisk, rugs, hazard: null, holds: null };
  const perTick = (share: number) => -Math.expm1(Math.log1p(-share) / (to - from));
  const { lower, upper } = wilsonInterval({ share: rugs / atRisk, trials: atRisk });
  const hazard = { value: perTick(rugs / atRisk), lower: perTick(lower), upper: perTick(upper) };
  return {
    from,
    to,
    atRisk,
    rugs,
    hazard,
    holds: hazard.lower <= PUBLISHED_HAZARD && PUBLISHED_HAZARD <= hazard.upper,
  };
}

/** Rugs over ticks lived. A game cut off at the last tick did not rug there. */
function toOverall(row: MetricsRow): EstimateView | null {
  const rugs = countBelow(LENGTH_EDGES, row.lengthCounts, GAME_TICKS_MAX);
  return rugs === 0 || row.lengthSum === 0 ? null : hazardOverTicks({ rugs, ticks: row.lengthSum });
}

/**
 * The constant hazard of games watched to their end. The ticks that n games take together follow Gamma(n, hazard), which
 * gives the 95 % interval. Worked value: 100 rugs in 20,000 ticks → 0.005 [0.00407, 0.00603].
 */
export function hazardOverTicks({ rugs, ticks }: { rugs: number; ticks: number }): EstimateView {
  const at = (p: number) => gammaQuantile({ shape: rugs, rate: ticks, p });
  return { value: rugs / ticks, lower: at(LEVEL / 2), upper: at(1 - LEVEL / 2) };
}

/** Given who reached it, each bucket is a trial of its own: the squared deviations add up to a chi-square. */
function testAgainstPublished(buckets: readonly HazardBucket[]): Hazard['test'] {
  let statistic = 0;
  let degreesOfFreedom = 0;
  for (const { from, to, atRisk, rugs } of buckets) {
    if (to === null) continue;
    const q = -Math.expm1((to - from) * Math.log1p(-PUBLISHED_HAZARD));
    if (atRisk * Math.min(q, 1 - q) < EXPECTED_MIN) continue;
    statistic += (rugs - atRisk * q) ** 2 / (atRisk * q * (1 - q));
    degreesOfFreedom++;
  }
  if (degreesOfFreedom === 0) return null;
  const pValue = gammaSurvival(degreesOfFreedom / 2, statistic / 2);
  const p = `p = ${formatNumber(pValue, 3)} over ${degreesOfFreedom} ranges of ticks`;
  const words =
    pValue < LEVEL
      ? `The hazard differs from the published 0.5 % per tick somewhere: ${p}.`
      : `No evidence that the hazard differs from the published 0.5 % per tick: ${p}.`;
  return { statistic, degreesOfFreedom, pValue, words };
}
