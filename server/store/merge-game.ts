// What a fact adds to a game's row. Facts may come late, twice and in any order, and give the same row: times keep the
// earliest, phases and rugs the newest, and what the history has confirmed is never changed by what was seen live. Pure.
import type { GameFact } from '@/lib/game/events';
import { PHASE_ORDER } from '@/lib/game/rules';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import { cleanText } from '@/server/store/clean-text';
import { earlier, type GameRow } from '@/server/store/rows';
import type { GameSource } from '@/lib/game/game-source';

type FactOf<T extends GameFact['type']> = Extract<GameFact, { type: T }>;
type Sourced<T> = T & { readonly source?: GameSource };
export type FinishedFact = Sourced<FactOf<'game-finished'>>;
/** The facts that say something of the game itself. */
export type GameRowFact = Sourced<FactOf<'game-announced' | 'phase' | 'game-rugged' | 'game-finished'>>;

/** A copy that verifies beats one that nothing can be said of, and that beats one that fails: it may be damaged. */
const VERIFICATION_RANK = { verified: 2, unverifiable: 1, failed: 0 } as const;

export function mergeGame(row: GameRow | null, fact: GameRowFact): GameRow {
  const before = row ?? emptyGame(fact.type === 'game-finished' ? fact.game.gameId : fact.gameId);
  // Told to be simulated by anybody, it is: no real game is ever simulated.
  const known = fact.source === 'simulator' ? { ...before, source: fact.source } : before;
  switch (fact.type) {
    case 'game-announced':
      return mergeAnnounced(known, fact);
    case 'phase':
      return mergePhase(known, fact);
    case 'game-rugged':
      return mergeRugged(known, fact);
    case 'game-finished':
      return mergeFinished(known, fact);
  }
}

/** Whether the history's copy is the first, or better than the one on record. */
export function isBetterCopy(row: GameRow | null, fact: FinishedFact): boolean {
  if (row === null || row.verification === null) return true;
  return VERIFICATION_RANK[fact.verification.status] > VERIFICATION_RANK[row.verification];
}

/** What lists are ordered by: the end, else the latest thing known to have come before it. */
export function listedAt(row: GameRow): EpochMs {
  const at = row.endedAt ?? (row.phase === 'rugged' ? row.ruggedAt : null) ?? row.startedAt ?? row.announcedAt;
  return (at ?? row.phaseAt ?? row.ruggedAt)!;
}

function emptyGame(gameId: GameId): GameRow {
  return {
    gameId,
    phase: 'cooldown',
    phaseAt: null,
    serverSeedHash: null,
    serverSeed: null,
    version: null,
    announcedAt: null,
    startedAt: null,
    ruggedAt: null,
    endedAt: null,
    confirmedAt: null,
    rugTick: null,
    peak: null,
    verification: null,
    commitmentKept: null,
    complete: false,
    ticksRepaired: 0,
    ticksCorrected: 0,
    source: 'live',
  };
}

function mergeAnnounced(row: GameRow, fact: FactOf<'game-announced'>): GameRow {
  const announcedAt = earlier(row.announcedAt, fact.at);
  if (row.confirmedAt !== null) return { ...row, announcedAt };
  return {
    ...row,
    announcedAt,
    serverSeedHash: settle(row.serverSeedHash, fact.serverSeedHash),
    version: settle(row.version, fact.version),
  };
}

/** Two announcements that differ cannot be judged before the history does; any fixed choice will do, in any order. */
function settle(known: string | null, told: string | null): string | null {
  const text = told === null ? null : cleanText(told);
  if (known === null || text === null) return known ?? text;
  return text < known ? text : known;
}

function mergePhase(row: GameRow, fact: FactOf<'phase'>): GameRow {
  const startedAt = fact.phase === 'active' ? earlier(row.startedAt, fact.at) : row.startedAt;
  if (row.confirmedAt !== null) return { ...row, startedAt, phaseAt: later(row.phaseAt, fact.at) };
  const isNewer =
    row.phaseAt === null ||
    fact.at > row.phaseAt ||
    (fact.at === row.phaseAt && PHASE_ORDER[fact.phase] > PHASE_ORDER[row.phase]);
  return isNewer ? { ...row, startedAt, phase: fact.phase, phaseAt: fact.at } : { ...row, startedAt };
}

/** One frame may claim a rug that the next deny; the newest claim counts, and only while the phase says so. */
function mergeRugged(row: GameRow, fact: FactOf<'game-rugged'>): GameRow {
  const isNewer =
    row.ruggedAt === null ||
    fact.at > row.ruggedAt ||
    (fact.at === row.ruggedAt && row.confirmedAt === null && fact.rugTick > (row.rugTick ?? -1));
  if (!isNewer) return row;
  return { ...row, ruggedAt: fact.at, rugTick: row.confirmedAt === null ? fact.rugTick : row.rugTick };
}

function mergeFinished(row: GameRow, fact: FinishedFact): GameRow {
  const counted = mergeCounts(row, fact);
  const confirmedAt = earlier(row.confirmedAt, fact.at)!;
  if (!isBetterCopy(row, fact)) {
    const kept = row.commitmentKept || fact.commitmentKept;
    return { ...row, ...counted, confirmedAt, commitmentKept: kept ?? row.commitmentKept ?? fact.commitmentKept };
  }
  const { game, verification } = fact;
  return {
    ...row,
    ...counted,
    phase: 'rugged',
    serverSeedHash: game.serverSeedHash ?? row.serverSeedHash,
    serverSeed: game.serverSeed === null ? null : cleanText(game.serverSeed),
    version: game.version === null ? row.version : cleanText(game.version),
    endedAt: game.endedAt,
    confirmedAt,
    rugTick: fact.rugTick,
    peak: verification.peak,
    verification: verification.status,
    // True once is true for good: the hash was shown before the game, and that is the promise.
    commitmentKept: fact.commitmentKept ?? row.commitmentKept,
    complete: false,
  };
}

/** The copy of whoever watched the game counts; a restart that meets the game again in the history saw none of it. */
function mergeCounts(row: GameRow, fact: FinishedFact): Pick<GameRow, 'ticksRepaired' | 'ticksCorrected'> {
  const known = { ticksRepaired: row.ticksRepaired, ticksCorrected: row.ticksCorrected };
  const told = { ticksRepaired: fact.ticksRepaired, ticksCorrected: fact.ticksCorrected };
  if (row.confirmedAt === null || told.ticksRepaired < known.ticksRepaired) return told;
  if (told.ticksRepaired > known.ticksRepaired) return known;
  return told.ticksCorrected > known.ticksCorrected ? told : known;
}

function later(a: EpochMs | null, b: EpochMs): EpochMs {
  return a === null || b > a ? b : a;
}
