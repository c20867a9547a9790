// Which trades the crowd makes in a game. Pure. Trades never move the price: the generator alone does.
import { PRACTICE_COIN_ADDRESS } from '@/lib/game/rules';
import { sampleStakeLamports, type SimulatedPlayer } from '@/server/simulator/crowd';
import { uuidFrom, type Random } from '@/server/simulator/random';
import { roundToNine, wireAmount } from '@/server/simulator/wire-amount';

export type PlannedTrade = {
  readonly id: string;
  readonly player: SimulatedPlayer;
  readonly type: 'buy' | 'sell';
  readonly tick: number;
  readonly price: number;
  readonly amount: number;
  readonly qty: number;
  /** Cooldown left when a presale buy is made; null for a trade made while the game is active. */
  readonly presaleLeftMs: number | null;
};

/** Recorded: about 70 presale buys among 280 connected players, then one trade or two a tick. */
const PRESALE_BUY_CHANCE = 0.7;
const TRADES_PER_TICK = 1.2;
const SELL_CHANCE = 0.6;
const SELL_ALL_CHANCE = 0.7;
/** Most presale buyers come early in it. */
const PRESALE_HASTE = 2;

export function planTrades({
  players,
  prices,
  presaleMs,
  random,
}: {
  players: readonly SimulatedPlayer[];
  /** The path before the rug; index = tick. */
  prices: readonly number[];
  presaleMs: number;
  random: Random;
}): readonly PlannedTrade[] {
  const trades: PlannedTrade[] = [];
  const held = new Map<string, number>();
  const active = players.filter((player) => random.chance(player.tradeAppetite));
  if (active.length === 0) return trades;
  const buy = (player: SimulatedPlayer, tick: number, presaleLeftMs: number | null) => {
    const price = prices[tick]!;
    const amount = wireAmount(sampleStakeLamports(player, random));
    const qty = roundToNine(amount / price);
    held.set(player.id, (held.get(player.id) ?? 0) + qty);
    trades.push({ id: uuidFrom(random), player, type: 'buy', tick, price, amount, qty, presaleLeftMs });
  };
  const sell = (player: SimulatedPlayer, tick: number, holding: number) => {
    const price = prices[tick]!;
    const qty = random.chance(SELL_ALL_CHANCE) ? holding : roundToNine(holding * random.between(0.2, 0.8));
    held.set(player.id, roundToNine(holding - qty));
    const amount = roundToNine(qty * price);
    trades.push({ id: uuidFrom(random), player, type: 'sell', tick, price, amount, qty, presaleLeftMs: null });
  };
  for (const player of active) {
    if (!random.chance(PRESALE_BUY_CHANCE)) continue;
    const passed = Math.pow(random.next(), PRESALE_HASTE);
    buy(player, 0, Math.max(1, Math.floor(((1 - passed) * presaleMs) / 100)) * 100);
  }
  trades.sort((a, b) => b.presaleLeftMs! - a.presaleLeftMs!);
  for (let tick = 0; tick < prices.length; tick++) {
    if (prices[tick]! <= 0) break;
    for (let left = random.poisson(TRADES_PER_TICK); left > 0; left--) {
      const player = random.pick(active);
      const holding = held.get(player.id) ?? 0;
      if (holding > 0 && random.chance(SELL_CHANCE)) sell(player, tick, roundToNine(holding));
      else buy(player, tick, null);
    }
  }
  return trades;
}

/** The `standard/newTrade` payload of a trade, in the feed's two recorded key sets. */
export function tradePayload(gameId: string, trade: PlannedTrade): object {
  const { player } = trade;
  const coin = player.practice ? PRACTICE_COIN_ADDRESS : 'solana';
  const portions = { bonusPortion: 0, realPortion: trade.amount };
  const who = { username: player.username, level: player.level };
  const head = { id: trade.id, gameId, playerId: player.id };
  const size = { amount: trade.amount, qty: trade.qty };
  if (trade.type === 'sell') {
    return { ...head, type: 'sell', price: trade.price, tickIndex: trade.tick, coin, ...size, ...portions, ...who };
  }
  const { price, qty, tick: tickIndex, amount } = trade;
  return { ...head, price, type: 'buy', qty, tickIndex, coin, amount, leverage: 1, ...portions, ...who };
}
