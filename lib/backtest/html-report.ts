// A backtest as one self-contained HTML page: no script, no font, no request; light and dark by the reader's setting.
// Pure; written to a file by the backtest command.
import type { BacktestReport } from '@/lib/backtest/backtest-report';
import { REPORT_STYLE } from '@/lib/backtest/report-style';
import { escapeHtml, svgChart, type Series } from '@/lib/backtest/svg-chart';
import { BREAK_EVEN_SHARE_TEXT, headlineSentence } from '@/lib/backtest/report-words';
import type { CalibrationScores } from '@/lib/performance/calibration';
import { formatNumber, formatPercent } from '@/lib/units/format';
import { formatSol } from '@/lib/units/lamports';

export function htmlReport(report: BacktestReport): string {
  const { result, source } = report;
  const sections = [
    `<h1>Backtest</h1><p class="lead">${escapeHtml(headlineSentence(report))}</p>`,
    `<p>${result.games.toLocaleString('en')} games, ${result.ticks.toLocaleString('en')} ticks, ${escapeHtml(source)}. ${escapeHtml(BREAK_EVEN_SHARE_TEXT)}</p>`,
    unusable(report),
    calibration(report),
    terms(report),
    strategies(report),
    predictions(report),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Fortytick backtest</title><style>${REPORT_STYLE}</style></head>
<body><main>${sections.join('\n')}</main></body></html>
`;
}

function calibration({ result }: BacktestReport): string {
  const all = [...Object.entries(result.models), ['headline', result.headline] as const];
  const rows = all.map(([id, scores]) => [
    id,
    formatNumber(scores.logLoss, 5),
    formatNumber(scores.brier, 5),
    formatNumber(scores.ece, 5),
    formatNumber(scores.decomposition.reliability, 5),
    formatNumber(scores.decomposition.resolution, 5),
    formatNumber(scores.decomposition.uncertainty, 5),
  ]);
  const chart = svgChart({
    title:
      'Forecast against outcome, 95 % intervals, larger marks for more ticks; on the dashed line a forecast is right',
    xLabel: 'forecast P(rug within 40 ticks)',
    yLabel: 'share that rugged within 40 ticks',
    series: all.filter(([, scores]) => scores.bins.length > 0).map(([id, scores]) => reliabilitySeries(id, scores)),
    xRange: [0, 1],
    yRange: [0, 1],
    diagonal: true,
    format: (value) => formatPercent(value, 0),
  });
  const head = ['', 'log-loss', 'Brier', 'ECE', 'reliability', 'resolution', 'uncertainty'];
  return `<h2>Calibration</h2>${chart}${table(head, rows)}`;
}

function reliabilitySeries(name: string, { bins }: CalibrationScores): Series {
  return {
    name,
    points: bins.map((bin) => ({ x: bin.meanForecast, y: bin.observed })),
    intervals: bins,
    weights: bins.map((bin) => bin.count),
  };
}

function terms({ result }: BacktestReport): string {
  const rows = result.headline.terms.map(({ id, games, gainNatsPerGame, eValue, eValueWindows, applied }) => [
    id,
    games.toLocaleString('en'),
    formatNumber(gainNatsPerGame, 5),
    eValue.toPrecision(3),
    eValueWindows.toPrecision(3),
    applied ? 'moves the headline' : 'not supported: counts zero',
  ]);
  if (rows.length === 0) return '';
  return `<h2>Terms and their evidence</h2><p>Each is tried on games it has not seen, against the published hazard. It moves the headline once its e-value passes 100 and its windows agree.</p>${table(['', 'games', 'nats per game', 'e-value', 'of its windows', ''], rows)}`;
}

function strategies({ result, bankroll, delayTicks }: BacktestReport): string {
  const all = Object.entries(result.strategies);
  if (all.length === 0) return '';
  const rows = all.map(([id, strategy]) => [
    id,
    strategy.bets.toLocaleString('en'),
    formatPercent(strategy.winRate),
    formatPercent(strategy.roi),
    formatPercent(strategy.maxDrawdown),
    formatNumber(strategy.sharpe, 3),
    formatPercent(strategy.ruin),
    String(strategy.missed),
    formatNumber(Number(formatSol(strategy.finalBankrollLamports)), 3),
  ]);
  const chart = svgChart({
    title: `Bankroll by game, from ${bankroll} SOL`,
    xLabel: 'games',
    yLabel: 'SOL',
    series: all.map(([name, { curve }]) => ({ name, points: curve.map(({ game, sol }) => ({ x: game, y: sol })) })),
  });
  const head = ['', 'bets', 'win rate', 'ROI', 'max drawdown', 'Sharpe per bet', 'ruin', 'missed', 'final SOL'];
  return `<h2>Strategies</h2><p>One bankroll each; bets arrive ${delayTicks} tick(s) after the decision; one open bet at a time.</p>${chart}${table(head, rows)}`;
}

function predictions({ result }: BacktestReport): string {
  const rows = (
    [
      ['every 40 ticks', result.predictions],
      ['when a strategy bet', result.predictionsAtBets],
    ] as const
  )
    .filter(([, scores]) => scores.count > 0)
    .map(([name, scores]) => [
      name,
      scores.count.toLocaleString('en'),
      formatNumber(scores.medianE40, 2),
      formatNumber(scores.meanAbsoluteError, 1),
      formatPercent(scores.within1),
      formatPercent(scores.within2),
      formatPercent(scores.within3),
      formatPercent(scores.coverage50),
      formatPercent(scores.coverage90),
    ]);
  const head = ['', 'n', 'median e40', 'mean error', '≤ 1 window', '≤ 2', '≤ 3', '50 % interval', '90 % interval'];
  return `<h2>Predicted end</h2><p>e40 is the error in windows of 40 ticks. A memoryless game cannot be predicted better than its hazard allows: look at whether the intervals cover what they promise.</p>${table(head, rows)}`;
}

function unusable({ unusable: { count, byReason, examples } }: BacktestReport): string {
  if (count === 0) return '';
  const reasons = Object.entries(byReason).map(([reason, n]) => `${n} ${reason}`);
  const items = examples.map(({ file, line, message }) => `<li>${escapeHtml(`${file}:${line}: ${message}`)}</li>`);
  return `<details><summary>${count} lines could not be used: ${escapeHtml(reasons.join(', '))}</summary><ul>${items.join('')}</ul></details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td>${escapeHtml(cell)}</td>`));
  const body = rows.map((row) => `<tr>${cells(row).join('')}</tr>`).join('');
  const headCells = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${headCells}</tr></thead><tbody>${body}</tbody></table></div>`;
}
