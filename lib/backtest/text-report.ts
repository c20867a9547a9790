// A backtest as plain text: tables that fit a terminal of 100 columns. Pure; printed by the backtest command.
import type { BacktestReport } from '@/lib/backtest/backtest-report';
import { formatNumber, formatPercent } from '@/lib/units/format';
import { formatSol } from '@/lib/units/lamports';

type Row = readonly string[];

export function textReport(report: BacktestReport): string {
  const { result, seconds } = report;
  const speed = seconds > 0 ? `, ${Math.round(result.ticks / seconds).toLocaleString('en')} ticks/s` : '';
  const trained = result.trainingGames > 0 ? `, after learning from ${result.trainingGames}` : '';
  return [
    `${result.games} games, ${result.ticks.toLocaleString('en')} ticks${trained} (${report.source}); ${seconds.toFixed(2)} s${speed}`,
    unusableLine(report),
    '',
    'P(rug within 40 ticks), at every tick before the rug',
    table(['', 'log-loss', 'Brier', 'ECE', 'reliability', 'resolution'], modelRows(report)),
    positiveEdgeLine(report),
    '',
    'Terms on unseen games, against the published hazard (to move the headline: e-value above 100, and windows that agree)',
    table(['', 'games', 'nats/game', 'e-value', 'of windows', 'moves the headline'], termRows(report)),
    '',
    `Strategies, ${report.bankroll} SOL each, bets taken ${report.delayTicks} tick(s) later`,
    table(
      ['', 'bets', 'wins', 'win rate', 'ROI', 'drawdown', 'Sharpe', 'ruin', 'missed', 'bankroll'],
      strategyRows(report),
    ),
    '',
    'Predicted end of the game, from the headline',
    table(['', 'n', 'median e40', 'MAE', '≤1 win', '≤2', '≤3', '50 % int', '90 % int'], predictionRows(report)),
    '',
  ]
    .filter((line) => line !== null)
    .join('\n');
}

function unusableLine({ unusable }: BacktestReport): string | null {
  if (unusable.count === 0) return null;
  const reasons = Object.entries(unusable.byReason).map(([reason, count]) => `${count} ${reason}`);
  return `${unusable.count} lines could not be used: ${reasons.join(', ')}`;
}

function modelRows({ result }: BacktestReport): Row[] {
  const all = [...Object.entries(result.models), [`headline (${result.headline.modelId})`, result.headline] as const];
  return all.map(([id, { logLoss, brier, ece, decomposition }]) => [
    id,
    logLoss.toFixed(5),
    brier.toFixed(5),
    ece.toFixed(5),
    decomposition.reliability.toFixed(5),
    decomposition.resolution.toFixed(5),
  ]);
}

function positiveEdgeLine({ result: { headline, ticks } }: BacktestReport): string {
  const share = formatPercent(headline.positiveEdgeShare, 3);
  return `A positive zone was shown on ${headline.positiveEdgeTicks} of ${ticks} ticks (${share}).`;
}

function termRows({ result }: BacktestReport): Row[] {
  return result.headline.terms.map(({ id, games, gainNatsPerGame, eValue, eValueWindows, applied }) => [
    id,
    String(games),
    formatNumber(gainNatsPerGame, 5),
    eValue.toPrecision(3),
    eValueWindows.toPrecision(3),
    applied ? 'yes' : 'no',
  ]);
}

function strategyRows({ result }: BacktestReport): Row[] {
  return Object.entries(result.strategies).map(([id, strategy]) => [
    id,
    String(strategy.bets),
    String(strategy.wins),
    formatPercent(strategy.winRate),
    formatPercent(strategy.roi),
    formatPercent(strategy.maxDrawdown),
    formatNumber(strategy.sharpe, 3),
    formatPercent(strategy.ruin),
    String(strategy.missed),
    Number(formatSol(strategy.finalBankrollLamports)).toFixed(3),
  ]);
}

function predictionRows({ result }: BacktestReport): Row[] {
  const rows = [
    ['every 40 ticks', result.predictions],
    ['at bets', result.predictionsAtBets],
  ] as const;
  return rows
    .filter(([, scores]) => scores.count > 0)
    .map(([name, scores]) => [
      name,
      String(scores.count),
      scores.medianE40.toFixed(2),
      scores.meanAbsoluteError.toFixed(1),
      ...[scores.within1, scores.within2, scores.within3, scores.coverage50, scores.coverage90].map((share) =>
        formatPercent(share),
      ),
    ]);
}

/** First column to the left, the rest to the right. */
function table(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');
}
