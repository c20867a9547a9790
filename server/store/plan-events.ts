// Which events a batch leads to: for each game the facts that changed its row, in their order, the seal of its path where
// that became final or changed, and nothing for what was known already. A batch written again changes no row and so adds
// no event. Pure; write-events appends them, in the batch's transaction.
import type { GameEvent, GameEventPayloads, PathSeal } from '@/lib/event-log/game-event';
import { digestPath } from '@/lib/event-log/path-digest';
import type { Sha256 } from '@/lib/event-log/sha256';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import { cleanText } from '@/server/store/clean-text';
import { mergeGame, type FinishedFact, type GameRowFact } from '@/server/store/merge-game';
import type { BatchPlan, SortedFacts } from '@/server/store/plan-batch';
import type { PathRow } from '@/server/store/plan-path';
import type { GameRow } from '@/server/store/rows';

export type GameEvents = { readonly gameId: GameId; readonly before: GameRow | null; readonly events: GameEvent[] };

/** Of a path patched together from many pieces only the first stretches are named. */
const STRETCHES_MAX = 12;

export function planEvents({
  facts,
  known,
  plan,
  recordedAt,
  sha256,
}: {
  facts: SortedFacts;
  known: ReadonlyMap<GameId, GameRow>;
  plan: Pick<BatchPlan, 'games' | 'paths'>;
  /** For what has no time of its own. */
  recordedAt: EpochMs;
  sha256: Sha256;
}): GameEvents[] {
  const rows = new Map(plan.games.map((row) => [row.gameId, row]));
  const paths = new Map(plan.paths.map(({ path }) => [path.gameId, path]));
  const changed = new Set([...rows.keys(), ...paths.keys()]);
  return [...changed].map((gameId) => {
    const before = known.get(gameId) ?? null;
    const after = rows.get(gameId) ?? before!;
    const path = paths.get(gameId);
    const told = foldFacts(before, facts.games.get(gameId) ?? []);
    const isComplete = told.row?.complete ?? false;
    const seal: PathSeal = {
      ...(path && sealPath(path, sha256)),
      ...(after.complete !== isComplete && { complete: after.complete }),
    };
    return { gameId, before, events: addSeal(told.events, { seal, recordedAt }) };
  });
}

/** The events whose folding takes the row where the facts did. */
function foldFacts(
  before: GameRow | null,
  facts: readonly GameRowFact[],
): { row: GameRow | null; events: GameEvent[] } {
  let row = before;
  const events: GameEvent[] = [];
  for (const fact of facts) {
    const next = mergeGame(row, fact);
    if (row === null || !isSameRow(row, next)) {
      const isNewSource = next.source === 'simulator' && row?.source !== 'simulator';
      addEvent(events, isNewSource ? withSource(toEvent(fact, row)) : toEvent(fact, row));
    }
    row = next;
  }
  return { row, events };
}

function toEvent(fact: GameRowFact, known: GameRow | null): GameEvent {
  const occurredAt = fact.at;
  switch (fact.type) {
    case 'game-announced': {
      const { serverSeedHash: hash, version } = fact;
      const payload = {
        ...(hash !== null && { serverSeedHash: cleanText(hash) }),
        ...(version !== null && { version: cleanText(version) }),
      };
      return { type: 'announced', payload, occurredAt };
    }
    case 'phase':
      return { type: 'phase-changed', payload: { phase: fact.phase }, occurredAt };
    case 'game-rugged':
      return { type: 'rugged', payload: { rugTick: fact.rugTick }, occurredAt };
    case 'game-finished':
      return { type: 'finished', payload: toFinished(fact, known), occurredAt };
  }
}

/** Version and hash are those announced, unless they are not: the merge takes the known ones for what is left out. */
function toFinished(fact: FinishedFact, known: GameRow | null): GameEventPayloads['finished'] {
  const { game, rugTick, verification, commitmentKept, ticksRepaired, ticksCorrected } = fact;
  const version = game.version === null ? null : cleanText(game.version);
  const hash = game.serverSeedHash;
  return {
    rugTick,
    endedAt: game.endedAt,
    peak: verification.peak,
    ...(version !== null && version !== known?.version && { version }),
    ...(game.serverSeed !== null && { serverSeed: cleanText(game.serverSeed) }),
    ...(hash !== null && hash !== known?.serverSeedHash && { serverSeedHash: hash }),
    verification: verification.status,
    ...(commitmentKept !== null && { commitmentKept }),
    ...(ticksRepaired > 0 && { ticksRepaired }),
    ...(ticksCorrected > 0 && { ticksCorrected }),
  };
}

function withSource(event: GameEvent): GameEvent {
  return { ...event, payload: { ...event.payload, source: 'simulator' } } as GameEvent;
}

/** A phase that came with an announcement or a rug is told in their event: they touch different columns. */
function addEvent(events: GameEvent[], event: GameEvent): void {
  const last = events.at(-1);
  const [phase, other] = event.type === 'phase-changed' ? [event, last] : [last, event];
  const fits =
    phase?.type === 'phase-changed' &&
    (other?.type === 'announced' || other?.type === 'rugged') &&
    other.payload.phase === undefined &&
    phase.occurredAt === other.occurredAt;
  if (!fits) events.push(event);
  else events[events.length - 1] = { ...other, payload: { ...phase.payload, ...other.payload } } as GameEvent;
}

function sealPath({ prices, sources }: PathRow, sha256: Sha256): PathSeal {
  const repaired = toRepaired(sources);
  return { path: digestPath(prices, sha256), ...(repaired && { repaired }) };
}

function toRepaired(sources: string): string | null {
  const stretches = sources.split(' ').filter((stretch) => stretch !== '' && !stretch.startsWith('frame:'));
  if (stretches.length === 0) return null;
  const left = stretches.length - STRETCHES_MAX;
  return [...stretches.slice(0, STRETCHES_MAX), ...(left > 0 ? [`and ${left} more`] : [])].join(' ');
}

/** In the event that made the path final, else in one of its own. */
function addSeal(events: GameEvent[], { seal, recordedAt }: { seal: PathSeal; recordedAt: EpochMs }): GameEvent[] {
  if (Object.keys(seal).length === 0) return events;
  const i = events.findLastIndex(({ type }) => type === 'finished');
  if (i < 0) return [...events, { type: 'stretch-repaired', payload: seal, occurredAt: recordedAt }];
  const finished = events[i] as Extract<GameEvent, { type: 'finished' }>;
  return events.with(i, { ...finished, payload: { ...finished.payload, ...seal } });
}

function isSameRow(before: GameRow, after: GameRow): boolean {
  return (Object.keys(after) as (keyof GameRow)[]).every((key) => before[key] === after[key]);
}
