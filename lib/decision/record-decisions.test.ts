import { describe, expect, it } from 'vitest';
import { createEvidence } from '@/lib/decision/create-evidence';
import { createDecisionLoop } from '@/lib/decision/loop';
import { createDecisionRecorder, type Said } from '@/lib/decision/record-decisions';
import type { GameFact } from '@/lib/game/events';
import { sideBetWins } from '@/lib/game/rules';
import { createModelSet } from '@/lib/hazard/model-set';
import { gameId, type GameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';

const START = Date.UTC(2026, 0, 1);

function createRun() {
  let at = START;
  const now = () => epochMs(at);
  const loop = createDecisionLoop({ models: createModelSet(), evidence: createEvidence() });
  const recorder = createDecisionRecorder({ loop, origin: 'live', now });
  const said: Said[] = [];
  const take = (fact: GameFact) => {
    const one = recorder.take(fact, loop.take(fact));
    if (one.predictions.length + one.recommendations.length > 0) said.push(one);
  };
  return {
    predictions: () => said.flatMap(({ predictions }) => predictions),
    recommendations: () => said.flatMap(({ recommendations }) => recommendations),
    /** Presale, then ticks up to the rug, without those in `missing`. */
    play(id: GameId, { rugTick, missing = [] }: { rugTick: number; missing?: readonly number[] }) {
      take({ type: 'game-announced', gameId: id, at: now(), serverSeedHash: null, version: 'v3' });
      take({ type: 'phase', gameId: id, phase: 'presale', at: now() });
      at += 10_000;
      take({ type: 'phase', gameId: id, phase: 'active', at: now() });
      for (let tick = 0; tick < rugTick; tick++, at += 250) {
        if (missing.includes(tick)) continue;
        take({ type: 'tick', gameId: id, tick, price: 1, at: now(), source: 'frame', live: true });
      }
      take({ type: 'phase', gameId: id, phase: 'rugged', at: now() });
      take({ type: 'game-rugged', gameId: id, rugTick, at: now() });
      at += 15_000;
    },
  };
}

const id = (n: number) => gameId(`20260101-${String(n).padStart(16, '0')}`);

describe('the decision recorder', () => {
  it('predicts in presale and then once in every window, late where the feed skipped the tick', () => {
    const run = createRun();
    run.play(id(1), { rugTick: 130, missing: [40, 41] });
    const checkpoints = run.predictions().filter(({ tick }) => tick % 40 <= 2);
    expect(checkpoints.map(({ tick }) => tick)).toEqual([0, 42, 80, 120]);
    expect(run.predictions()[0]).toMatchObject({ gameId: id(1), origin: 'live', madeAt: START, model: 'published@1' });
    expect(run.predictions()[0]!.end).toMatchObject({ tick: 0, median: 139, lower50: 58, upper50: 277 });
    expect(run.predictions()[0]!.winProbability).toBeCloseTo(1 - 0.995 ** 40, 12);
  });

  it('makes a prediction with every recommendation', () => {
    const run = createRun();
    for (let n = 1; n <= 20; n++) run.play(id(n), { rugTick: 200 });
    const predicted = new Set(run.predictions().map(({ gameId: game, tick }) => `${game} ${tick}`));
    expect(run.recommendations().length).toBeGreaterThan(20);
    for (const { gameId: game, tick } of run.recommendations()) expect(predicted).toContain(`${game} ${tick}`);
  });

  it('says once a game what to do while nothing changes: skip, at the published odds', () => {
    const run = createRun();
    for (let n = 1; n <= 3; n++) run.play(id(n), { rugTick: 300 });
    const verdicts = run.recommendations().filter(({ action }) => action !== 'bet');
    expect(verdicts.map(({ gameId: game, tick, word, strategyId }) => [game, tick, word, strategyId])).toEqual(
      [1, 2, 3].map((n) => [id(n), 0, 'Skip', 'do-not-bet']),
    );
    expect(verdicts[0]!.reasons.length).toBeGreaterThan(0);
  });

  it('follows strategies that bet anyway, one open bet each, from the tick after the advice', () => {
    const run = createRun();
    for (let n = 1; n <= 10; n++) run.play(id(n), { rugTick: 400 });
    const bets = run.recommendations().filter(({ action }) => action === 'bet');
    expect(new Set(bets.map(({ strategyId }) => strategyId))).toContain('flat-stake');
    for (const bet of bets) {
      expect(bet.stakeLamports).toBeGreaterThan(0n);
      expect(bet.startTick).toBe(bet.tick === 0 ? 0 : bet.tick + 1);
      expect(bet.expectedValue).toBeCloseTo(5 * (1 - 0.995 ** 40) - 1, 6);
    }
    const flat = bets.filter(({ strategyId, gameId: game }) => strategyId === 'flat-stake' && game === id(1));
    flat.slice(1).forEach((bet, i) => expect(bet.tick).toBeGreaterThanOrEqual(flat[i]!.startTick + 40));
  });

  it('stops following a strategy at the loss limit of its session', () => {
    const run = createRun();
    for (let n = 1; n <= 50; n++) run.play(id(n), { rugTick: 500 });
    const net = new Map<string, bigint>();
    for (const { strategyId, startTick, stakeLamports } of run.recommendations()) {
      const won = sideBetWins({ startTick, rugTick: 500 });
      net.set(strategyId, (net.get(strategyId) ?? 0n) + (won ? 4n : -1n) * stakeLamports);
    }
    expect(net.size).toBeGreaterThan(1);
    for (const [, profit] of net) expect(profit).toBeGreaterThanOrEqual(-2_000_000_000n);
  });
});
