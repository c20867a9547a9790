// A game's row from the events of its stream: each is the fact it was told as, and merged by the writer's own rules. Pure;
// called by the projection `games`, by time travel, and by the tests that hold the two together.
import type { StoredEvent } from '@/lib/event-log/event';
import type { GameEventPayloads, GameEventType, PathSeal } from '@/lib/event-log/game-event';
import { gameId, type GameId } from '@/lib/units/game-id';
import { mergeGame, type FinishedFact } from '@/server/store/merge-game';
import type { GameRow } from '@/server/store/rows';

const STREAM_KIND = 'game:';

export function foldGame(events: readonly StoredEvent[], before: GameRow | null = null): GameRow | null {
  return events.reduce(applyEvent, before);
}

export function gameOfStream(stream: string): GameId {
  return gameId(stream.slice(STREAM_KIND.length));
}

/** Events that say nothing of the row leave it as it is; those of other versions of Fortytick too. */
function applyEvent(row: GameRow | null, event: StoredEvent): GameRow | null {
  const id = gameOfStream(event.stream);
  const { occurredAt: at } = event;
  switch (event.type as GameEventType) {
    case 'announced': {
      const { serverSeedHash = null, version = null, phase, ...played } = read(event, 'announced');
      const next = mergeGame(row, { type: 'game-announced', gameId: id, at, serverSeedHash, version, ...played });
      return phase ? mergeGame(next, { type: 'phase', gameId: id, phase, at }) : next;
    }
    case 'phase-changed': {
      const { phase, source } = read(event, 'phase-changed');
      return mergeGame(row, { type: 'phase', gameId: id, at, phase, ...(source && { source }) });
    }
    case 'rugged': {
      const { phase, ...told } = read(event, 'rugged');
      const next = mergeGame(row, { type: 'game-rugged', gameId: id, at, ...told });
      return phase ? mergeGame(next, { type: 'phase', gameId: id, phase, at }) : next;
    }
    case 'finished': {
      const payload = read(event, 'finished');
      return withSeal(mergeGame(row, { ...toFinishedFact(id, payload), at }), payload);
    }
    case 'stretch-repaired':
      return row && withSeal(row, read(event, 'stretch-repaired'));
    case 'adopted':
      return read(event, 'adopted').row as unknown as GameRow;
    default:
      return row;
  }
}

function read<T extends GameEventType>(event: StoredEvent, _type: T): GameEventPayloads[T] {
  return JSON.parse(event.payload) as GameEventPayloads[T];
}

function withSeal(row: GameRow, { complete }: PathSeal): GameRow {
  return complete === undefined ? row : { ...row, complete };
}

/** What the merge looks at; path and bets are in their own tables. */
function toFinishedFact(id: GameId, payload: GameEventPayloads['finished']): Omit<FinishedFact, 'at'> {
  const { rugTick, endedAt, peak, verification: status, source } = payload;
  const { version = null, serverSeed = null, serverSeedHash = null } = payload;
  const verified = status === 'verified';
  return {
    type: 'game-finished',
    game: { gameId: id, endedAt, prices: [], peak, version, serverSeed, serverSeedHash, sideBets: [] },
    rugTick,
    verification: {
      status,
      hashOk: verified,
      pathOk: verified,
      peakOk: verified,
      rugTick,
      peak,
      maxDifference: verified ? 0 : Infinity,
    },
    commitmentKept: payload.commitmentKept ?? null,
    watched: true,
    ticksRepaired: payload.ticksRepaired ?? 0,
    ticksCorrected: payload.ticksCorrected ?? 0,
    ...(source && { source }),
  };
}
