import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRaw } from '@/db/connect';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';
import type { GameFact } from '@/lib/game/events';
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { StartError } from '@/server/ops/start-error';
import { openRecord } from '@/server/store/open-record';
import { createTestFolder } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase({ migrated: false });
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const id = gameId('20260505-0000000000000001');
const fact: GameFact = { type: 'phase', gameId: id, phase: 'active', at: epochMs(1) };

async function open({ folder, url, shared }: { folder: string; url?: string; shared?: boolean }) {
  const config = { DATA_DIR: folder, DATABASE_URL: url };
  const record = await openRecord({ config, log: silent, shared });
  onTestFinished(() => record.stop());
  return record;
}

describe('the record', () => {
  it('is ready to be read and written at once, and its folder free again after', async () => {
    const folder = await createTestFolder();
    const record = await open({ folder, url: database().databaseUrl });
    expect(await record.history.games.getGame(id)).toBeNull();
    record.store.write(fact);
    await record.store.flush();
    expect(await record.history.games.getGame(id)).toMatchObject({ game: { gameId: id, startedAt: 1 } });
    await record.stop();
    expect(await readdir(folder)).toEqual(['spool']);
  });

  it('in a folder that is in use is refused, or shared by who asks for that', async () => {
    const folder = await createTestFolder();
    const url = database().databaseUrl;
    await open({ folder, url });
    await expect(open({ folder, url })).rejects.toThrow(StartError);
    await expect(open({ folder, url })).rejects.toThrow('is in use by process');
    const guest = await open({ folder, url, shared: true });
    guest.store.write({ ...fact, at: epochMs(0) });
    await guest.store.flush();
    await guest.stop();
    expect(await readdir(folder)).toContain('lock');
  });

  it('of a database that cannot be used is refused with what the database says', async () => {
    const folder = await createTestFolder();
    const wrong = Object.assign(new URL(database().databaseUrl), { password: 'wrong' }).href;
    await expect(open({ folder, url: wrong })).rejects.toThrow(/cannot be used: 28P01: password authentication failed/);
    const missing = Object.assign(new URL(database().databaseUrl), { pathname: 'nowhere' }).href;
    await expect(open({ folder, url: missing })).rejects.toThrow(/database "nowhere" does not exist/);
    acquireDataDirLock(folder).release();
  });

  it('of a database that is away opens all the same, behind', async () => {
    const folder = await createTestFolder();
    const record = await open({ folder, url: `postgres://nobody@127.0.0.1:${await closedPort()}/nothing` });
    record.store.write(fact);
    await record.stop();
    // What was taken waits in the spool for the next start.
    const next = await open({ folder, url: database().databaseUrl });
    await next.store.flush();
    const { sql, destroy } = connectRaw({ databaseUrl: database().databaseUrl, statementLimitMs: 10_000 });
    onTestFinished(destroy);
    expect(await sql`select 1 from games where game_id = ${id}`).toHaveLength(1);
  });
});

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
