// The lanes below the price path: side bets up where they won and down where they lost, predictions of the end, advice.
import { useMemo, type ReactNode } from 'react';
import type { ChartScale } from '@/components/games/replay/chart-scale';
import { gatherAdvice, gatherBets } from '@/components/games/replay/chart-marks';
import type { Moment } from '@/components/games/replay/moment';
import type { GamePrediction, GameRecommendation, GameSideBet } from '@/lib/protocol/games-api';
import { formatPercent } from '@/lib/units/format';

/** Below the lane's name. */
const MIDDLE = 28;
const HALF = 12;

function Lane({ top, label, children }: { top: number; label: string; children: ReactNode }) {
  return (
    <g transform={`translate(0 ${top})`}>
      <text y={11} fontSize={11} fill="var(--ink-faint)">
        {label}
      </text>
      {children}
    </g>
  );
}

export function BetsLane({
  top,
  bets,
  step,
  scale,
}: {
  top: number;
  bets: readonly GameSideBet[];
  step: number;
  scale: ChartScale;
}) {
  const marks = useMemo(() => gatherBets(bets, step), [bets, step]);
  const most = Math.max(1, ...marks.map(({ won, lost, open }) => Math.max(won, lost + open)));
  const toHeight = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * HALF));
  return (
    <Lane top={top} label="Side bets">
      <line x2={scale.x(scale.lastTick)} y1={MIDDLE} y2={MIDDLE} stroke="var(--line)" />
      {marks.map(({ tick, won, lost, open }) => (
        <g key={tick} transform={`translate(${scale.x(tick) - 2.5} ${MIDDLE})`}>
          <title>{`${won} won, ${lost} lost${open > 0 ? `, ${open} not settled` : ''} from about tick ${Math.round(tick)}`}</title>
          <rect y={-toHeight(won)} width={5} height={toHeight(won)} fill="var(--up)" />
          <rect width={5} height={toHeight(lost)} fill="var(--down)" />
          <rect x={0.5} width={4} height={toHeight(open)} fill="none" stroke="var(--ink-faint)" />
        </g>
      ))}
    </Lane>
  );
}

/** A dot for each prediction, full where the window won; of the one that stood at the replayed tick, what it said of the end. */
export function PredictionsLane({
  top,
  predictions,
  moment,
  scale,
}: {
  top: number;
  predictions: readonly GamePrediction[];
  moment: Moment;
  scale: ChartScale;
}) {
  const current = moment.prediction;
  const right = scale.x(scale.lastTick);
  const clip = (tick: number) => Math.min(right + 8, scale.x(tick));
  return (
    <Lane top={top} label="Predictions">
      {current && (
        <g stroke="var(--ink-soft)" strokeLinecap="round">
          <line x1={clip(current.lower90)} x2={clip(current.upper90)} y1={MIDDLE + 8} y2={MIDDLE + 8} />
          <line x1={clip(current.lower50)} x2={clip(current.upper50)} y1={MIDDLE + 8} y2={MIDDLE + 8} strokeWidth={4} />
          {current.medianTick <= scale.lastTick && (
            <line
              x1={scale.x(current.medianTick)}
              x2={scale.x(current.medianTick)}
              y1={MIDDLE + 3}
              y2={MIDDLE + 13}
              stroke="var(--ink)"
              strokeWidth={2}
            />
          )}
        </g>
      )}
      {predictions.map(({ tick, won, winProbability, zone }) => (
        <circle
          key={tick}
          cx={scale.x(tick)}
          cy={MIDDLE - 4}
          r={3}
          fill={won ? `var(--zone-${zone})` : 'var(--surface)'}
          stroke={`var(--zone-${zone})`}
          strokeWidth={1.5}
          opacity={tick <= moment.tick ? 1 : 0.35}
        >
          <title>{`Tick ${tick}: wins ${formatPercent(winProbability)}${won === null ? '' : won ? '; the window won' : '; the window lost'}`}</title>
        </circle>
      ))}
    </Lane>
  );
}

/** A stroke for each tick at which advice changed; a diamond where a strategy bet. */
export function AdviceLane({
  top,
  recommendations,
  scale,
}: {
  top: number;
  recommendations: readonly GameRecommendation[];
  scale: ChartScale;
}) {
  const marks = useMemo(() => gatherAdvice(recommendations), [recommendations]);
  return (
    <Lane top={top} label="Advice">
      {marks.map(({ tick, word, bets }) => (
        <g key={tick} transform={`translate(${scale.x(tick)} ${MIDDLE})`}>
          <title>{`Tick ${tick}: ${word}${bets > 0 ? `; ${bets} ${bets === 1 ? 'strategy bets' : 'strategies bet'}` : ''}`}</title>
          {bets > 0 ? (
            <path d="M0 -6L5 0L0 6L-5 0Z" fill="var(--ink)" />
          ) : (
            <line y1={-5} y2={5} stroke="var(--ink-soft)" strokeWidth={1.5} />
          )}
        </g>
      ))}
    </Lane>
  );
}
