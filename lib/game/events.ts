// What goes into the core (FeedEvent) and what comes out of it (GameFact). Both are closed unions; every consumer
// switches over them exhaustively.
import type { Phase } from '@/lib/game/rules';
import type { Verification } from '@/lib/game/provably-fair';
import type { FeedSideBet, FeedTrade, GameStateFrame, HistorySideBet } from '@/lib/protocol/feed';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';

/** A finished game as the feed's history publishes it, seed revealed, or as a recording holds it. */
export type FinishedGame = {
  readonly gameId: GameId;
  /** The feed's own time of the rug. */
  readonly endedAt: EpochMs;
  /** The whole published path: index = tick, last entry = rug price. */
  readonly prices: readonly (number | null)[];
  readonly peak: number;
  /** These three are null for a recorded game that came without; the feed always names them. */
  readonly version: string | null;
  readonly serverSeed: string | null;
  readonly serverSeedHash: string | null;
  readonly sideBets: readonly HistorySideBet[];
};

/** The game-state frame without its raw history, whose decoded entries stand beside it. */
export type GameState = Omit<GameStateFrame, 'gameHistory'>;

export type FeedEvent =
  | {
      readonly type: 'game-state';
      readonly at: EpochMs;
      readonly state: GameState;
      readonly history: readonly FinishedGame[];
    }
  | { readonly type: 'trade'; readonly at: EpochMs; readonly trade: FeedTrade }
  | { readonly type: 'side-bet'; readonly at: EpochMs; readonly sideBet: FeedSideBet };

/** Where a tick's price came from: its own frame, a later frame's last five, the running path, or the history. */
export type TickSource = 'frame' | 'partial' | 'path' | 'history';

export type TickFact = {
  readonly type: 'tick';
  readonly gameId: GameId;
  readonly tick: number;
  readonly price: number;
  /** When its frame arrived; null for a tick learnt later. */
  readonly at: EpochMs | null;
  readonly source: TickSource;
  /** True when this is the newest tick of the running game: the one an assessment is made for. */
  readonly live: boolean;
  /** Players connected, when the tick's own frame said so. */
  readonly players?: number;
};

export type GameFact =
  | {
      readonly type: 'game-announced';
      readonly gameId: GameId;
      readonly at: EpochMs;
      readonly serverSeedHash: string | null;
      readonly version: string | null;
    }
  | { readonly type: 'phase'; readonly gameId: GameId; readonly phase: Phase; readonly at: EpochMs }
  | TickFact
  /** Seen on the feed, not yet confirmed by the history; `game-finished` is final. */
  | { readonly type: 'game-rugged'; readonly gameId: GameId; readonly rugTick: number; readonly at: EpochMs }
  | {
      readonly type: 'game-finished';
      readonly game: FinishedGame;
      readonly at: EpochMs;
      readonly rugTick: number;
      readonly verification: Verification;
      /** False when the hash shown before the game is not the one revealed after it; null when it was never seen. */
      readonly commitmentKept: boolean | null;
      /** False for a game that ended before we looked, known from the history alone. */
      readonly watched: boolean;
      /** Ticks the live frames had not delivered, and ticks they had delivered wrong. */
      readonly ticksRepaired: number;
      readonly ticksCorrected: number;
    }
  | { readonly type: 'trade'; readonly trade: FeedTrade; readonly at: EpochMs }
  | { readonly type: 'side-bet'; readonly sideBet: FeedSideBet; readonly at: EpochMs };

/** What became of one event: exactly one of these, counted by ingest. */
export type Disposition =
  | { readonly kind: 'applied' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'reordered' }
  /** Decoded, but contradicts itself or what is known: kept as a dead letter. */
  | { readonly kind: 'rejected'; readonly reason: string };
