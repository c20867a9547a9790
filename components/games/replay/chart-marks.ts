// What happened in a game, gathered into as many marks as a chart can show: a crowd of hundreds becomes a mark per column
// that says how many it stands for. Pure.
import { WINDOW_TICKS } from '@/lib/game/rules';
import type { GameRecommendation, GameSideBet, GameTrade } from '@/lib/protocol/games-api';

export type TradeMark = {
  readonly tick: number;
  readonly price: number;
  readonly direction: 'up' | 'down';
  readonly count: number;
};

/** Opening a short and selling push the same way. */
export function directionOf(kind: GameTrade['kind']): 'up' | 'down' {
  return kind === 'buy' || kind === 'short_close' ? 'up' : 'down';
}

/** One mark for each direction and column of `step` ticks, at the mean price of its trades. */
export function gatherTrades(trades: readonly GameTrade[], step: number): TradeMark[] {
  const columns = new Map<string, { tick: number; direction: 'up' | 'down'; count: number; sum: number }>();
  for (const { tick, kind, price } of trades) {
    const direction = directionOf(kind);
    const column = columnOf(tick, step);
    const key = `${column} ${direction}`;
    const mark = columns.get(key) ?? { tick: column, direction, count: 0, sum: 0 };
    mark.count++;
    mark.sum += price;
    columns.set(key, mark);
  }
  return [...columns.values()].map(({ tick, direction, count, sum }) => ({
    tick,
    direction,
    count,
    price: sum / count,
  }));
}

export type BetMark = { readonly tick: number; readonly won: number; readonly lost: number; readonly open: number };

/** Side bets by the column they start in. */
export function gatherBets(bets: readonly GameSideBet[], step: number): BetMark[] {
  const columns = new Map<number, { tick: number; won: number; lost: number; open: number }>();
  for (const { startTick, outcome } of bets) {
    const tick = columnOf(startTick, step);
    const mark = columns.get(tick) ?? { tick, won: 0, lost: 0, open: 0 };
    mark[outcome ?? 'open']++;
    columns.set(tick, mark);
  }
  return [...columns.values()].sort((a, b) => a.tick - b.tick);
}

export type AdviceMark = { readonly tick: number; readonly word: GameRecommendation['word']; readonly bets: number };

/** One mark for each tick at which something was advised: the verdict's word, and how many strategies bet there. */
export function gatherAdvice(recommendations: readonly GameRecommendation[]): AdviceMark[] {
  const ticks = new Map<number, { tick: number; word: GameRecommendation['word']; bets: number }>();
  for (const { tick, word, action } of recommendations) {
    const mark = ticks.get(tick) ?? { tick, word, bets: 0 };
    if (action === 'bet') mark.bets++;
    ticks.set(tick, mark);
  }
  return [...ticks.values()].sort((a, b) => a.tick - b.tick);
}

/** What a bet at a tick came to, by the rule; null while the rug is not known, and from the rug on. */
export function windowOutcome(tick: number, rugTick: number | null): 'won' | 'lost' | null {
  if (rugTick === null || tick >= rugTick) return null;
  return rugTick <= tick + WINDOW_TICKS ? 'won' : 'lost';
}

function columnOf(tick: number, step: number): number {
  return Math.floor(tick / step) * step + (step - 1) / 2;
}
