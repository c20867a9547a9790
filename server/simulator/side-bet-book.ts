// The side bets of one game, crowd's and clients' alike: placed, settled, and told as the rows the feed's history shows.
// One open bet a player. Pure state, no clock: the moment is passed in. Owned by the game being played.
import { DEFAULT_PAYOUT_MULTIPLE, sideBetWins, windowEndTick } from '@/lib/game/rules';
import type { GameId } from '@/lib/units/game-id';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';
import { wireAmount } from '@/server/simulator/wire-amount';

export type SideBet = {
  readonly id: string;
  readonly payoutId: string;
  readonly playerId: string;
  readonly username: string | null;
  readonly level: number;
  readonly stakeLamports: Lamports;
  readonly coinAddress: string;
  readonly startTick: number;
  readonly placedAt: EpochMs;
  /** A presale bet shows in the history by its payout row alone, as recorded. */
  readonly presale: boolean;
  /** The client that placed it; null for the crowd. */
  readonly owner: string | null;
};

/** A row of `globalSidebets`, and the payload of a `currentSidebetResult`. */
export type SideBetRow = Readonly<Record<string, unknown>>;
export type Settled = { readonly bet: SideBet; readonly row: SideBetRow };

export type BetRefusal = 'open-bet' | 'book-full';

export type SideBetBook = {
  place(bet: SideBet): 'placed' | BetRefusal;
  /** Settles what tick `tick` decides; `rugPrice` is null while the game lives. */
  settle(moment: { tick: number; rugPrice: number | null; now: EpochMs }): readonly Settled[];
  openBet(playerId: string): SideBet | null;
  /** What the player's settled bets of this game brought, and what was staked on them. */
  result(playerId: string): { readonly profitLamports: bigint; readonly stakedLamports: bigint };
  bettors(): Iterable<string>;
  rows(): readonly SideBetRow[];
};

/** Two rows a bet: well below the 5,000 rows a decoder takes for one game. Beyond it, bets are refused. */
export const BETS_PER_GAME_MAX = 2_000;

export function createSideBetBook(gameId: GameId): SideBetBook {
  const open = new Map<string, SideBet>();
  const results = new Map<string, { profitLamports: bigint; stakedLamports: bigint }>();
  const rows: SideBetRow[] = [];
  let placed = 0;
  return {
    place(bet) {
      if (open.has(bet.playerId)) return 'open-bet';
      if (placed >= BETS_PER_GAME_MAX) return 'book-full';
      placed++;
      open.set(bet.playerId, bet);
      if (!results.has(bet.playerId)) results.set(bet.playerId, { profitLamports: 0n, stakedLamports: 0n });
      if (!bet.presale) rows.push(placedRow(gameId, bet));
      return 'placed';
    },
    settle({ tick, rugPrice, now }) {
      const settled: Settled[] = [];
      for (const bet of open.values()) {
        const won = rugPrice !== null && sideBetWins({ startTick: bet.startTick, rugTick: tick });
        if (!won && rugPrice === null && tick < windowEndTick(bet.startTick)) continue;
        open.delete(bet.playerId);
        const result = results.get(bet.playerId)!;
        result.stakedLamports += bet.stakeLamports;
        result.profitLamports += won ? bet.stakeLamports * BigInt(DEFAULT_PAYOUT_MULTIPLE - 1) : -bet.stakeLamports;
        const row = payoutRow(gameId, bet, { won, rugTick: tick, rugPrice, now });
        rows.push(row);
        settled.push({ bet, row });
      }
      return settled;
    },
    openBet: (playerId) => open.get(playerId) ?? null,
    result: (playerId) => results.get(playerId) ?? { profitLamports: 0n, stakedLamports: 0n },
    bettors: () => results.keys(),
    rows: () => rows,
  };
}

/** What a `newSideBet` and a `currentSidebet` carry. */
export function newSideBetPayload(gameId: GameId, bet: SideBet): object {
  return {
    playerId: bet.playerId,
    username: bet.username,
    gameId,
    betAmount: wireAmount(bet.stakeLamports),
    xPayout: DEFAULT_PAYOUT_MULTIPLE,
    coinAddress: bet.coinAddress,
    bonusPortion: 0,
    realPortion: wireAmount(bet.stakeLamports),
    startTick: bet.startTick,
    endTick: windowEndTick(bet.startTick),
    tickIndex: bet.startTick,
    timestamp: bet.placedAt,
    type: 'placed',
    id: bet.id,
  };
}

function placedRow(gameId: GameId, bet: SideBet): SideBetRow {
  return {
    playerId: bet.playerId,
    username: bet.username,
    gameId,
    betAmount: wireAmount(bet.stakeLamports),
    xPayout: DEFAULT_PAYOUT_MULTIPLE,
    coinAddress: bet.coinAddress,
    bonusPortion: 0,
    realPortion: wireAmount(bet.stakeLamports),
    timestamp: bet.placedAt,
    type: 'placed',
    startedAtTick: bet.startTick,
    end: windowEndTick(bet.startTick),
    id: bet.id,
  };
}

/** Wins carry `level`, `price` and the rug tick; a loss's `tickIndex` equals its start tick. Both as recorded. */
function payoutRow(
  gameId: GameId,
  bet: SideBet,
  { won, rugTick, rugPrice, now }: { won: boolean; rugTick: number; rugPrice: number | null; now: EpochMs },
): SideBetRow {
  const stake = bet.stakeLamports;
  const multiple = BigInt(DEFAULT_PAYOUT_MULTIPLE);
  return {
    playerId: bet.playerId,
    gameId,
    username: bet.username,
    ...(won ? { level: bet.level } : {}),
    betAmount: wireAmount(stake),
    payout: won ? wireAmount(lamports(stake * multiple)) : 0,
    profit: won ? wireAmount(lamports(stake * (multiple - 1n))) : -wireAmount(stake),
    xPayout: DEFAULT_PAYOUT_MULTIPLE,
    coinAddress: bet.coinAddress,
    endTick: windowEndTick(bet.startTick),
    startTick: bet.startTick,
    tickIndex: won ? rugTick : bet.startTick,
    ...(won ? { price: rugPrice } : {}),
    timestamp: now,
    type: 'payout',
    id: bet.payoutId,
  };
}
