// The game being played, as the feed shows it at this moment. Mutable, but without clock, chance or socket: the game
// script moves it on, and the connect frame and `requestSidebet` read it.
import { COOLDOWN_MS, type Phase } from '@/lib/game/rules';
import type { EpochMs } from '@/lib/units/time';
import type { SimulatedPlayer } from '@/server/simulator/crowd';
import { fullFrame, partialPricesAt, tickFrame, type Scene } from '@/server/simulator/frames';
import { toSideBet } from '@/server/simulator/open-session';
import type { GamePlan } from '@/server/simulator/plan-game';
import type { PlannedTrade } from '@/server/simulator/plan-trades';
import type { Session } from '@/server/simulator/session';
import { createSideBetBook, type Settled, type SideBet, type SideBetBook } from '@/server/simulator/side-bet-book';
import { createTradingFloor, type LeaderboardRow } from '@/server/simulator/trading-floor';

export type GameInPlay = {
  readonly plan: GamePlan;
  readonly book: SideBetBook;
  phase(): Phase;
  /** The tick a bet placed now would start at: 0 until the second tick. */
  tick(): number;
  cooldown(leftMs: number): void;
  start(): void;
  /** Goes to `tick`, the rug included, and settles the side bets it decides. */
  advance(tick: number, now: EpochMs): readonly Settled[];
  /** After a rug the feed's counter runs on. */
  countOn(ticks: number): void;
  /** Lets the crowd do what it planned for this moment of the presale, or for this tick. */
  actPresale(leftMs: number, now: EpochMs): readonly SideBet[];
  actTick(tick: number, now: EpochMs): { readonly trades: readonly PlannedTrade[]; readonly bets: readonly SideBet[] };
  leaderboard(): readonly LeaderboardRow[];
  tradeCount(): number;
  scene(connectedPlayers: number): Scene;
  tickPayload(session: Session, connectedPlayers: number): object;
  fullPayload(session: Session, connectedPlayers: number): object;
  /** The first frame of a connection: the whole path so far. */
  connectPayload(session: Session, connectedPlayers: number): object;
};

export function createGameInPlay({
  plan,
  players,
  previousBoard,
  previousTradeCount,
}: {
  plan: GamePlan;
  players: readonly SimulatedPlayer[];
  /** Until the presale opens, the board and the trade count are still those of the game before. */
  previousBoard: readonly LeaderboardRow[];
  previousTradeCount: number;
}): GameInPlay {
  const book = createSideBetBook(plan.gameId);
  const floor = createTradingFloor({ gameId: plan.gameId, players, book });
  const pendingTrades = createQueue(plan.trades);
  const pendingBets = createQueue(plan.sideBets);
  let phase: Phase = 'cooldown';
  let tick = 0;
  let extraTicks = 0;
  let cooldownMs = COOLDOWN_MS;
  let board = previousBoard;

  const place = (planned: Parameters<typeof toSideBet>[0], now: EpochMs): SideBet[] => {
    const bet = toSideBet(planned, now);
    return book.place(bet) === 'placed' ? [bet] : [];
  };
  const isOver = () => phase === 'rugged';
  const scene = (connectedPlayers: number): Scene => ({
    gameId: plan.gameId,
    version: plan.version,
    serverSeedHash: plan.serverSeedHash,
    active: phase === 'active' || isOver(),
    rugged: isOver(),
    price: plan.prices[tick]!,
    tickCount: tick + extraTicks,
    cooldownMs,
    allowPreRoundBuys: phase === 'presale',
    leaderboard: board,
    connectedPlayers,
  });
  const partialPrices = () => partialPricesAt(plan.prices, tick);
  const tradeCount = () => (phase === 'cooldown' ? previousTradeCount : floor.tradeCount());

  return {
    plan,
    book,
    phase: () => phase,
    tick: () => tick,
    cooldown(leftMs) {
      cooldownMs = leftMs;
    },
    start() {
      phase = 'active';
      cooldownMs = 0;
      board = [];
    },
    advance(to, now) {
      tick = to;
      const rugPrice = to === plan.rugTick ? plan.prices[to]! : null;
      const settled = book.settle({ tick, rugPrice, now });
      if (rugPrice !== null) {
        phase = 'rugged';
        floor.liquidate(rugPrice);
      }
      board = floor.board(plan.prices[tick]!);
      return settled;
    },
    countOn(ticks) {
      extraTicks = ticks;
    },
    actPresale(leftMs, now) {
      phase = 'presale';
      for (const trade of pendingTrades.take(
        ({ presaleLeftMs }) => presaleLeftMs !== null && presaleLeftMs >= leftMs,
      )) {
        floor.apply(trade);
      }
      const due = pendingBets.take(({ presaleLeftMs }) => presaleLeftMs !== null && presaleLeftMs >= leftMs);
      const placed = due.flatMap((planned) => place(planned, now));
      board = floor.presaleBoard();
      return placed;
    },
    actTick(at, now) {
      const trades = pendingTrades.take((trade) => trade.tick <= at);
      trades.forEach((trade) => floor.apply(trade));
      const bets = pendingBets.take((bet) => bet.startTick <= at).flatMap((planned) => place(planned, now));
      return { trades, bets };
    },
    leaderboard: () => board,
    tradeCount,
    scene,
    tickPayload: (session, connected) =>
      tickFrame(scene(connected), { partialPrices: partialPrices(), tradeCount: tradeCount(), session }),
    fullPayload: (session, connected) => fullFrame(scene(connected), session, { partialPrices: partialPrices() }),
    connectPayload: (session, connected) =>
      fullFrame(scene(connected), session, { prices: plan.prices.slice(0, tick + 1) }),
  };
}

/** Takes from the front while the test holds. */
function createQueue<T>(items: readonly T[]): { take(isDue: (item: T) => boolean): readonly T[] } {
  let next = 0;
  return {
    take(isDue) {
      const first = next;
      while (next < items.length && isDue(items[next]!)) next++;
      return items.slice(first, next);
    },
  };
}
