// What the feed remembers between games: the last ten, the counters over the last hundred, the day's highest, the rug
// pool. Immutable; `closeGame` returns the next one.
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import type { GamePlan } from '@/server/simulator/plan-game';
import type { SideBetRow } from '@/server/simulator/side-bet-book';

export type HistoryEntry = {
  readonly id: GameId;
  readonly timestamp: EpochMs;
  readonly prices: readonly number[];
  readonly peakMultiplier: number;
  readonly rugged: true;
  readonly globalTrades: readonly never[];
  readonly globalSidebets: readonly SideBetRow[];
  readonly provablyFair: { readonly serverSeed: string; readonly serverSeedHash: string };
  readonly gameVersion: string;
};

type Best = {
  readonly peak: number;
  readonly at: EpochMs;
  readonly prices: readonly number[];
  readonly jump: readonly number[];
};

export type Session = {
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
  readonly peaks: readonly number[];
  readonly highest: Best | null;
  readonly godCandles: { readonly [least in 2 | 10 | 50]: Best | null };
  readonly instarugCount: number;
  readonly rugpoolLamports: bigint;
};

export const HISTORY_GAMES = 10;
const COUNTED_GAMES = 100;
/** A game this short is an instant rug and feeds the rug pool, which is paid out at its threshold. */
const INSTARUG_TICK_MAX = 5;
export const INSTARUG_THRESHOLD = 10;
const RUGPOOL_STEP_LAMPORTS = 240_000_000n;
const GOD_CANDLE_MULTIPLE = 10;
const GOD_CANDLE_LEASTS = [2, 10, 50] as const;

export const EMPTY_SESSION: Session = {
  history: [],
  peaks: [],
  highest: null,
  godCandles: { 2: null, 10: null, 50: null },
  instarugCount: 0,
  rugpoolLamports: 0n,
};

export function closeGame(
  session: Session,
  { plan, rows, at }: { plan: GamePlan; rows: readonly SideBetRow[]; at: EpochMs },
): Session {
  const entry: HistoryEntry = {
    id: plan.gameId,
    timestamp: at,
    prices: plan.prices,
    peakMultiplier: plan.peak,
    rugged: true,
    globalTrades: [],
    globalSidebets: [...rows],
    provablyFair: { serverSeed: plan.serverSeed, serverSeedHash: plan.serverSeedHash },
    gameVersion: plan.version,
  };
  const path = plan.prices.slice(0, plan.rugTick);
  const best: Best = { peak: plan.peak, at, prices: path, jump: [] };
  const isNewDay = session.history[0]?.id.slice(0, 8) !== plan.gameId.slice(0, 8);
  const paid = session.instarugCount >= INSTARUG_THRESHOLD;
  const instarug = plan.rugTick <= INSTARUG_TICK_MAX;
  return {
    history: [entry, ...session.history].slice(0, HISTORY_GAMES),
    peaks: [plan.peak, ...session.peaks].slice(0, COUNTED_GAMES),
    highest: isNewDay || !session.highest || plan.peak > session.highest.peak ? best : session.highest,
    godCandles: nextGodCandles(session.godCandles, best),
    instarugCount: (paid ? 0 : session.instarugCount) + (instarug ? 1 : 0),
    rugpoolLamports: (paid ? 0n : session.rugpoolLamports) + (instarug ? RUGPOOL_STEP_LAMPORTS : 0n),
  };
}

/** A tenfold jump is kept, with its game, under the highest of 2×, 10× and 50× it reached. */
function nextGodCandles(known: Session['godCandles'], game: Best): Session['godCandles'] {
  const tick = game.prices.findIndex((price, i) => i > 0 && price === game.prices[i - 1]! * GOD_CANDLE_MULTIPLE);
  if (tick < 0) return known;
  const least = GOD_CANDLE_LEASTS.findLast((multiple) => game.prices[tick]! >= multiple);
  if (!least || (known[least]?.peak ?? 0) >= game.peak) return known;
  return { ...known, [least]: { ...game, jump: [game.prices[tick - 1]!, game.prices[tick]!] } };
}
