// Checks of what the crowd did in a game: trades lie inside it and at its prices, side bets are settled by the rule. Pure.
import { sideBetWins, windowEndTick } from '@/lib/game/rules';
import { computePayoutLamports } from '@/lib/game/side-bet-payout';
import { count, failed, nameSome, passed, type CheckResult } from '@/lib/integrity/check-result';
import type { GameOnRecord, SideBetOnRecord, TradeOnRecord } from '@/lib/integrity/game-on-record';
import { formatSol } from '@/lib/units/lamports';

/**
 * All 18 trades of the recorded capture carry, to the last bit, the price of the tick they name, however late (0 to 8 ticks)
 * they were shown. The room is for a feed that writes one digit less; a neighbouring tick differs by far more.
 */
const PRICE_TOLERANCE = 1e-9;

export function checkTrades({ trades, prices, rugTick }: GameOnRecord): CheckResult {
  const problems = trades.flatMap((trade) => findTradeProblem(trade, { prices, rugTick }) ?? []);
  if (problems.length > 0) return failed('trades', `${nameSome(problems)}.`);
  if (trades.length === 0) return passed('trades', 'No trade of this game was shown.');
  return passed('trades', `${count(trades.length, 'trade')} within the game, each at the price of its tick.`);
}

function findTradeProblem(
  { tick, price }: TradeOnRecord,
  { prices, rugTick }: Pick<GameOnRecord, 'prices' | 'rugTick'>,
): string | null {
  if (tick > rugTick) return `a trade at tick ${tick}, after the rug at ${rugTick}`;
  const known = prices[tick] ?? null;
  if (known === null || Math.abs(price - known) <= PRICE_TOLERANCE * known) return null;
  return `a trade at tick ${tick} for ${price}, where the price was ${known}`;
}

export function checkSideBets({ sideBets, rugTick }: GameOnRecord): CheckResult {
  const problems = sideBets.flatMap((bet) => findSideBetProblem(bet, rugTick) ?? []);
  if (problems.length > 0) return failed('side-bets', `${nameSome(problems)}.`);
  if (sideBets.length === 0) return passed('side-bets', 'No side bet of this game is known.');
  const won = sideBets.filter(({ outcome }) => outcome === 'won').length;
  return passed('side-bets', `${count(sideBets.length, 'side bet')} settled by the rule, ${won} won.`);
}

function findSideBetProblem(bet: SideBetOnRecord, rugTick: number): string | null {
  const name = () => `the side bet of ${formatSol(bet.stakeLamports)} SOL at tick ${bet.startTick}`;
  if (bet.endTick !== windowEndTick(bet.startTick)) return `${name()} ends at tick ${bet.endTick}`;
  const wins = sideBetWins({ startTick: bet.startTick, rugTick });
  if (bet.outcome === null) return `${name()} is not settled`;
  if ((bet.outcome === 'won') !== wins) {
    return `${name()} is on record as ${bet.outcome}; with the rug at ${rugTick} it ${wins ? 'won' : 'lost'}`;
  }
  const payout = wins ? computePayoutLamports(bet) : 0n;
  if (bet.payoutLamports === payout) return null;
  return `${name()} paid ${bet.payoutLamports} lamports, not ${payout}`;
}
