// The edge of the core: raw frames in, facts out, in order, one at a time. Decodes, drops repeats, runs the reducer and
// counts what became of everything. Synchronous and without I/O of its own: the live server and the replay command run
// this same object; whatever cannot be used is handed to `onDeadLetter` and never stops the stream.
import { applyEvent } from '@/lib/game/apply-event';
import { isSettled } from '@/lib/game/apply-history';
import type { FeedEvent, GameFact } from '@/lib/game/events';
import { INITIAL_STATE, type CoreState } from '@/lib/game/state';
import { decodeFrame, type RawFrame } from '@/lib/protocol/decode-feed';
import { createRecentKeys } from '@/server/ingest/recent-keys';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import type { DeadLetter } from '@/server/store/store';

export type IngestCounts = {
  frames: number;
  events: number;
  ignored: number;
  unknown: number;
  deadLetters: number;
  duplicates: number;
  reordered: number;
  ticksRepaired: number;
  ticksCorrected: number;
};

export type Ingest = {
  /** Takes one frame; returns the facts it led to, already handed to `onFact` in order. */
  take(frame: RawFrame): readonly GameFact[];
  /** Counts and keeps what never became a frame. */
  takeUnreadable(problem: { readonly at: EpochMs; readonly reason: string; readonly text: string }): void;
  state(): CoreState;
  counts(): Readonly<IngestCounts>;
  /** Names of events never heard of, with how often; bounded. */
  unknownEvents(): ReadonlyMap<string, number>;
};

/** About ten games' worth of trades and side bets. */
const RECENT_KEYS = 20_000;
const UNKNOWN_EVENTS_MAX = 100;

export function createIngest({
  onFact,
  onDeadLetter,
}: {
  onFact: (fact: GameFact) => void;
  onDeadLetter: (letter: DeadLetter) => void;
}): Ingest {
  let state = INITIAL_STATE;
  const recent = createRecentKeys(RECENT_KEYS);
  const unknown = new Map<string, number>();
  const counts: IngestCounts = {
    frames: 0,
    events: 0,
    ignored: 0,
    unknown: 0,
    deadLetters: 0,
    duplicates: 0,
    reordered: 0,
    ticksRepaired: 0,
    ticksCorrected: 0,
  };

  const isKnown = (gameId: string) => isSettled(state, gameId as GameId);

  function deadLetter(letter: DeadLetter) {
    counts.deadLetters++;
    onDeadLetter(letter);
  }

  function applyDecoded(event: FeedEvent, frame: RawFrame): readonly GameFact[] {
    counts.events++;
    const key = repeatKey(event);
    if (key !== null && !recent.isNew(key)) {
      counts.duplicates++;
      return [];
    }
    const applied = applyEvent(state, event);
    state = applied.state;
    const { disposition } = applied;
    if (disposition.kind === 'duplicate') counts.duplicates++;
    else if (disposition.kind === 'reordered') counts.reordered++;
    else if (disposition.kind === 'rejected') {
      deadLetter({ at: frame.receivedAt, event: frame.event, reason: disposition.reason, part: frame.args });
    }
    for (const fact of applied.facts) {
      if (fact.type === 'game-finished' && fact.watched) {
        counts.ticksRepaired += fact.ticksRepaired;
        counts.ticksCorrected += fact.ticksCorrected;
      }
      onFact(fact);
    }
    return applied.facts;
  }

  return {
    take(frame) {
      counts.frames++;
      const decoded = decodeFrame(frame, isKnown);
      for (const piece of decoded.undecodable) deadLetter({ at: frame.receivedAt, ...piece });
      if (decoded.kind === 'ignored') counts.ignored++;
      if (decoded.kind === 'unknown') {
        counts.unknown++;
        const seen = unknown.get(frame.event);
        if (seen !== undefined || unknown.size < UNKNOWN_EVENTS_MAX) unknown.set(frame.event, (seen ?? 0) + 1);
      }
      return decoded.event ? applyDecoded(decoded.event, frame) : [];
    },
    takeUnreadable({ at, reason, text }) {
      counts.frames++;
      deadLetter({ at, event: 'unreadable', reason, part: text });
    },
    state: () => state,
    counts: () => counts,
    unknownEvents: () => unknown,
  };
}

/** What makes a trade or a bet the same one; frames are recognised by the reducer. */
function repeatKey(event: FeedEvent): string | null {
  switch (event.type) {
    case 'trade':
      return `t ${event.trade.id}`;
    case 'side-bet':
      return `s ${event.sideBet.gameId} ${event.sideBet.playerId} ${event.sideBet.startTick}`;
    case 'game-state':
      return null;
  }
}
