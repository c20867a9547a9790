// The process is killed at every point of a bet's way, before and after the thing it does there, and started again: the
// table of them comes from a run without kills. Whatever happens, the money ends right; and once the bet was active on
// record, it ends as it would have ended.
import { describe, expect, it } from 'vitest';
import { killAt, neverKill } from '@/server/bets/simulation/kill';
import { playBet, SCENARIOS, type Scenario } from '@/server/bets/simulation/play-bet';

type Point = { readonly n: number; readonly when: 'before' | 'after'; readonly name: string; readonly active: boolean };

const tables = await Promise.all(
  SCENARIOS.map(async (scenario) => {
    const whole = await playBet(scenario, neverKill);
    return { scenario, whole, points: pointsOf(whole.trace) };
  }),
);

describe.each(tables)('$scenario.name', ({ scenario, whole, points }) => {
  it(`ends ${scenario.ends} when nothing happens`, () => {
    expect(whole).toMatchObject({ state: scenario.ends, wrong: [], kills: 0 });
  });

  for (const { n, when, name, active } of points) {
    it(`ends right when the process is killed ${when} call ${n}, “${name}”`, async () => {
      const played = await playBet(scenario, killAt(n, when));
      expect(played.kills).toBe(1);
      expect(played.wrong).toEqual([]);
      if (active) expect(played.state).toBe(scenario.ends);
      else expect(otherEnds(scenario)).toContain(played.state);
    });
  }
});

/**
 * Everything that is written or sent, and what is read right after it. Reading the chain, again and again, changes nothing
 * by itself: the first of each pause stands for the others.
 */
function pointsOf(trace: readonly string[]): Point[] {
  const points: Point[] = [];
  let active = false;
  trace.forEach((name, n) => {
    const reads = isRead(name);
    if (!reads || !isRead(trace[n - 1] ?? '')) {
      const lateEnough = active || name.includes('activated');
      points.push({ n, when: 'before', name, active });
      points.push({ n, when: 'after', name, active: lateEnough });
    }
    active ||= name.includes('activated');
  });
  return points;
}

function isRead(name: string): boolean {
  return name === 'look' || name === 'chain read' || name === 'read stakes' || name === 'record nothing';
}

/** A process that is away while the stake is confirmed, or while the player signs, makes the bet void or lets it expire. */
function otherEnds({ ends }: Scenario): readonly string[] {
  return ends === 'expired' ? ['expired'] : [ends, 'refunded', 'expired', 'lost', 'paid'];
}
