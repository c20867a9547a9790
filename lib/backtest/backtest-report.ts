// A backtest's result together with where it came from, and its JSON form: the contract of `npm run backtest -- --json`.
// Text and HTML reports are made from the same value.
import type { GameProblem } from '@/lib/backtest/parse-game';
import type { BacktestResult } from '@/lib/backtest/backtest-result';
import type { CalibrationScores } from '@/lib/performance/calibration';
import { lamportsToSolForDisplay, lamports } from '@/lib/units/lamports';

export type UnusableLine = GameProblem & { readonly file: string; readonly line: number };

export type BacktestReport = {
  readonly result: BacktestResult;
  /** What the games are, in words. */
  readonly source: string;
  readonly bankroll: string;
  readonly delayTicks: number;
  readonly seed: string;
  readonly unusable: {
    readonly count: number;
    readonly byReason: Readonly<Record<string, number>>;
    /** The first few, with file and line. */
    readonly examples: readonly UnusableLine[];
  };
  readonly seconds: number;
};

export function toJson({ result, unusable, seconds }: BacktestReport): Record<string, unknown> {
  return {
    games: result.games,
    trainingGames: result.trainingGames,
    ticks: result.ticks,
    unusable,
    models: mapValues(result.models, calibrationJson),
    headline: {
      ...calibrationJson(result.headline),
      positiveEdgeTicks: result.headline.positiveEdgeTicks,
      positiveEdgeShare: result.headline.positiveEdgeShare,
      modelId: result.headline.modelId,
      terms: result.headline.terms,
    },
    strategies: mapValues(result.strategies, (strategy) => ({
      bets: strategy.bets,
      wins: strategy.wins,
      winRate: strategy.winRate,
      roi: strategy.roi,
      maxDrawdown: strategy.maxDrawdown,
      sharpe: strategy.sharpe,
      ruin: strategy.ruin,
      ruined: strategy.ruined,
      missed: strategy.missed,
      staked: lamportsToSolForDisplay(lamports(strategy.stakedLamports)),
      net: lamportsToSolForDisplay(lamports(strategy.netLamports)),
      finalBankroll: lamportsToSolForDisplay(strategy.finalBankrollLamports),
    })),
    predictions: result.predictions,
    predictionsAtBets: result.predictionsAtBets,
    seconds,
  };
}

function calibrationJson({ logLoss, brier, decomposition, ece, bins }: CalibrationScores) {
  return { logLoss, brier, ece, decomposition, bins };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
