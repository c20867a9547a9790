import { describe, expect, it } from 'vitest';
import { createEvidence } from '@/lib/decision/create-evidence';
import { assess } from '@/lib/decision/assess';
import { createPublishedModel } from '@/lib/hazard/published';
import { evidenceSchema } from '@/lib/protocol/push';
import { createTimingEstimator } from '@/lib/timing/tick-timing';

/** Rug ticks with the given hazard at every tick, one for each of evenly spread quantiles: no chance in it. */
function rugTicks(hazard: number, games: number): number[] {
  return Array.from({ length: games }, (_, i) => Math.ceil(Math.log(1 - (i + 0.5) / games) / Math.log(1 - hazard)));
}

function learn(hazard: number, games: number) {
  const evidence = createEvidence();
  // Interleaved, so that long and short games come mixed.
  const ticks = rugTicks(hazard, games);
  for (let i = 0; i < games; i++) evidence.observeGame(ticks[(i * 7919) % games]!);
  return evidence;
}

const timing = createTimingEstimator().current();
const assessWith = (evidence: ReturnType<typeof learn>) =>
  assess({ tick: 20, payout: 5, model: createPublishedModel(), timing, evidence: evidence.at(20) });

describe('the evidence behind an assessment', () => {
  it('claims no edge of games played by the published rule', () => {
    const evidence = learn(0.005, 1_000);
    expect(assessWith(evidence)).toMatchObject({ zone: 'negative', model: { id: 'published' } });
    expect(evidence.view([]).eValue).toBeLessThan(100);
  });

  it('claims a real edge, with an estimate inside its interval and above break-even', () => {
    const evidence = learn(0.01, 1_000);
    const { zone, winProbability, expectedValue } = assessWith(evidence);
    expect(zone).toBe('positive');
    expect(winProbability.lower).toBeGreaterThan(0.2);
    expect(winProbability.value).toBeGreaterThanOrEqual(winProbability.lower);
    expect(winProbability.value).toBeLessThanOrEqual(winProbability.upper);
    expect(expectedValue).toBeGreaterThan(0);
    expect(evidence.view([])).toMatchObject({ games: 1_000, drift: { direction: 'shorter' } });
  });

  it('goes over the wire as it is, before any game and after many', () => {
    for (const evidence of [createEvidence(), learn(0.02, 500)]) {
      expect(evidenceSchema.safeParse(JSON.parse(JSON.stringify(evidence.view([])))).success).toBe(true);
    }
  });
});
