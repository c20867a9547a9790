// What following one strategy would have brought in one bucket: sums only, so that a day is the merge of its hours. Pure;
// db/schema/decisions has the same columns.

export type StrategyRow = {
  readonly strategyId: string;
  readonly recommendations: number;
  readonly recommendationsLive: number;
  readonly bets: number;
  readonly won: number;
  readonly missed: number;
  readonly stakedLamports: bigint;
  readonly returnedLamports: bigint;
  readonly expectedProfitLamports: bigint;
  /** What all its bets would have returned had all won, and the sum of the squares of that, in SOL. */
  readonly payableLamports: bigint;
  readonly payableSquares: number;
  readonly skipsRight: number;
  readonly skipsWrong: number;
};

/** One row for each strategy, in the order of their ids. */
export function mergeStrategies(rows: Iterable<StrategyRow>): StrategyRow[] {
  const merged = new Map<string, StrategyRow>();
  for (const row of rows) {
    const before = merged.get(row.strategyId);
    merged.set(row.strategyId, before ? add(before, row) : row);
  }
  return [...merged.values()].sort((a, b) => (a.strategyId < b.strategyId ? -1 : 1));
}

function add(a: StrategyRow, b: StrategyRow): StrategyRow {
  return {
    strategyId: a.strategyId,
    recommendations: a.recommendations + b.recommendations,
    recommendationsLive: a.recommendationsLive + b.recommendationsLive,
    bets: a.bets + b.bets,
    won: a.won + b.won,
    missed: a.missed + b.missed,
    stakedLamports: a.stakedLamports + b.stakedLamports,
    returnedLamports: a.returnedLamports + b.returnedLamports,
    expectedProfitLamports: a.expectedProfitLamports + b.expectedProfitLamports,
    payableLamports: a.payableLamports + b.payableLamports,
    payableSquares: a.payableSquares + b.payableSquares,
    skipsRight: a.skipsRight + b.skipsRight,
    skipsWrong: a.skipsWrong + b.skipsWrong,
  };
}
