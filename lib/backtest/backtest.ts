// The backtester: plays finished games one by one through the models, the headline and the strategies, exactly as a player
// would have met them. A game's outcome reaches a model only after every number for that game has been taken down.
// Pure and streaming: the command feeds it games as it reads them; memory does not grow with their number.
import { createEvidence } from '@/lib/decision/create-evidence';
import { createBacktestMoments } from '@/lib/backtest/backtest-moments';
import type { BacktestResult } from '@/lib/backtest/backtest-result';
import { createEndRecord } from '@/lib/backtest/end-record';
import { peakBeforeRug, playGame, type RecordedGame } from '@/lib/backtest/recorded-game';
import { createStrategyAccount } from '@/lib/strategy/strategy-account';
import { DEFAULT_PAYOUT_MULTIPLE, NOMINAL_TICK_MS, WINDOW_TICKS } from '@/lib/game/rules';
import { FEATURE_COUNT, type FeatureTable } from '@/lib/hazard/feature-table';
import { createFeatureTracker } from '@/lib/hazard/feature-tracker';
import type { LearningModel } from '@/lib/hazard/learning-model';
import { createModelSet, type ModelId } from '@/lib/hazard/model-set';
import { createCalibration, type Calibration } from '@/lib/performance/calibration';
import type { Strategy } from '@/lib/strategy/strategy';
import type { Lamports } from '@/lib/units/lamports';

export type BacktestOptions = {
  readonly modelIds: readonly ModelId[];
  readonly strategies: readonly Strategy[];
  readonly bankrollLamports: Lamports;
  /** Ticks between deciding and the bet's acceptance. */
  readonly delayTicks: number;
  readonly seed: string;
  /** Total returned per unit staked on a win; above 1. */
  readonly payout?: number;
};

export type Backtest = {
  /** Lets the models learn from a game without scoring it. */
  learn(game: RecordedGame): void;
  /** Plays and scores a game, then lets the models learn from it. */
  play(game: RecordedGame): void;
  result(): BacktestResult;
};

export function createBacktest(options: BacktestOptions): Backtest {
  const { payout = DEFAULT_PAYOUT_MULTIPLE, delayTicks } = options;
  const set = createModelSet(options.modelIds);
  const tracker = createFeatureTracker();
  const scored = set.models.map((model) => ({ model, calibration: createCalibration() }));
  const headlineCalibration = createCalibration();
  const evidence = createEvidence({ payout });
  const moments = createBacktestMoments({ headline: set.headline, evidence });
  const accounts = options.strategies.map((strategy) =>
    createStrategyAccount({
      strategy,
      bankrollLamports: options.bankrollLamports,
      delayTicks,
      latencyMs: delayTicks * NOMINAL_TICK_MS,
    }),
  );
  const ends = createEndRecord(set.headline);
  const context: { features: Float64Array; offset: number } = { features: new Float64Array(0), offset: 0 };
  let games = 0;
  let trainingGames = 0;
  let ticks = 0;
  let positiveEdgeTicks = 0;

  const prepare = (game: RecordedGame): FeatureTable | null => {
    if (!set.usesFeatures) return null;
    const table = playGame(game, tracker);
    context.features = table.values;
    return table;
  };
  const learn = (game: RecordedGame, table: FeatureTable | null) => {
    set.observeGame({ rugTick: game.rugTick, features: table });
    evidence.observeGame(game.rugTick);
    if (table) tracker.finishGame({ rugTick: game.rugTick, peak: peakBeforeRug(game) });
  };
  const contextAt = (table: FeatureTable | null, tick: number) => {
    if (!table) return undefined;
    context.offset = tick * FEATURE_COUNT;
    return context;
  };
  const scoreModel = (model: LearningModel, calibration: Calibration, rugTick: number, table: FeatureTable | null) => {
    for (let tick = 0; tick < rugTick; tick++) {
      calibration.add(model.windowValue(tick, contextAt(table, tick)), tick + WINDOW_TICKS >= rugTick);
    }
    calibration.endGroup();
  };
  /** Walks the game tick by tick as a player would have: what was shown is scored, and strategies act on it. */
  const walk = (game: RecordedGame, table: FeatureTable | null) => {
    ends.startGame();
    moments.startGame(game);
    for (const account of accounts) account.startGame();
    for (let tick = 0; tick < game.rugTick; tick++) {
      const moment = moments.at(tick, contextAt(table, tick));
      headlineCalibration.add(moment.assessment.winProbability.value, tick + WINDOW_TICKS >= game.rugTick);
      if (moment.assessment.zone === 'positive') positiveEdgeTicks++;
      for (const account of accounts) {
        if (account.nextTick() <= tick && account.offer(moment)) ends.markBet(tick);
      }
    }
    headlineCalibration.endGroup();
    const end = { rugTick: game.rugTick, now: moments.endGame(game) };
    for (const account of accounts) account.endGame(end);
  };

  return {
    learn(game) {
      trainingGames++;
      moments.skipGame(game);
      learn(game, prepare(game));
    },
    play(game) {
      const { rugTick } = game;
      const table = prepare(game);
      for (const { model, calibration } of scored) scoreModel(model, calibration, rugTick, table);
      walk(game, table);
      ends.endGame(rugTick, (tick) => contextAt(table, tick));
      games++;
      ticks += rugTick;
      learn(game, table);
    },
    result: () => ({
      games,
      trainingGames,
      ticks,
      models: Object.fromEntries(scored.map(({ model, calibration }) => [model.id, calibration.scores()])),
      headline: {
        ...headlineCalibration.scores(),
        positiveEdgeTicks,
        positiveEdgeShare: ticks === 0 ? 0 : positiveEdgeTicks / ticks,
        modelId: set.headline.id,
        terms: set.headline.terms(),
      },
      strategies: Object.fromEntries(accounts.map((account) => [account.strategyId, account.result(options.seed)])),
      predictions: ends.atCheckpoints(),
      predictionsAtBets: ends.atBets(),
    }),
  };
}
