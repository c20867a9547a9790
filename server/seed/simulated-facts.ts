// The facts that a feed would have told of a simulated game, in their order: course, ticks with their arrival, side bets,
// the trades it shows, and its confirmation with the seed. Frames and their decoding are left out, which is what makes it
// fast. Pure.
import type { FinishedGame, GameFact } from '@/lib/game/events';
import { DEFAULT_PAYOUT_MULTIPLE, windowEndTick } from '@/lib/game/rules';
import type { FeedTrade, HistorySideBet } from '@/lib/protocol/feed';
import { solToLamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { SeededGame } from '@/server/seed/simulated-history';
import type { PlannedSideBet } from '@/server/simulator/plan-side-bets';
import { tradePayload, type PlannedTrade } from '@/server/simulator/plan-trades';

/** The feed shows at most one trade in two seconds. */
const TRADE_EVERY_MS = 2_000;

export function* toFacts(game: SeededGame): Generator<GameFact> {
  const { plan, announcedAt, presaleAt, startedAt, endedAt } = game;
  const { gameId, serverSeedHash, version, rugTick, prices } = plan;
  yield { type: 'game-announced', gameId, at: announcedAt, serverSeedHash, version };
  yield { type: 'phase', gameId, phase: 'cooldown', at: announcedAt };
  yield { type: 'phase', gameId, phase: 'presale', at: presaleAt };
  const market = createMarket(game);
  yield* market.until(0, startedAt);
  yield { type: 'phase', gameId, phase: 'active', at: startedAt };
  for (let tick = 0; tick < rugTick; tick++) {
    const at = tickAt(game, tick);
    yield { type: 'tick', gameId, tick, price: prices[tick]!, at, source: 'frame', live: true };
    yield* market.until(tick + 1, at);
  }
  yield { type: 'phase', gameId, phase: 'rugged', at: endedAt };
  yield { type: 'tick', gameId, tick: rugTick, price: prices[rugTick]!, at: endedAt, source: 'frame', live: true };
  yield { type: 'game-rugged', gameId, rugTick, at: endedAt };
  yield toFinishedFact(game);
}

export function tickAt({ plan, startedAt, endedAt }: SeededGame, tick: number): EpochMs {
  return tick === plan.rugTick ? endedAt : epochMs(Math.round(startedAt + plan.tickOffsetsMs[tick]!));
}

/** The generator made the path, so that checking it here would check nothing; the integrity job does, on what is stored. */
function toFinishedFact(game: SeededGame): GameFact {
  const { plan, endedAt, confirmedAt } = game;
  const { gameId, version, serverSeed, serverSeedHash, prices, rugTick, peak } = plan;
  const sideBets = plan.sideBets.map((bet) => toSideBet(bet, betAt(game, bet)));
  const finished: FinishedGame = {
    gameId,
    endedAt,
    prices,
    peak,
    version,
    serverSeed,
    serverSeedHash,
    sideBets,
  };
  return {
    type: 'game-finished',
    game: finished,
    at: confirmedAt,
    rugTick,
    verification: { status: 'verified', hashOk: true, pathOk: true, rugTick, peak, peakOk: true, maxDifference: 0 },
    commitmentKept: true,
    watched: true,
    ticksRepaired: 0,
    ticksCorrected: 0,
  };
}

/** Hands out what the crowd does before a tick, each act once: every side bet, and of the trades those that are shown. */
function createMarket(game: SeededGame) {
  const { plan } = game;
  let bet = 0;
  let trade = 0;
  let shownAt = -Infinity;
  return {
    *until(tick: number, now: EpochMs): Generator<GameFact> {
      const isBefore = (planned: { presaleLeftMs: number | null }, at: number) =>
        at < tick || (tick === 0 && planned.presaleLeftMs !== null);
      for (; bet < plan.sideBets.length && isBefore(plan.sideBets[bet]!, plan.sideBets[bet]!.startTick); bet++) {
        const planned = plan.sideBets[bet]!;
        const at = betAt(game, planned);
        yield { type: 'side-bet', at, sideBet: { ...toSideBet(planned, at), gameId: plan.gameId } };
      }
      let shown: PlannedTrade | null = null;
      for (; trade < plan.trades.length && isBefore(plan.trades[trade]!, plan.trades[trade]!.tick); trade++) {
        shown = plan.trades[trade]!;
      }
      const told = shown !== null && now - shownAt >= TRADE_EVERY_MS ? toTrade(plan.gameId, shown) : null;
      if (!told) return;
      shownAt = now;
      yield { type: 'trade', trade: told, at: now };
    },
  };
}

function betAt(game: SeededGame, { startTick, presaleLeftMs }: PlannedSideBet): EpochMs {
  return presaleLeftMs === null ? tickAt(game, startTick) : epochMs(game.startedAt - presaleLeftMs);
}

function toSideBet({ player, stakeLamports, coinAddress, startTick }: PlannedSideBet, at: EpochMs): HistorySideBet {
  return {
    playerId: player.id,
    username: player.username,
    stakeLamports,
    payoutMultiple: DEFAULT_PAYOUT_MULTIPLE,
    coinAddress,
    startTick,
    endTick: windowEndTick(startTick),
    placedAt: at,
  };
}

/** Null for an amount that rounds to nothing: the feed shows none. */
function toTrade(gameId: SeededGame['plan']['gameId'], trade: PlannedTrade): FeedTrade | null {
  const amount = solToLamports(trade.amount);
  if (!amount.ok || amount.value <= 0n) return null;
  const { coin } = tradePayload(gameId, trade) as { coin: string };
  return {
    id: trade.id,
    gameId,
    playerId: trade.player.id,
    username: trade.player.username,
    type: trade.type,
    amount: amount.value,
    qty: trade.qty,
    price: trade.price,
    tickIndex: trade.tick,
    coin,
    ...(trade.type === 'buy' && { leverage: 1 }),
  };
}
