// What models and evidence have learnt, kept beside the database so that a restart forgets nothing and counts no game
// twice. It can be lost: learning then starts over. One file per kind of game, since what simulated games teach says
// nothing of real ones. Written whole, to a temporary file first, never more than one write at a time.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GameId } from '@/lib/units/game-id';
import type { Log } from '@/server/ops/log';

export type LearnedFile = {
  /** What was kept, or null: nothing yet, unreadable, or of another format. */
  readonly saved: Learned | null;
  isUnseen(gameId: GameId): boolean;
  /** Marks a game as learnt and writes soon; returns at once. */
  learnt(gameId: GameId, serialize: () => unknown): void;
  /** Resolves when everything marked so far is on disk. */
  flush(): Promise<void>;
};

export type Learned = { readonly format: number; readonly games: readonly string[]; readonly state: unknown };

/** Raised whenever the state's shape changes; an older file is then left alone and learning starts over. */
const FORMAT = 1;
/** The feed's history repeats ten games; a few hundred cover any reconnection. */
const GAMES_REMEMBERED = 1_000;

export async function openLearnedFile({
  dataDir,
  kind,
  log,
}: {
  dataDir: string;
  /** For instance `live` or `simulator-0.005`. */
  kind: string;
  log: Log;
}): Promise<LearnedFile> {
  const folder = join(dataDir, 'learned');
  const file = join(folder, `${kind}.json`);
  await mkdir(folder, { recursive: true });
  const saved = await readSaved(file, log);
  const games = new Set<string>(saved?.games ?? []);
  let pending: (() => unknown) | null = null;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (pending) {
      const state = pending();
      pending = null;
      const content: Learned = { format: FORMAT, games: [...games], state };
      try {
        await writeFile(`${file}.tmp`, JSON.stringify(content));
        await rename(`${file}.tmp`, file);
      } catch (error) {
        log.warn({ error: String(error), file }, 'what was learnt could not be kept');
      }
    }
    writing = null;
  }

  return {
    saved,
    isUnseen: (gameId) => !games.has(gameId),
    learnt(gameId, serialize) {
      games.add(gameId);
      if (games.size > GAMES_REMEMBERED) games.delete(games.values().next().value!);
      pending = serialize;
      writing ??= Promise.resolve().then(writeAll);
    },
    flush: async () => {
      await writing;
    },
  };
}

async function readSaved(file: string, log: Log): Promise<Learned | null> {
  try {
    const content = JSON.parse(await readFile(file, 'utf8')) as Learned;
    if (content.format === FORMAT && Array.isArray(content.games)) return content;
    log.warn({ file }, 'what was learnt has another format; starting over');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn({ file, error: String(error) }, 'starting over');
  }
  return null;
}
