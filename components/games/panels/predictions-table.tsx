'use client';
import type { ChartColumn } from '@/components/charts/chart-data';
import { RowsCard } from '@/components/games/panels/rows-card';
import type { GameDetail, GamePrediction } from '@/lib/protocol/games-api';
import { formatPercent } from '@/lib/units/format';

export function PredictionsTable({ detail, className }: { detail: GameDetail; className?: string }) {
  const { predictions, game, omitted } = detail;
  return (
    <RowsCard
      title="Predictions"
      testId="predictions"
      className={className}
      reading={readingOf(predictions)}
      columns={COLUMNS}
      rows={predictions}
      omitted={omitted.predictions}
      fileName={`fortytick-predictions-${game.gameId}`}
      empty="No prediction of this game is on record: it was learnt from the history, after it had ended."
    />
  );
}

const COLUMNS: readonly ChartColumn<GamePrediction>[] = [
  { key: 'tick', label: 'Tick', value: (row) => row.tick },
  {
    key: 'winProbability',
    label: 'A bet wins',
    value: (row) => row.winProbability,
    text: (row) => formatPercent(row.winProbability),
  },
  { key: 'won', label: 'It', value: (row) => row.won, text: (row) => (row.won ? 'won' : 'lost') },
  { key: 'medianTick', label: 'End at tick', value: (row) => row.medianTick },
  { key: 'lower50', label: 'Half from', value: (row) => row.lower50 },
  { key: 'upper50', label: 'to', value: (row) => row.upper50 },
  {
    key: 'errorTicks',
    label: 'Missed by',
    value: (row) => (row.rugTick === null ? null : row.rugTick - row.medianTick),
    text: (row) => `${Math.abs(row.rugTick! - row.medianTick)} ticks`,
  },
  {
    key: 'origin',
    label: 'Made',
    value: (row) => row.origin,
    text: (row) => (row.origin === 'live' ? 'live' : 'afterwards'),
  },
  { key: 'model', label: 'Model', value: (row) => row.model },
];

function readingOf(predictions: readonly GamePrediction[]): string {
  const settled = predictions.filter(({ won }) => won !== null);
  if (settled.length === 0)
    return `${predictions.length} made; their outcome is known once the history confirms the game.`;
  const won = settled.filter((prediction) => prediction.won).length;
  const forecast = settled.reduce((sum, { winProbability }) => sum + winProbability, 0) / settled.length;
  return `Of ${settled.length} windows ${won} won; on average a win was given ${formatPercent(forecast)}. One game says little: Analytics counts them all.`;
}
