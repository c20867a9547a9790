// The null of the interval test holds where we can make games by the thousand: the simulator's ticks come as recorded.
import { expect, it } from 'vitest';
import { percentile } from '@/lib/math/percentile';
import { DEPARTING_SHARE_MOST, INTERVALS_NEEDED, MEDIAN_MS, P95_MS_MOST } from '@/lib/quality/interval-drift';
import { createRandom } from '@/server/simulator/random';
import { sampleTickOffsets } from '@/server/simulator/tick-intervals';

it('fewer simulated games depart from the recorded rhythm than the test allows', () => {
  const random = createRandom('a thousand games');
  let games = 0;
  let departing = 0;
  for (let i = 0; i < 1_000; i++) {
    const lastTick = Math.max(1, Math.ceil(Math.log(1 - random.next()) / Math.log(0.995)));
    const offsets = sampleTickOffsets({ lastTick, random });
    const intervals = offsets.slice(1).map((at, tick) => at - offsets[tick]!);
    if (intervals.length < INTERVALS_NEEDED) continue;
    games++;
    const median = percentile(intervals, 0.5);
    const isSteady = median >= MEDIAN_MS.least && median <= MEDIAN_MS.most;
    if (!isSteady || percentile(intervals, 0.95) > P95_MS_MOST) departing++;
  }
  expect(games).toBeGreaterThan(700);
  expect(departing / games).toBeLessThan(DEPARTING_SHARE_MOST / 2);
});
