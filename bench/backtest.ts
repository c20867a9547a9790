// How fast the backtester goes and what an assessment with all models costs. Seeded fair games, made before the clock
// starts; each figure is the median of several runs in one process, the first runs warming up the compiler.
import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createBacktest } from '@/lib/backtest/backtest';
import type { RecordedGame } from '@/lib/backtest/recorded-game';
import { simulateGames } from '@/lib/backtest/simulate-games';
import { assess } from '@/lib/decision/assess';
import { createEvidence } from '@/lib/decision/create-evidence';
import { createFeatureTracker } from '@/lib/hazard/feature-tracker';
import { createModelSet, MODEL_IDS, type ModelId } from '@/lib/hazard/model-set';
import { STRATEGIES } from '@/lib/strategy/registry';
import type { Strategy } from '@/lib/strategy/strategy';
import { createTimingEstimator } from '@/lib/timing/tick-timing';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { percentile, round } from '@/lib/math/percentile';

const GAMES = 2_000;
const RUNS = 7;
const BANKROLL = lamports(10_000_000_000n);
const PAYOUT = 5;
const ASSESSED_TICKS = 1_000_000;
const WARM_UP_TICKS = 50_000;

export async function run() {
  const games = [...simulateGames({ games: GAMES, seed: 'bench' })];
  const all = backtestSpeed(games, MODEL_IDS, []);
  const lean = backtestSpeed(games, ['published', 'empirical'], []);
  const betting = backtestSpeed(games, MODEL_IDS, STRATEGIES);
  return {
    games: GAMES,
    ticks: games.reduce((sum, { rugTick }) => sum + rugTick, 0),
    runs: RUNS,
    ticksPerSecond: all.perSecond,
    publishedAndEmpiricalTicksPerSecond: lean.perSecond,
    allModelsAndStrategiesTicksPerSecond: betting.perSecond,
    // The same per second of processor time, which other work on the machine does not slow.
    ticksPerCpuSecond: all.perCpuSecond,
    publishedAndEmpiricalTicksPerCpuSecond: lean.perCpuSecond,
    allModelsAndStrategiesTicksPerCpuSecond: betting.perCpuSecond,
    assessAllModels: assessCost(games),
  };
}

function backtestSpeed(games: readonly RecordedGame[], modelIds: readonly ModelId[], strategies: readonly Strategy[]) {
  const perSecond: number[] = [];
  const perCpuSecond: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const backtest = createBacktest({ modelIds, strategies, bankrollLamports: BANKROLL, delayTicks: 1, seed: 'bench' });
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    for (const game of games) backtest.play(game);
    const { user, system } = process.cpuUsage(cpuStart);
    const seconds = (performance.now() - start) / 1_000;
    const { ticks } = backtest.result();
    perSecond.push(ticks / seconds);
    perCpuSecond.push(ticks / ((user + system) / 1_000_000));
  }
  return {
    perSecond: Math.round(percentile(perSecond, 0.5)),
    perCpuSecond: Math.round(percentile(perCpuSecond, 0.5)),
  };
}

/** A live tick's work beyond decoding: features, timing, headline with all models, adjustments, evidence. Then what the heap kept. */
function assessCost(games: readonly RecordedGame[]) {
  const set = createModelSet();
  const tracker = createFeatureTracker();
  const timing = createTimingEstimator();
  const evidence = createEvidence({ payout: PAYOUT });
  const costs = new Float64Array(ASSESSED_TICKS);
  const context = { features: tracker.current(), offset: 0 };
  let ticks = -WARM_UP_TICKS;
  let at = 0;
  let heapBefore = 0;
  for (let i = 0; ticks < ASSESSED_TICKS; i++) {
    const game = games[i % games.length]!;
    tracker.startGame();
    for (let tick = 0; tick < game.rugTick && ticks < ASSESSED_TICKS; tick++, ticks++) {
      if (ticks === 0) heapBefore = heapUsed();
      at += 250;
      const start = performance.now();
      timing.observe({ tick, at: epochMs(at) });
      tracker.observeTick(tick, game.prices![tick]!, at);
      assess({
        tick,
        payout: PAYOUT,
        model: set.headline,
        timing: timing.current(),
        context,
        adjustments: set.headline.adjustments(tick, context),
        evidence: evidence.at(tick),
      });
      if (ticks >= 0) costs[ticks] = (performance.now() - start) * 1000;
    }
    set.observeGame({ rugTick: game.rugTick, features: tracker.table() });
    evidence.observeGame(game.rugTick);
    tracker.finishGame({ rugTick: game.rugTick, peak: null });
    timing.interrupt();
  }
  const kept = heapUsed() - heapBefore;
  const sorted = [...costs];
  return {
    ticks: ASSESSED_TICKS,
    p50us: round(percentile(sorted, 0.5)),
    p99us: round(percentile(sorted, 0.99)),
    heapGrowthBytes: kept,
  };
}

/** What is in use after a full collection, which Node only offers when asked to. */
function heapUsed(): number {
  v8.setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
