// Computes the covariates of a game tick by tick, from what had been seen by then: prices, arrival times, trades, side
// bets, players and earlier games. The same tracker runs live and in the backtester; it may not look at the tick to come
// nor at trades of the tick under way, which are still coming in. Bounded: one table of at most GAME_TICKS_MAX rows.
import { GAME_TICKS_MAX } from '@/lib/game/rules';
import { FEATURE_COUNT, type FeatureTable } from '@/lib/hazard/feature-table';
import { createPriceFeatures } from '@/lib/hazard/price-features';
import { createTimingFeatures } from '@/lib/hazard/timing-features';

export type FeatureTracker = {
  startGame(): void;
  /** Ticks of one game, ascending. A price or time that was not seen is null; a tick already taken is ignored. */
  observeTick(tick: number, price: number | null, atMs: number | null): void;
  observeTrade(): void;
  observeSideBet(stakeSol: number): void;
  observePlayers(players: number): void;
  /** The features of the newest tick. The array is reused: read it, never keep it. */
  current(): Float64Array;
  /** The table of the game so far; its storage is reused by the next game. */
  table(): FeatureTable;
  /** A game's length and peak become history; the one under way goes on. Null peak: prices were not known. */
  finishGame(game: { rugTick: number; peak: number | null }): void;
};

/** Trades and side bets are counted over one window's length. */
const MARKET_TICKS = 40;
const HISTORY_GAMES = 10;

export function createFeatureTracker(): FeatureTracker {
  const table = new Float64Array(GAME_TICKS_MAX * FEATURE_COUNT).fill(NaN);
  const row = new Float64Array(FEATURE_COUNT).fill(NaN);
  const price = createPriceFeatures();
  const timing = createTimingFeatures();
  const trades = createTickSums();
  const sideBets = createTickSums();
  const lengths = createRecent();
  const peaks = createRecent();
  let players = NaN;
  let rows = 0;
  let lastTick = -1;

  const skipTo = (tick: number) => {
    table.fill(NaN, rows * FEATURE_COUNT, tick * FEATURE_COUNT);
    rows = tick;
  };
  return {
    startGame() {
      rows = 0;
      lastTick = -1;
      price.startGame();
      timing.interrupt();
      trades.startGame();
      sideBets.startGame();
      row.fill(NaN);
    },
    observeTick(tick, priceNow, atMs) {
      if (tick <= lastTick || tick >= GAME_TICKS_MAX) return;
      if (tick > rows) skipTo(tick);
      timing.observe(tick, atMs);
      price.observe(tick, priceNow);
      timing.write(row);
      row[3] = players;
      row[4] = trades.logSumBefore(tick);
      row[5] = sideBets.logSumBefore(tick);
      row[6] = lengths.last();
      row[7] = lengths.mean();
      row[8] = peaks.last();
      row[9] = peaks.mean();
      price.write(row);
      table.set(row, tick * FEATURE_COUNT);
      rows = tick + 1;
      lastTick = tick;
    },
    observeTrade: () => trades.add(lastTick, 1),
    observeSideBet: (stakeSol) => sideBets.add(lastTick, stakeSol),
    observePlayers(count) {
      players = Math.log(Math.max(1, count));
    },
    current: () => row,
    table: () => ({ rows, values: table }),
    finishGame({ rugTick, peak }) {
      lengths.add(Math.log(Math.max(1, rugTick)));
      peaks.add(peak === null || !(peak > 0) ? NaN : Math.log(peak));
    },
  };
}

/** Sums by tick, and ln(1 + their sum) over the MARKET_TICKS completed ticks before one; NaN until anything was seen. */
function createTickSums() {
  const upTo = new Float64Array(GAME_TICKS_MAX + 1); // upTo[t]: everything in ticks before t
  let open = 0;
  let openTick = 0;
  let seenEver = false;
  const close = (tick: number) => {
    while (openTick < tick) {
      upTo[openTick + 1] = upTo[openTick]! + open;
      open = 0;
      openTick++;
    }
  };
  return {
    startGame() {
      open = 0;
      openTick = 0;
    },
    add(tick: number, amount: number) {
      seenEver = true;
      close(Math.max(0, tick)); // Before tick 0 is presale, which counts as tick 0.
      open += amount;
    },
    logSumBefore(tick: number) {
      if (!seenEver) return NaN;
      close(tick);
      return Math.log1p(upTo[tick]! - upTo[Math.max(0, tick - MARKET_TICKS)]!);
    },
  };
}

/** The last HISTORY_GAMES values; unknown ones (NaN) are kept in place and left out of the mean. */
function createRecent() {
  const values = new Float64Array(HISTORY_GAMES).fill(NaN);
  let next = 0;
  let last = NaN;
  let mean = NaN;
  return {
    add(value: number) {
      values[next] = value;
      next = (next + 1) % HISTORY_GAMES;
      last = value;
      let sum = 0;
      let known = 0;
      for (const each of values) {
        if (Number.isNaN(each)) continue;
        sum += each;
        known++;
      }
      mean = known === 0 ? NaN : sum / known;
    },
    last: () => last,
    mean: () => mean,
  };
}
