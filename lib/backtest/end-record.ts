// The predictions of the end that a backtest makes along a game, and their scores: at tick 0 and every 40 ticks, and at
// every tick at which some strategy bet.
import { GAME_TICKS_MAX, WINDOW_TICKS } from '@/lib/game/rules';
import type { LearningModel, TickContext } from '@/lib/hazard/learning-model';
import { predictEnd } from '@/lib/prediction/predict-end';
import { createEndScores, scoreEnd, type EndScores } from '@/lib/prediction/score-end';

export type EndRecord = {
  startGame(): void;
  /** A strategy bet at this tick. */
  markBet(tick: number): void;
  /** Scores the game's predictions, with the model as it stood during the game. */
  endGame(rugTick: number, contextAt: (tick: number) => TickContext | undefined): void;
  atCheckpoints(): EndScores;
  atBets(): EndScores;
};

export function createEndRecord(model: Pick<LearningModel, 'cumulativeHazard'>): EndRecord {
  const checkpoints = createEndScores();
  const bets = createEndScores();
  const betTicks = new Uint8Array(GAME_TICKS_MAX);
  return {
    startGame: () => betTicks.fill(0),
    markBet(tick) {
      betTicks[tick] = 1;
    },
    endGame(rugTick, contextAt) {
      for (let tick = 0; tick < rugTick; tick++) {
        const isCheckpoint = tick % WINDOW_TICKS === 0;
        if (!isCheckpoint && !betTicks[tick]) continue;
        const context = contextAt(tick);
        const cumulativeHazard = (to: number) => model.cumulativeHazard(tick, to, context);
        const score = scoreEnd(predictEnd({ tick, cumulativeHazard }), rugTick);
        if (isCheckpoint) checkpoints.add(score);
        if (betTicks[tick]) bets.add(score);
      }
    },
    atCheckpoints: checkpoints.scores,
    atBets: bets.scores,
  };
}
