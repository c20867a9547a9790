// The crowd's positions in one game and the leaderboard drawn from them. Pure state. Amounts are upstream's own doubles:
// scenery for the frames, never added up into money.
import { formatSol, lamports } from '@/lib/units/lamports';
import { windowEndTick, DEFAULT_PAYOUT_MULTIPLE, PRACTICE_COIN_ADDRESS } from '@/lib/game/rules';
import type { GameId } from '@/lib/units/game-id';
import type { SimulatedPlayer } from '@/server/simulator/crowd';
import type { PlannedTrade } from '@/server/simulator/plan-trades';
import type { SideBet, SideBetBook } from '@/server/simulator/side-bet-book';
import { roundToNine, wireAmount } from '@/server/simulator/wire-amount';

export type LeaderboardRow = Readonly<Record<string, unknown>>;

export type TradingFloor = {
  apply(trade: PlannedTrade): void;
  /** Closes every position at the rug price; returns how many there were. */
  liquidate(rugPrice: number): number;
  tradeCount(): number;
  /** Before the start: who has bought or bet, largest first. */
  presaleBoard(): readonly LeaderboardRow[];
  board(price: number): readonly LeaderboardRow[];
};

const BOARD_ROWS = 10;
const PRACTICE_COIN = {
  address: PRACTICE_COIN_ADDRESS,
  ticker: 'FREE',
  name: 'Free Practice Token',
  max_bet: 10_000,
  max_win: 50_000,
  logoURI: '/icons/Icon_Free_Solana.png',
};

type Position = { qty: number; cost: number; invested: number; realized: number };
type Standing = { player: SimulatedPlayer; position: Position; regular: number; sideBets: number; invested: number };

export function createTradingFloor({
  gameId,
  players,
  book,
}: {
  gameId: GameId;
  players: readonly SimulatedPlayer[];
  book: SideBetBook;
}): TradingFloor {
  const positions = new Map<SimulatedPlayer, Position>();
  const byId = new Map(players.map((player) => [player.id, player]));
  let trades = 0;

  const standings = (price: number): Standing[] => {
    const present = new Set(positions.keys());
    for (const id of book.bettors()) if (byId.has(id)) present.add(byId.get(id)!);
    return [...present].map((player) => {
      const position = positions.get(player) ?? { qty: 0, cost: 0, invested: 0, realized: 0 };
      const { profitLamports, stakedLamports } = book.result(player.id);
      return {
        player,
        position,
        regular: roundToNine(position.realized + position.qty * price - position.cost),
        sideBets: Number(formatSol(lamports(profitLamports))),
        invested: roundToNine(position.invested + wireAmount(lamports(stakedLamports))),
      };
    });
  };

  return {
    apply({ player, type, qty, amount }) {
      trades++;
      const position = positions.get(player) ?? { qty: 0, cost: 0, invested: 0, realized: 0 };
      positions.set(player, position);
      if (type === 'buy') {
        position.qty = roundToNine(position.qty + qty);
        position.cost += amount;
        position.invested += amount;
        return;
      }
      const share = position.qty > 0 ? Math.min(1, qty / position.qty) : 0;
      position.realized += amount - share * position.cost;
      position.cost *= 1 - share;
      position.qty = Math.max(0, roundToNine(position.qty - qty));
    },
    liquidate(rugPrice) {
      let closed = 0;
      for (const position of positions.values()) {
        if (position.qty <= 0) continue;
        closed++;
        position.realized += position.qty * rugPrice - position.cost;
        position.qty = 0;
        position.cost = 0;
      }
      trades += closed;
      return closed;
    },
    tradeCount: () => trades,
    presaleBoard: () =>
      standings(1)
        .sort((a, b) => b.position.qty - a.position.qty || order(a, b))
        .slice(0, BOARD_ROWS)
        .map((standing, index) => presaleRow(standing, index, sideBetFields(gameId, book.openBet(standing.player.id)))),
    board: (price) =>
      standings(price)
        .sort((a, b) => b.regular + b.sideBets - a.regular - a.sideBets || order(a, b))
        .slice(0, BOARD_ROWS)
        .map((standing, index) => activeRow(standing, index, sideBetFields(gameId, book.openBet(standing.player.id)))),
  };
}

function order(a: Standing, b: Standing): number {
  return a.player.id < b.player.id ? -1 : 1;
}

function presaleRow({ player, position }: Standing, index: number, sideBet: object): LeaderboardRow {
  return {
    id: player.id,
    username: player.username,
    level: player.level,
    pnl: 0,
    pnlPercent: 0,
    ...sideBet,
    shortPosition: null,
    ...holding(position),
    totalInvested: roundToNine(position.invested),
    selectedCoin: player.practice ? PRACTICE_COIN : null,
    position: index + 1,
  };
}

function activeRow(standing: Standing, index: number, sideBet: object): LeaderboardRow {
  const { player, position, regular, sideBets, invested } = standing;
  const pnl = roundToNine(regular + sideBets);
  return {
    id: player.id,
    username: player.username,
    level: player.level,
    pnl,
    regularPnl: regular,
    sidebetPnl: sideBets,
    shortPnl: 0,
    ...sideBet,
    shortPosition: null,
    pnlPercent: invested > 0 ? (100 * pnl) / invested : 0,
    ...holding(position),
    totalInvested: invested,
    selectedCoin: player.practice ? PRACTICE_COIN : null,
    position: index + 1,
  };
}

function holding(position: Position): object {
  const avgCost = position.qty > 0 ? roundToNine(position.cost / position.qty) : 0;
  return { hasActiveTrades: true, positionQty: position.qty, avgCost };
}

function sideBetFields(gameId: GameId, bet: SideBet | null): object {
  if (!bet) return { sidebetActive: null, sideBet: null };
  const betAmount = wireAmount(bet.stakeLamports);
  return {
    sidebetActive: true,
    sideBet: {
      startedAtTick: bet.startTick,
      gameId,
      end: windowEndTick(bet.startTick),
      betAmount,
      xPayout: DEFAULT_PAYOUT_MULTIPLE,
      coinAddress: bet.coinAddress,
      bonusPortion: 0,
      realPortion: betAmount,
    },
  };
}
