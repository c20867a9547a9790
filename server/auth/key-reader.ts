// Reads keys by the hash of their text, those that are asked for while one reading is under way in the next one together:
// hundreds of programs at once then wait for one answer of the record, and not for one another's.
import type { ApiKey } from '@/server/auth/key-rows';
import { readKeysByHash } from '@/server/auth/key-rows';
import type { RecordDatabase } from '@/server/store/record-database';

const BATCH_MAX = 500;
/** Ten statements' worth; one more is refused at once. */
const WAITING_MAX = 5_000;

type Asked = {
  readonly hash: string;
  readonly resolve: (key: ApiKey | null) => void;
  readonly reject: (error: unknown) => void;
};

export function createKeyReader(reading: Pick<RecordDatabase, 'use'>): (hash: string) => Promise<ApiKey | null> {
  let waiting: Asked[] = [];
  let isReading = false;

  async function work(): Promise<void> {
    isReading = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_MAX);
      waiting = waiting.slice(BATCH_MAX);
      try {
        const keys = await reading.use((sql) => readKeysByHash(sql, [...new Set(batch.map(({ hash }) => hash))]));
        for (const { hash, resolve } of batch) resolve(keys.get(hash) ?? null);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isReading = false;
  }

  return (hash) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= WAITING_MAX) return reject(new Error(`${WAITING_MAX} requests wait for their key already`));
      waiting.push({ hash, resolve, reject });
      if (!isReading) void work();
    });
}
