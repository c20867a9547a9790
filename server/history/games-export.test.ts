import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exportGames } from '@/server/history/export-games';
import { createGamesExports } from '@/server/history/games-export';
import { EXPORT_APPLICATION } from '@/server/history/row-cursor';
import { EXPORTS_MAX } from '@/server/history/row-exports';
import { HISTORY_START, historyGameId, insertGames } from '@/server/history/test-kit/history-games';
import { useTestDatabase } from '@/server/test-kit/postgres';
import { beforeAll } from 'vitest';

const database = useTestDatabase();
/** Several batches. */
const GAMES = 1_750;

beforeAll(async () => {
  const games = Array.from({ length: GAMES }, (_, n) => ({
    gameId: historyGameId(n),
    source: 'live' as const,
    endedAt: HISTORY_START + n * 1_000,
    prices: [1, 1.25, 0.02],
    verification: n % 10 === 0 ? ('failed' as const) : ('verified' as const),
    complete: true,
  }));
  await insertGames(database().sql, games);
});

function open(query = '', { stallLimitMs, signal }: { stallLimitMs?: number; signal?: AbortSignal } = {}) {
  const exports = createGamesExports({ databaseUrl: database().databaseUrl, stallLimitMs });
  onTestFinished(() => exports.end());
  const ask = () => exportGames({ exports, source: 'live', query: new URLSearchParams(query), signal });
  return { exports, ask };
}

async function openBody(query?: string, options?: Parameters<typeof open>[1]) {
  const { ask, exports } = open(query, options);
  const answer = await ask();
  if (!answer.ok) throw new Error(answer.error.detail);
  return { exports, response: answer.value, reader: answer.value.body!.getReader() };
}

async function countConnections(): Promise<number> {
  const [row] = await database().sql`
    select count(*)::integer as count from pg_stat_activity
    where application_name = ${EXPORT_APPLICATION} and datname = current_database()`;
  return row!.count as number;
}

const freed = () => vi.waitFor(async () => expect(await countConnections()).toBe(0), { timeout: 5_000, interval: 20 });

describe('an export of games', () => {
  it('as CSV is every game once under one head, newest first, harmless to a spreadsheet', async () => {
    const { ask } = open('format=csv');
    const answer = await ask();
    const response = answer.ok ? answer.value : null;
    expect(response!.headers.get('content-type')).toContain('text/csv');
    const lines = (await response!.text()).split('\r\n');
    expect(lines[0]).toMatch(/^gameId,source,phase,/);
    expect(lines.at(-1)).toBe('');
    const rows = lines.slice(1, -1).map((line) => line.split(','));
    expect(rows.map(([id]) => id)).toEqual(Array.from({ length: GAMES }, (_, n) => historyGameId(GAMES - 1 - n)));
    expect(rows[0]!.at(-1)).toBe("'=seed");
    await freed();
  });

  it('as JSON lines keeps to the filter', async () => {
    const { ask } = open('format=jsonl&verified=false&lengthMin=2');
    const answer = await ask();
    const text = answer.ok ? await answer.value.text() : '';
    const games = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(games).toHaveLength(GAMES / 10);
    expect(games[0]).toMatchObject({ verification: 'failed', rugTick: 2, serverSeed: '=seed', peak: 1.25 });
  });

  it('of nothing is a head alone', async () => {
    const { ask } = open('lengthMin=4000');
    const answer = await ask();
    expect(answer.ok && (await answer.value.text()).split('\r\n')).toHaveLength(2);
  });

  it('fetches no further than the client has taken, and gives its connection back when the client leaves', async () => {
    const { exports, reader } = await openBody();
    expect((await reader.read()).done).toBe(false);
    expect(await countConnections()).toBe(1);
    expect(exports.running()).toBe(1);
    await reader.cancel();
    expect(exports.running()).toBe(0);
    await freed();
  });

  it('ends when the request is given up before anything was read', async () => {
    const request = new AbortController();
    const { exports, reader } = await openBody('', { signal: request.signal });
    request.abort();
    await expect(reader.read()).rejects.toThrow('left');
    expect(exports.running()).toBe(0);
    await freed();
  });

  it('is broken off when the client takes nothing for too long', async () => {
    const { reader } = await openBody('', { stallLimitMs: 40 });
    await freed();
    await expect(reader.read().then(() => reader.read())).rejects.toThrow('takes nothing');
  });

  it('breaks off, and does not end as if it were whole, when the database goes', async () => {
    const { reader, exports } = await openBody();
    await reader.read();
    await database().sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${EXPORT_APPLICATION} and datname = current_database()`;
    await expect(drain(reader)).rejects.toThrow();
    expect(exports.running()).toBe(0);
  });

  it('has to wait while as many as may are running', async () => {
    const { ask, exports } = open();
    const running = await Promise.all(Array.from({ length: EXPORTS_MAX }, ask));
    expect(await ask()).toMatchObject({ ok: false, error: { status: 503, title: 'Too many exports' } });
    await Promise.all(running.map((answer) => answer.ok && answer.value.body!.cancel()));
    expect(exports.running()).toBe(0);
    expect(await ask()).toMatchObject({ ok: true });
  });

  it('says that the record is away when it is', async () => {
    const exports = createGamesExports({ databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing' });
    const answer = await exportGames({ exports, source: 'live', query: new URLSearchParams() });
    expect(answer).toMatchObject({ ok: false, error: { status: 503, title: 'Record unavailable' } });
  });
});

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}
