// What a backtest says. The names are a contract: `npm run backtest -- --json` prints them.
import type { StrategyResult } from '@/lib/strategy/strategy-account';
import type { TermReport } from '@/lib/hazard/term-evidence';
import type { CalibrationScores } from '@/lib/performance/calibration';
import type { EndScores } from '@/lib/prediction/score-end';

export type BacktestResult = {
  /** Games played and scored; training games come on top. */
  readonly games: number;
  readonly trainingGames: number;
  /** Ticks scored: each s from 0 to rugTick − 1 of each game. */
  readonly ticks: number;
  readonly models: Readonly<Record<string, CalibrationScores>>;
  /** What a player would have seen, learning game by game. */
  readonly headline: CalibrationScores & {
    readonly positiveEdgeTicks: number;
    readonly positiveEdgeShare: number;
    /** What it consists of after the last game. */
    readonly modelId: string;
    readonly terms: readonly TermReport[];
  };
  readonly strategies: Readonly<Record<string, StrategyResult>>;
  /** Predictions of the end at tick 0 and every 40 ticks. */
  readonly predictions: EndScores;
  /** The same at every tick at which some strategy bet. */
  readonly predictionsAtBets: EndScores;
};
