// The simulator's frames through the real decoder and the real core, in simulated time: what a perfect and a faulty
// network leave of forty games.
import { describe, expect, it } from 'vitest';
import { applyEvent } from '@/lib/game/apply-event';
import type { GameFact } from '@/lib/game/events';
import { INITIAL_STATE } from '@/lib/game/state';
import { decodeFrame } from '@/lib/protocol/decode-feed';
import { FAULTS, type FaultRates } from '@/server/config';
import { playRun } from '@/server/simulator/test-kit/play-run';

type Finished = Extract<GameFact, { type: 'game-finished' }>;

function play({ seed, games, faults }: { seed: string; games: number; faults: FaultRates }) {
  let state = INITIAL_STATE;
  const kinds = new Set<string>();
  let undecodable = 0;
  let rejected = 0;
  const finished = new Map<string, Finished>();
  const run = playRun({
    seed,
    faults,
    // The last games of a run need a few more before every copy of the history that could be lost is sent again.
    games: games + 3,
    onFrame(frame) {
      const decoded = decodeFrame(frame);
      kinds.add(decoded.kind);
      undecodable += decoded.undecodable.length;
      if (!decoded.event) return;
      const applied = applyEvent(state, decoded.event);
      state = applied.state;
      if (applied.disposition.kind === 'rejected') rejected++;
      for (const fact of applied.facts) if (fact.type === 'game-finished') finished.set(fact.game.gameId, fact);
    },
  });
  return { plans: run.plans.slice(0, games), finished, kinds, undecodable, rejected, faults: run.faults };
}

function expectAllFinished({ plans, finished }: ReturnType<typeof play>) {
  for (const plan of plans) {
    const fact = finished.get(plan.gameId);
    expect(fact?.verification.status, plan.gameId).toBe('verified');
    expect(fact?.game.prices).toEqual(plan.prices);
    expect(fact?.rugTick).toBe(plan.rugTick);
  }
}

describe('forty games through decoder and core', () => {
  it('all finish and verify on a perfect network, with nothing undecodable, lost or wrong', () => {
    const played = play({ seed: 'perfect', games: 40, faults: {} });
    expectAllFinished(played);
    expect(played).toMatchObject({ undecodable: 0, rejected: 0, kinds: new Set(['event', 'ignored']) });
    for (const plan of played.plans) {
      expect(played.finished.get(plan.gameId)).toMatchObject({
        commitmentKept: true,
        ticksRepaired: 0,
        ticksCorrected: 0,
      });
    }
  });

  it('all finish and verify with every fault at 2 %', () => {
    const faults = Object.fromEntries(FAULTS.map((fault) => [fault, 0.02]));
    const played = play({ seed: 'faulty', games: 40, faults });
    expectAllFinished(played);
    expect(played.undecodable).toBeGreaterThan(0);
    for (const fault of FAULTS) expect(played.faults[fault], fault).toBeGreaterThan(50);
  });
});
