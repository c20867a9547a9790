// What the rollups of some games have to say, worked out the slow way: for every figure one pass over all games, with sums
// of plain numbers. Shares nothing with the code under test but the edges.
import { ABSOLUTE_ERROR_EDGES, LENGTH_EDGES, PEAK_EDGES, SIGNED_ERROR_EDGES } from '@/lib/metrics/edges';
import { hasWon, PAYOUT, type WorldGame } from '@/server/rollups/test-kit/record-world';

export function expectMetrics(games: readonly WorldGame[]) {
  const predictions = games.flatMap((game) => game.predictions.map((made) => ({ ...made, rugTick: game.rugTick })));
  const errors = predictions.map(({ rugTick, medianTick }) => rugTick - medianTick);
  const wins = predictions.map(({ tick, rugTick }) => (hasWon(tick, rugTick) ? 1 : 0));
  const grid = predictions.map((made, i) => ({ ...made, won: wins[i]! })).filter(({ tick }) => tick % 40 === 0);
  const perGame = games.map(({ sideBets, rugTick }) => {
    const bets = sideBets.filter(({ practice }) => !practice);
    const won = bets.filter(({ startTick }) => hasWon(startTick, rugTick));
    return { bets, won, staked: total(bets.map(sol)), paid: total(won.map((bet) => PAYOUT * sol(bet))) };
  });
  return {
    games: games.length,
    gamesVerified: games.filter(({ verification }) => verification === 'verified').length,
    gamesFailed: games.filter(({ verification }) => verification === 'failed').length,
    gamesComplete: games.filter(({ complete }) => complete).length,
    lengthSum: total(games.map(({ rugTick }) => rugTick)),
    lengthMax: Math.max(...games.map(({ rugTick }) => rugTick)),
    lengthCounts: bins(
      LENGTH_EDGES,
      games.map(({ rugTick }) => rugTick),
    ),
    peakMax: Math.max(...games.map(({ peak }) => peak)),
    peakCounts: bins(
      PEAK_EDGES,
      games.map(({ peak }) => peak),
    ),
    sideBets: total(perGame.map(({ bets }) => bets.length)),
    sideBetsWon: total(perGame.map(({ won }) => won.length)),
    sideBetsPractice: games.flatMap(({ sideBets }) => sideBets).filter(({ practice }) => practice).length,
    stakedLamports: perGame.flatMap(({ bets }) => bets).reduce((sum, bet) => sum + bet.stakeLamports, 0n),
    paidLamports: perGame.flatMap(({ won }) => won).reduce((sum, bet) => sum + 5n * bet.stakeLamports, 0n),
    sideBetGames: perGame.filter(({ bets }) => bets.length > 0).length,
    betSquares: total(perGame.map(({ bets }) => bets.length ** 2)),
    betWonProducts: total(perGame.map(({ bets, won }) => bets.length * won.length)),
    wonSquares: total(perGame.map(({ won }) => won.length ** 2)),
    trades: total(games.map(({ trades }) => trades.length)),
    tradedLamports: games.flatMap(({ trades }) => trades).reduce((sum, amount) => sum + amount, 0n),
    predictions: predictions.length,
    predictionsLive: predictions.filter(({ live }) => live).length,
    windowsWon: total(wins),
    errorSum: total(errors),
    absoluteErrorSum: total(errors.map(Math.abs)),
    absoluteErrorCounts: bins(ABSOLUTE_ERROR_EDGES, errors.map(Math.abs)),
    signedErrorCounts: bins(SIGNED_ERROR_EDGES, errors),
    within1: errors.filter((error) => Math.abs(error) <= 40).length,
    within2: errors.filter((error) => Math.abs(error) <= 80).length,
    within3: errors.filter((error) => Math.abs(error) <= 120).length,
    covered50: errors.filter((error) => -50 <= error && error <= 60).length,
    covered90: errors.filter((error) => -90 <= error && error <= 400).length,
    gridCounts: byIndex(grid.map(({ tick }) => tick / 40)),
    gridWonCounts: byIndex(grid.filter(({ won }) => won).map(({ tick }) => tick / 40)),
    forecastCounts: byIndex(grid.map(({ winProbability }) => Math.floor(winProbability / 0.02))),
  };
}

/** Sums of doubles, to be compared to nine digits or so. */
export function expectSums(games: readonly WorldGame[]) {
  const made = games.flatMap(({ predictions, rugTick }) =>
    predictions.map(({ tick, winProbability }) => ({ tick, p: winProbability, y: hasWon(tick, rugTick) ? 1 : 0 })),
  );
  const grid = made.filter(({ tick }) => tick % 40 === 0);
  const brier = ({ p, y }: { p: number; y: number }) => (p - y) ** 2;
  const logLoss = ({ p, y }: { p: number; y: number }) => -Math.log(y === 1 ? p : 1 - p);
  return {
    peakSum: total(games.map(({ peak }) => peak)),
    probabilitySum: total(made.map(({ p }) => p)),
    brierSum: total(made.map(brier)),
    logLossSum: total(made.map(logLoss)),
    gridBrierSum: total(grid.map(brier)),
    gridLogLossSum: total(grid.map(logLoss)),
  };
}

function sol({ stakeLamports }: { stakeLamports: bigint }): number {
  return Number(stakeLamports) / 1e9;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Without the zeros after the last. */
function bins(edges: readonly number[], values: readonly number[]): number[] {
  const counts = edges.map(
    (edge, i) => values.filter((value) => value >= edge && value < (edges[i + 1] ?? Infinity)).length,
  );
  return trimmed(counts);
}

function byIndex(indices: readonly number[]): number[] {
  return trimmed(Array.from({ length: 200 }, (_, i) => indices.filter((index) => index === i).length));
}

function trimmed(counts: readonly number[]): number[] {
  return counts.slice(0, 1 + counts.findLastIndex((count) => count > 0));
}
