// Time travel for one game: what of it the record knew at a moment. A game confirmed by then is told as it is, without what
// was learnt later about it; an unfinished one loses its end, its seed and every outcome. Pure; called by game-detail.
import type { GameDetail } from '@/lib/protocol/games-api';
import type { EpochMs } from '@/lib/units/time';

/** Null when the record did not know the game yet. */
export function asKnownAt(detail: GameDetail, at: EpochMs): GameDetail | null {
  const { confirmedAt } = detail.game;
  const known = isBy(confirmedAt, at) ? withoutLater(detail, at) : unfinished(detail, at);
  if (!isBy(confirmedAt, at) && !hasAnything(known)) return null;
  return { ...known, at };
}

function isBy(time: number | null, at: EpochMs): boolean {
  return time !== null && time <= at;
}

function withoutLater(detail: GameDetail, at: EpochMs): GameDetail {
  const isChecked = detail.checks !== null && detail.checks.checkedAt <= at;
  return {
    ...detail,
    game: { ...detail.game, checks: isChecked ? detail.game.checks : null },
    checks: isChecked ? detail.checks : null,
    events: detail.events.filter(({ recordedAt }) => recordedAt <= at),
    predictions: detail.predictions.filter(({ madeAt }) => madeAt <= at),
    recommendations: detail.recommendations.filter(({ madeAt }) => madeAt <= at),
  };
}

function unfinished(detail: GameDetail, at: EpochMs): GameDetail {
  const { game } = detail;
  const ruggedAt = isBy(game.ruggedAt, at) ? game.ruggedAt : null;
  const startedAt = isBy(game.startedAt, at) ? game.startedAt : null;
  const ticks = ticksBy(detail, at);
  const later = withoutLater(detail, at);
  return {
    ...later,
    ...ticks,
    game: {
      ...game,
      announcedAt: isBy(game.announcedAt, at) ? game.announcedAt : null,
      startedAt,
      ruggedAt,
      endedAt: ruggedAt,
      confirmedAt: null,
      phase: ruggedAt !== null ? 'rugged' : startedAt !== null ? 'active' : 'cooldown',
      rugTick: ruggedAt === null ? null : game.rugTick,
      peak: highestOf(ticks.prices),
      verified: null,
      verification: null,
      checks: null,
      commitmentKept: null,
      serverSeed: null,
      complete: false,
      ticksRepaired: 0,
      ticksCorrected: 0,
    },
    trades: detail.trades.filter(({ receivedAt }) => receivedAt <= at),
    sideBets: detail.sideBets
      .filter(({ seenAt }) => isBy(seenAt, at))
      .map((bet) => ({ ...bet, outcome: null, payoutLamports: null })),
    predictions: later.predictions.map((prediction) => ({ ...prediction, rugTick: null, won: null })),
    recommendations: later.recommendations.map((advice) => ({ ...advice, outcome: null, profitLamports: null })),
    intervals: null,
  };
}

/** Only ticks whose own frame had come: when the others were learnt is not kept tick by tick. */
function ticksBy({ prices, arrivals, assessments, stretches }: GameDetail, at: EpochMs) {
  const length = 1 + arrivals.findLastIndex((arrival) => isBy(arrival, at));
  const cut = <T>(values: readonly T[]) =>
    values.slice(0, length).map((value, i) => (isBy(arrivals[i]!, at) ? value : null));
  return {
    prices: cut(prices),
    arrivals: cut(arrivals),
    assessments: cut(assessments),
    stretches: stretches
      .filter(({ from, source }) => from < length && source === 'frame')
      .map((stretch) => ({ ...stretch, to: Math.min(stretch.to, length - 1) })),
  };
}

function highestOf(prices: readonly (number | null)[]): number | null {
  return prices.reduce((high, price) => (price !== null && (high === null || price > high) ? price : high), null);
}

function hasAnything({ game, prices, events, trades }: GameDetail): boolean {
  return (
    [game.announcedAt, game.startedAt, game.ruggedAt].some((time) => time !== null) ||
    prices.length + events.length + trades.length > 0
  );
}
