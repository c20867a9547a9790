// What the live side of the process knows right now: the one place the hub, the API and the health check read from.
// Fed by the engine; holds bounded tapes and nothing that the record does not hold better.
import type { DecisionLoop } from '@/lib/decision/loop';
import type { GameFact } from '@/lib/game/events';
import { toGameView } from '@/lib/game/game-view';
import { toPrices } from '@/lib/game/price-path';
import { PRACTICE_COIN_ADDRESS } from '@/lib/game/rules';
import type { FeedSideBet, FeedTrade } from '@/lib/protocol/feed';
import {
  RECENT_GAMES,
  TAPE_LENGTH,
  type FeedStatus,
  type LiveView,
  type RecentGame,
  type Snapshot,
  type TapeSideBet,
  type TapeTrade,
} from '@/lib/protocol/push';
import { formatSol } from '@/lib/units/lamports';
import type { Clock } from '@/lib/units/time';
import type { Ingest } from '@/server/ingest/ingest';

export type LiveState = {
  take(fact: GameFact): void;
  snapshot(): Snapshot;
  view(): LiveView;
  recentGames(): readonly RecentGame[];
  trades(): readonly TapeTrade[];
  sideBets(): readonly TapeSideBet[];
};

export function createLiveState({
  ingest,
  loop,
  feedStatus,
  clock,
}: {
  ingest: Pick<Ingest, 'state'>;
  loop: DecisionLoop;
  feedStatus: () => FeedStatus;
  clock: Clock;
}): LiveState {
  const trades: TapeTrade[] = [];
  const sideBets: TapeSideBet[] = [];
  let recent: RecentGame[] = [];
  const game = () => {
    const current = ingest.state().current;
    return current ? toGameView(current) : null;
  };
  return {
    take(fact) {
      if (fact.type === 'trade') keepNewest(trades, toTapeTrade(fact.trade));
      else if (fact.type === 'side-bet') keepNewest(sideBets, toTapeSideBet(fact.sideBet));
      else if (fact.type === 'game-finished') recent = withRecent(recent, toRecentGame(fact));
    },
    snapshot() {
      const current = ingest.state().current;
      return {
        type: 'snapshot',
        serverTime: clock(),
        game: game(),
        prices: current ? toPrices(current.path) : [],
        assessment: loop.current(),
        evidence: loop.evidence(),
        recentGames: recent,
      };
    },
    view: () => ({ serverTime: clock(), feed: feedStatus(), game: game(), assessment: loop.current() }),
    recentGames: () => recent,
    trades: () => trades,
    sideBets: () => sideBets,
  };
}

export function toRecentGame(fact: Extract<GameFact, { type: 'game-finished' }>): RecentGame {
  const { status } = fact.verification;
  return {
    gameId: fact.game.gameId,
    rugTick: fact.rugTick,
    peak: fact.verification.peak,
    endedAt: fact.game.endedAt,
    verified: status === 'unverifiable' ? null : status === 'verified',
  };
}

export function toTapeTrade(trade: FeedTrade): TapeTrade {
  return {
    id: trade.id,
    gameId: trade.gameId,
    player: trade.username ?? shortId(trade.playerId),
    type: trade.type,
    sol: formatSol(trade.amount),
    practice: trade.coin === PRACTICE_COIN_ADDRESS,
    price: trade.price,
    tick: trade.tickIndex,
  };
}

export function toTapeSideBet(sideBet: FeedSideBet): TapeSideBet {
  return {
    gameId: sideBet.gameId,
    player: sideBet.username ?? shortId(sideBet.playerId),
    sol: formatSol(sideBet.stakeLamports),
    practice: sideBet.coinAddress === PRACTICE_COIN_ADDRESS,
    startTick: sideBet.startTick,
    endTick: sideBet.endTick,
    payout: sideBet.payoutMultiple,
  };
}

function shortId(playerId: string): string {
  return `…${playerId.slice(-6)}`;
}

function keepNewest<T>(tape: T[], entry: T): void {
  tape.unshift(entry);
  if (tape.length > TAPE_LENGTH) tape.length = TAPE_LENGTH;
}

/** Newest first by end; a later telling of the same game replaces the earlier one. */
function withRecent(recent: readonly RecentGame[], game: RecentGame): RecentGame[] {
  return [game, ...recent.filter((other) => other.gameId !== game.gameId)]
    .sort((a, b) => b.endedAt - a.endedAt)
    .slice(0, RECENT_GAMES);
}
