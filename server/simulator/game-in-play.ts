// The game being played, as the feed shows it at this moment. Mutable, but without clock, chance or socket: the game
// script moves it on, and the connect frame and `requestSidebet` read it.
import { COOLDOWN_MS, PHASE_ORDER, type Phase } from '@/lib/game/rules';
import type { EpochMs } from '@/lib/units/time';
import type { SimulatedPlayer } from '@/server/simulator/crowd';
import type { Scene } from '@/server/simulator/frames';
import { toSideBet } from '@/server/simulator/open-session';
import type { GamePlan } from '@/server/simulator/plan-game';
import type { PlannedSideBet } from '@/server/simulator/plan-side-bets';
import type { PlannedTrade } from '@/server/simulator/plan-trades';
import { createSideBetBook, type Settled, type SideBet, type SideBetBook } from '@/server/simulator/side-bet-book';
import { createTradingFloor, type LeaderboardRow, type TradingFloor } from '@/server/simulator/trading-floor';

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
};

type GameInPlayOptions = {
  readonly plan: GamePlan;
  readonly players: readonly SimulatedPlayer[];
  /** The game before: its board is shown until the presale opens, its trade count until the start. */
  readonly before: GameInPlay | null;
};

export function createGameInPlay({ plan, players, before }: GameInPlayOptions): GameInPlay {
  const book = createSideBetBook(plan.gameId);
  const floor = createTradingFloor({ gameId: plan.gameId, players, book });
  const acts = createCrowdActs({ plan, book, floor });
  let phase: Phase = 'cooldown';
  let tick = 0;
  let extraTicks = 0;
  let cooldownMs = COOLDOWN_MS;
  let board = before?.leaderboard() ?? [];
  const tradeCountBefore = before?.tradeCount() ?? 0;

  const hasStarted = () => PHASE_ORDER[phase] >= PHASE_ORDER.active;
  const tradeCount = () => (hasStarted() ? floor.tradeCount() : tradeCountBefore);
  const scene = (connectedPlayers: number): Scene => ({
    gameId: plan.gameId,
    version: plan.version,
    serverSeedHash: plan.serverSeedHash,
    active: hasStarted(),
    rugged: phase === 'rugged',
    tick,
    tickCount: tick + extraTicks,
    prices: plan.prices,
    tradeCount: tradeCount(),
    cooldownMs,
    allowPreRoundBuys: phase === 'presale',
    leaderboard: board,
    connectedPlayers,
  });

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
      const placed = acts.presale(leftMs, now);
      board = floor.presaleBoard();
      return placed;
    },
    actTick: acts.tick,
    leaderboard: () => board,
    tradeCount,
    scene,
  };
}

/** Carries out what the crowd planned, each act once, when its moment has come. */
function createCrowdActs({ plan, book, floor }: { plan: GamePlan; book: SideBetBook; floor: TradingFloor }) {
  const trades = createQueue(plan.trades);
  const bets = createQueue(plan.sideBets);
  const place = (planned: PlannedSideBet, now: EpochMs): SideBet[] => {
    const bet = toSideBet(planned, now);
    return book.place(bet) === 'placed' ? [bet] : [];
  };
  return {
    presale(leftMs: number, now: EpochMs): readonly SideBet[] {
      const isDue = ({ presaleLeftMs }: { presaleLeftMs: number | null }) => (presaleLeftMs ?? -1) >= leftMs;
      trades.take(isDue).forEach((trade) => floor.apply(trade));
      return bets.take(isDue).flatMap((planned) => place(planned, now));
    },
    tick(tick: number, now: EpochMs) {
      const traded = trades.take((trade) => trade.tick <= tick);
      traded.forEach((trade) => floor.apply(trade));
      return {
        trades: traded,
        bets: bets.take((bet) => bet.startTick <= tick).flatMap((planned) => place(planned, now)),
      };
    },
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
