import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import { INTERVALS_NEEDED, logIntervalEvidence, MEDIAN_MS, P95_MS_MOST } from '@/lib/quality/interval-drift';
import { LENGTH_BIN_ENDS, LENGTH_BIN_SHARES, logLengthEvidence } from '@/lib/quality/length-drift';

const ROUNDS = resolve('../shared/data/rounds-2025-07.jsonl.gz');
const binOf = (rugTick: number) => {
  const bin = LENGTH_BIN_ENDS.findIndex((end) => rugTick <= end);
  return bin === -1 ? LENGTH_BIN_ENDS.length : bin;
};

function drawLengths(random: () => number, hazard: number, games: number): number[] {
  const draw = () => Math.max(1, Math.ceil(Math.log(1 - random()) / Math.log(1 - hazard)));
  return Array.from({ length: games }, draw);
}

/** The largest evidence met when it is looked at after every single game of a day. */
function largestOfDay(rugTicks: readonly number[]): number {
  const counts = LENGTH_BIN_SHARES.map(() => 0);
  let largest = -Infinity;
  for (const rugTick of rugTicks) {
    counts[binOf(rugTick)]!++;
    largest = Math.max(largest, logLengthEvidence(counts));
  }
  return largest;
}

describe('evidence against the published lengths', () => {
  it('has ten bins of a tenth each, as nearly as whole ticks allow', () => {
    expect(LENGTH_BIN_SHARES.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const share of LENGTH_BIN_SHARES) expect(Math.abs(share - 0.1)).toBeLessThan(0.005);
    expect(logLengthEvidence(LENGTH_BIN_SHARES.map(() => 0))).toBeCloseTo(0, 12);
  });

  it('starts at one and stays so on average: the next game leaves its expectation as it is', () => {
    const counts = [3, 1, 0, 4, 2, 0, 1, 5, 0, 7];
    const next = LENGTH_BIN_SHARES.reduce((sum, share, bin) => {
      const grown = counts.map((count, i) => count + (i === bin ? 1 : 0));
      return sum + share * Math.exp(logLengthEvidence(grown) - logLengthEvidence(counts));
    }, 0);
    expect(next).toBeCloseTo(1, 9);
  });

  it('reaches 20 on fewer than one day in 20, looked at after every game', () => {
    const random = seedrandom('days of published games');
    const days = 400;
    let alarms = 0;
    for (let day = 0; day < days; day++) {
      if (largestOfDay(drawLengths(random, PUBLISHED_HAZARD, 300)) >= Math.log(20)) alarms++;
    }
    expect(alarms / days).toBeLessThanOrEqual(1 / 20);
  });

  it('reaches 1,000 within a day when games rug half as often again', () => {
    const random = seedrandom('a shorter game');
    expect(largestOfDay(drawLengths(random, PUBLISHED_HAZARD * 1.5, 1_200))).toBeGreaterThan(Math.log(1_000));
  });

  it('finds nothing in July 2025', (context) => {
    let text: string;
    try {
      text = gunzipSync(readFileSync(ROUNDS)).toString();
    } catch {
      return context.skip('the recorded games are not here');
    }
    const rugTicks = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { rugTick: number }).rugTick);
    expect(largestOfDay(rugTicks)).toBeLessThan(Math.log(20));
  });
});

describe('evidence against the recorded rhythm', () => {
  it('stays small while one game in twenty departs, and reaches 1,000 when a third do', () => {
    const random = seedrandom('departures');
    let alarms = 0;
    for (let day = 0; day < 400; day++) {
      let departing = 0;
      let largest = -Infinity;
      for (let games = 1; games <= 300; games++) {
        if (random() < 0.05) departing++;
        largest = Math.max(largest, logIntervalEvidence({ games, departing }));
      }
      if (largest >= Math.log(20)) alarms++;
    }
    expect(alarms / 400).toBeLessThanOrEqual(1 / 20);
    expect(logIntervalEvidence({ games: 60, departing: 20 })).toBeGreaterThan(Math.log(1_000));
    expect(logIntervalEvidence({ games: 0, departing: 0 })).toBe(0);
  });

  it('has limits that hold both recordings of the game', () => {
    // game-facts: medians 251 and 250 ms; 95th percentiles 269 and 326 ms.
    for (const median of [250, 251]) expect(median > MEDIAN_MS.least && median < MEDIAN_MS.most).toBe(true);
    for (const p95 of [269, 326]) expect(p95).toBeLessThan(P95_MS_MOST);
    expect(INTERVALS_NEEDED).toBe(40);
  });
});
