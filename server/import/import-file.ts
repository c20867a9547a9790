// Imports one file of any of the formats, with account of every line: how many games it brought, what could not be used and
// where it was cut. Called by the import command, which tells it to a person.
import type { GameFact } from '@/lib/game/events';
import { epochMs, type Clock, type EpochMs } from '@/lib/units/time';
import { createIngest } from '@/server/ingest/ingest';
import { createGamesImport, nextTurn, type GamesTally } from '@/server/import/import-games';
import type { LineFormat, RecordedLine } from '@/server/import/parse-recorded-line';
import { playCapture } from '@/server/import/play-capture';
import { readRecordedFile } from '@/server/import/read-recorded-file';
import { createTakeDown } from '@/server/import/take-down';
import type { PostgresStore } from '@/server/store/create-store';

export type FileReport = GamesTally & {
  readonly file: string;
  readonly format: LineFormat;
  /** Finished games in the file. */
  readonly games: number;
  readonly predictions: number;
  /** Lines that could not be used, and parts of games that could not although the game could. */
  readonly refused: number;
  /** The first of them. */
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
  /** The line at which the file was cut; null for a whole file. */
  readonly cutAtLine: number | null;
};

export type ImportContext = {
  readonly store: Pick<
    PostgresStore,
    'write' | 'writePrediction' | 'writeRecommendation' | 'writeDeadLetter' | 'ready'
  >;
  readonly clock: Clock;
  /** Ids of the finished games on record; those imported are added. */
  readonly known: Set<string>;
  readonly signal: AbortSignal;
  /** Games taken so far from this file. */
  readonly onProgress: (games: number) => void;
};

/** Games held in memory to put them in the order of time; about 30 MB. A larger file is put in order piece by piece. */
const SORTED_GAMES_MAX = 5_000;
const REFUSALS_MAX = 20;
/** Frames between two turns of the event loop, in which a stop can be heard. */
const FRAMES_PER_TURN = 200;

export async function importFile(file: string, format: LineFormat, context: ImportContext): Promise<FileReport> {
  return format === 'capture' ? importCapture(file, context) : importRecorded(file, format, context);
}

async function importRecorded(file: string, format: LineFormat, context: ImportContext): Promise<FileReport> {
  const { signal, onProgress } = context;
  const games = createGamesImport(context);
  const tally = emptyTally();
  const account = createAccount();
  let waiting: RecordedLine[] = [];
  const settle = async () => {
    const lines = waiting;
    waiting = [];
    await games.take(lines, { tally, signal, onGame: () => onProgress(tally.new + tally.known) });
  };
  for await (const entry of readRecordedFile(file)) {
    if (signal.aborted) break;
    if (!entry.ok) {
      account.refuse(entry);
      continue;
    }
    const { line, value } = entry;
    for (const reason of value.refusedParts) account.refuse({ line, reason, cut: false });
    waiting.push(value);
    if (waiting.length >= SORTED_GAMES_MAX) await settle();
  }
  await settle();
  return { file, format, ...toTotals(tally), predictions: games.predictions(), ...account.report() };
}

/** Frames go through the same ingest and core as live ones; what is said of them is said afterwards, and so recorded. */
async function importCapture(file: string, { store, known, signal, onProgress }: ImportContext): Promise<FileReport> {
  const tally = emptyTally();
  const account = createAccount();
  let now: EpochMs = epochMs(0);
  const takeDown = createTakeDown({ store, origin: 'replay', now: () => now });
  const ingest = createIngest({
    onFact(fact) {
      if (fact.type === 'game-finished') countFinished(fact, { tally, known });
      takeDown.keep(fact);
    },
    onDeadLetter: (letter) => store.writeDeadLetter(letter),
  });
  let frames = 0;
  const played = await playCapture({
    file,
    ingest,
    signal,
    async ready() {
      if (frames++ % FRAMES_PER_TURN === 0) await nextTurn();
      await store.ready();
    },
    onFrame(frame) {
      now = frame.receivedAt;
      onProgress(tally.new + tally.known);
    },
  });
  for (const { line, reason } of played.unusable) account.refuse({ line, reason, cut: line === played.cutAtLine });
  return { file, format: 'capture', ...toTotals(tally), predictions: takeDown.predictions(), ...account.report() };
}

type FinishedFact = Extract<GameFact, { type: 'game-finished' }>;

/** A repeat in the history, or a better copy of a game that is on record, is no further game. */
function countFinished({ game }: FinishedFact, { tally, known }: { tally: GamesTally; known: Set<string> }): void {
  tally[known.has(game.gameId) ? 'known' : 'new']++;
  if (game.prices.includes(null)) tally.incomplete++;
  known.add(game.gameId);
}

function emptyTally(): GamesTally {
  return { new: 0, known: 0, incomplete: 0, outOfOrder: 0 };
}

function toTotals(tally: GamesTally): GamesTally & { games: number } {
  return { games: tally.new + tally.known, ...tally };
}

/** What could not be used: the first by line, all by number. */
function createAccount() {
  const refusals: { line: number; reason: string }[] = [];
  let refused = 0;
  let cutAtLine: number | null = null;
  return {
    refuse({ line, reason, cut }: { line: number; reason: string; cut: boolean }) {
      refused++;
      if (refusals.length < REFUSALS_MAX) refusals.push({ line, reason });
      if (cut) cutAtLine = line;
    },
    report: () => ({ refused, refusals, cutAtLine }),
  };
}
