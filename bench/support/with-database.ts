// A PostgreSQL of its own for one benchmark, in a temporary folder, stopped and removed afterwards whatever happened.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';
import { migrateDatabase } from '@/db/migrate';

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** `work` gets the migrated database and the folder; `fsync` off only where nothing about durability or speed is measured. */
export async function withDatabase<T>(
  work: (place: { databaseUrl: string; folder: string }) => Promise<T>,
  { fsync = 'on' }: { fsync?: 'on' | 'off' } = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-bench-'));
  const lock = acquireDataDirLock(folder);
  try {
    const database = await startEmbedded({ lock, log: SILENT, settings: { fsync } });
    try {
      await migrateDatabase({ databaseUrl: database.databaseUrl });
      return await work({ databaseUrl: database.databaseUrl, folder });
    } finally {
      await database.stop();
    }
  } finally {
    lock.release();
    await rm(folder, { recursive: true, force: true });
  }
}
