'use client';
import type { ChartColumn } from '@/components/charts/chart-data';
import { RowsCard } from '@/components/games/panels/rows-card';
import { sol, solSigned } from '@/components/games/sol';
import { strategyName } from '@/components/games/strategy-name';
import type { GameDetail, GameRecommendation } from '@/lib/protocol/games-api';
import { formatSigned } from '@/lib/units/format';

export function AdviceTable({ detail, className }: { detail: GameDetail; className?: string }) {
  const { recommendations, game, omitted } = detail;
  return (
    <RowsCard
      title="Recommendations"
      testId="recommendations"
      className={className}
      reading={readingOf(recommendations)}
      columns={COLUMNS}
      rows={recommendations}
      omitted={omitted.recommendations}
      fileName={`fortytick-recommendations-${game.gameId}`}
      empty="Nothing was advised in this game: it was learnt from the history, after it had ended."
    />
  );
}

const COLUMNS: readonly ChartColumn<GameRecommendation>[] = [
  { key: 'tick', label: 'Tick', value: (row) => row.tick },
  { key: 'strategyId', label: 'Strategy', value: (row) => row.strategyId, text: (row) => strategyName(row.strategyId) },
  { key: 'action', label: 'Advice', value: (row) => row.action },
  {
    key: 'stakeLamports',
    label: 'Stake',
    value: (row) => row.stakeLamports,
    text: (row) => (row.action === 'bet' ? sol(row.stakeLamports) : '—'),
  },
  {
    key: 'expectedValue',
    label: 'EV',
    value: (row) => row.expectedValue,
    text: (row) => (row.action === 'bet' ? formatSigned(row.expectedValue, 3) : '—'),
  },
  { key: 'outcome', label: 'Came of it', value: (row) => row.outcome, text: describeOutcome },
  {
    key: 'profitLamports',
    label: 'Profit',
    value: (row) => row.profitLamports,
    text: (row) => (row.action === 'bet' ? solSigned(row.profitLamports!) : '—'),
  },
];

function describeOutcome({ action, outcome }: GameRecommendation): string {
  if (outcome === 'missed') return 'too late';
  return action === 'bet' ? outcome! : `a bet ${outcome}`;
}

function readingOf(recommendations: readonly GameRecommendation[]): string {
  const bets = recommendations.filter(({ action }) => action === 'bet');
  const settled = bets.filter(({ profitLamports }) => profitLamports !== null);
  const profit = settled.reduce((sum, { profitLamports }) => sum + BigInt(profitLamports!), 0n);
  const strategies = new Set(recommendations.map(({ strategyId }) => strategyId)).size;
  if (bets.length === 0) return `${strategies === 1 ? 'One strategy' : `${strategies} strategies`} advised; none bet.`;
  const result = settled.length === 0 ? 'not settled yet' : `together ${solSigned(String(profit))}`;
  return `${strategies} strategies advised the reference player; ${bets.length} bets among them, ${result}.`;
}
