// A database connection and an archive that die together at a given step, before it is done or right after: what a kill of
// the process leaves behind. Every statement and every call of the archive is a step.
import { connectRaw, type RawSql } from '@/db/connect';
import type { Archive } from '@/server/archive/archive';

export type Death = { readonly atStep: number; readonly after: boolean };

export type Mortal = {
  readonly database: { use<T>(work: (sql: RawSql) => Promise<T>): Promise<T> };
  readonly archive: Archive;
  /** Steps taken; more than the death's means that it was over before. */
  steps(): number;
  died(): boolean;
  /** Resolves when the server has noticed: nothing of the dead is left, no transaction and no lock. */
  bury(): Promise<void>;
};

export class Killed extends Error {}

/** Nobody awaits a statement that is used in another way, such as through a cursor; that fails by itself. */
function failing(promise: Promise<never>) {
  promise.catch(() => {});
  return Object.assign(promise, { execute: () => promise });
}

export async function createMortal({
  databaseUrl,
  archive,
  death,
}: {
  databaseUrl: string;
  archive: Archive;
  death: Death | null;
}): Promise<Mortal> {
  const connection = connectRaw({ databaseUrl, statementLimitMs: 20_000 });
  const [own] = await connection.sql`select pg_backend_pid() as pid`;
  let steps = 0;
  let dead = false;

  /** True when this step is the last, and done. */
  function step(): boolean {
    if (dead) throw new Killed('dead already');
    steps++;
    if (death === null || steps !== death.atStep) return false;
    dead = true;
    if (!death.after) throw new Killed(`killed before step ${steps}`);
    return true;
  }

  async function take<T>(work: () => Promise<T>): Promise<T> {
    const isLast = step();
    const result = await work();
    if (isLast) throw new Killed(`killed after step ${steps}`);
    return result;
  }

  /** As postgres.js does, a statement fails when it is awaited, not when it is written down. */
  function query(call: () => unknown): unknown {
    try {
      if (!step()) return call();
    } catch (error) {
      return failing(Promise.reject(error));
    }
    return failing(
      Promise.resolve(call()).then(() => {
        throw new Killed(`killed after step ${steps}`);
      }),
    );
  }

  const sql = new Proxy(connection.sql, {
    apply: (target, self, args) => query(() => Reflect.apply(target, self, args)),
    get: (target, name) =>
      name === 'unsafe' ? (...args: [string]) => query(() => target.unsafe(...args)) : Reflect.get(target, name),
  });

  return {
    database: { use: (work) => work(sql) },
    archive: {
      put: (name, content) => take(() => archive.put(name, content)),
      exists: (name) => take(() => archive.exists(name)),
      open(name) {
        step();
        return archive.open(name);
      },
    },
    steps: () => steps,
    died: () => dead,
    async bury() {
      await connection.destroy();
      const undertaker = connectRaw({ databaseUrl, statementLimitMs: 20_000 });
      try {
        await undertaker.sql`select pg_terminate_backend(${own!.pid}, 10000)`;
      } finally {
        await undertaker.destroy();
      }
    },
  };
}
