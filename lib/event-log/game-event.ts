// The events of a game's stream, "game:<gameId>": the facts that changed the game's row, each as it was told, and what was
// found out and said about it. Short on purpose, since every game has half a dozen: what is null, false, 0 or of the real
// game is left out. No prices, no players: a path is told by its digest, and who traded is in the tables alone.
import type { NewEvent } from '@/lib/event-log/event';
import type { Verification } from '@/lib/game/provably-fair';
import type { Phase } from '@/lib/game/rules';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';

/** In the first event of a game that never was. */
type Played = { readonly source?: 'simulator' };

/** What is known of a path once the game is confirmed. */
export type PathSeal = {
  /** Digest of the path on record, as lib/event-log/path-digest says. */
  readonly path?: string;
  readonly complete?: boolean;
  /** Ticks that did not come in their own frame: "0-3:path 187:history". */
  readonly repaired?: string;
};

/** What had been said of a game by the time it was confirmed: how many rows, and a digest over all of them. */
export type DecisionsSeal = { readonly predictions: number; readonly recommendations: number; readonly sha256: string };

/** What the reference player is told to do, and the prediction it came with. */
export type Verdict = {
  readonly tick: number;
  readonly word: string;
  readonly strategyId: string;
  readonly stakeLamports?: string;
  /** P(rug within the window) and its interval, and the median of the end. */
  readonly win?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly medianTick?: number;
};

export type GameEventPayloads = {
  announced: Played & { readonly serverSeedHash?: string; readonly version?: string; readonly phase?: Phase };
  'phase-changed': Played & { readonly phase: Phase; readonly verdict?: Verdict };
  rugged: Played & { readonly rugTick: number; readonly phase?: Phase };
  finished: Played &
    PathSeal & {
      readonly rugTick: number;
      readonly endedAt: EpochMs;
      readonly peak: number;
      readonly serverSeed?: string;
      /** Left out when they are as announced, as they should be. */
      readonly version?: string;
      readonly serverSeedHash?: string;
      readonly verification: Verification['status'];
      readonly commitmentKept?: boolean;
      readonly ticksRepaired?: number;
      readonly ticksCorrected?: number;
      readonly decisions?: DecisionsSeal;
    };
  /** Ticks of a confirmed game that were learnt after it. */
  'stretch-repaired': PathSeal;
  /** The verdict, when it is another than before; one that came with a phase is told in that event. */
  'recommendation-made': Verdict;
  /** Decisions that were worked out, or written, after the game was confirmed. */
  'decisions-sealed': DecisionsSeal;
  /** What the integrity checks say, when it is another than before; `failing` names those that did not pass. */
  checked: { readonly status: 'passed' | 'failed' | 'unverifiable'; readonly failing?: readonly string[] };
  /** The row of a game that was on record before the log was. */
  adopted: { readonly row: Readonly<Record<string, string | number | boolean | null>> };
};

export type GameEventType = keyof GameEventPayloads;

export type GameEvent = {
  [T in GameEventType]: { readonly type: T; readonly payload: GameEventPayloads[T]; readonly occurredAt: EpochMs };
}[GameEventType];

const STREAM_KIND = 'game:';

export function gameStream(gameId: GameId): string {
  return STREAM_KIND + gameId;
}

/** For `appendEvents`; the writer's lock keeps versions from racing, so none is expected. */
export function toNewEvent(gameId: GameId, { type, payload, occurredAt }: GameEvent): NewEvent {
  return { stream: gameStream(gameId), expectedVersion: 'any', type, payload, occurredAt };
}
