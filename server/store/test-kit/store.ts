// A store on a test's database, with a folder of its own, and what its log said.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { epochMs } from '@/lib/units/time';
import type { GamesHistory } from '@/server/history/games-history';
import { openHistory } from '@/server/history/open-history';
import { createStore, type PostgresStore, type StoreOptions } from '@/server/store/create-store';

export type TestStore = PostgresStore & {
  /** Read back over connections of their own. */
  readonly games: GamesHistory;
  readonly dataDir: string;
  readonly logged: readonly string[];
  /** Resolves as soon as it holds, looked at after every change of the store. */
  until(condition: (store: PostgresStore) => boolean): Promise<void>;
};

export async function openTestStore(
  options: Pick<StoreOptions, 'databaseUrl'> & Partial<StoreOptions>,
): Promise<TestStore> {
  const dataDir = options.dataDir ?? (await createTestFolder());
  const logged: string[] = [];
  const note = (_details: object, message: string) => void logged.push(message);
  let onChange = () => {};
  const store = await createStore({
    clock: () => epochMs(1_767_225_600_000),
    log: { debug: () => {}, info: note, warn: note, error: note },
    // The retry's pace is not what is tested.
    random: () => 0.1,
    onChange: () => onChange(),
    ...options,
    dataDir,
  });
  const history = openHistory({ databaseUrl: options.databaseUrl });
  onTestFinished(async () => {
    await history.end();
    await store.stop();
  });
  return {
    ...store,
    games: history.games,
    dataDir,
    logged,
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => condition(store) && resolve();
        onChange = look;
        look();
      }),
  };
}

export async function createTestFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
