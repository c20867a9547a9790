// What a backtest found, in plain words. Only what the numbers in the same report show.
import type { BacktestReport } from '@/lib/backtest/backtest-report';
import { formatNumber, formatPercent } from '@/lib/units/format';

export const BREAK_EVEN_SHARE_TEXT =
  'Every tick before the rug counts once: the forecast there, and whether the game rugged within the next 40 ticks.';

export function headlineSentence({ result: { headline, models } }: BacktestReport): string {
  const published = models['published'];
  const against = published ? ` against ${formatNumber(published.logLoss, 4)} for the published hazard` : '';
  const edge =
    headline.positiveEdgeTicks === 0
      ? 'It never called a bet worth placing.'
      : `It called a bet worth placing on ${formatPercent(headline.positiveEdgeShare, 3)} of ticks.`;
  return `The headline’s log-loss was ${formatNumber(headline.logLoss, 4)}${against}; its forecasts were off by ${formatPercent(headline.ece, 2)} on average. ${edge}`;
}
