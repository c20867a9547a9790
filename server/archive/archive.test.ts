import { mkdtemp, readdir, readFile as readBytes, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { putFile, readFile, verifyFile } from '@/server/archive/archive-file';
import { createLocalArchive } from '@/server/archive/local-archive';

async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'fortytick-archive-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { folder, archive: createLocalArchive({ folder }) };
}

async function* pieces(rows: readonly (readonly string[])[]) {
  yield* rows;
}

const NAME = 'trades/2025-12-07.jsonl.gz';
const HEADER = { kind: 'trades', day: '2025-12-07' };

async function collect(rows: AsyncIterable<readonly string[]>): Promise<string[]> {
  const all: string[] = [];
  for await (const piece of rows) all.push(...piece);
  return all;
}

describe('a file of the archive', () => {
  it('gives back every row, byte for byte', async () => {
    const { archive } = await open();
    const row = fc.anything({ withBigInt: false }).map((value) => JSON.stringify({ value }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row, { maxLength: 5 }), { maxLength: 5 }), async (rows) => {
        const stored = await putFile(archive, NAME, { ...HEADER, rows: pieces(rows) });
        expect(stored.rows).toBe(rows.flat().length);
        expect(await collect(readFile(archive, NAME))).toEqual(rows.flat());
      }),
      { numRuns: 30 },
    );
  });

  it('is gzip of JSON lines, the first of which says what they are', async () => {
    const { folder, archive } = await open();
    await putFile(archive, NAME, { ...HEADER, rows: pieces([['{"a":1}']]) });
    const text = gunzipSync(await readBytes(join(folder, NAME))).toString();
    expect(text).toBe('{"fortytick":"archive","version":1,"kind":"trades","day":"2025-12-07"}\n{"a":1}\n');
  });

  it('that is cut, or has one bit changed, is found out', async () => {
    const { folder, archive } = await open();
    const stored = await putFile(archive, NAME, { ...HEADER, rows: pieces([['{"a":1}', '{"a":2}']]) });
    const path = join(folder, NAME);
    const whole = await readBytes(path);
    await verifyFile(archive, NAME, stored);
    for (let i = 0; i < whole.length; i++) {
      const changed = Buffer.from(whole);
      changed[i]! ^= 1;
      await writeFile(path, changed);
      await expect(verifyFile(archive, NAME, stored)).rejects.toThrow();
    }
    await writeFile(path, whole);
    await truncate(path, whole.length - 3);
    await expect(collect(readFile(archive, NAME))).rejects.toThrow();
  });

  it('does not appear when its rows fail half way, and leaves nothing behind', async () => {
    const { folder, archive } = await open();
    async function* failing() {
      yield ['{"a":1}'];
      throw new Error('the database went away');
    }
    await expect(putFile(archive, NAME, { ...HEADER, rows: failing() })).rejects.toThrow('went away');
    expect(await archive.exists(NAME)).toBe(false);
    expect(await readdir(join(folder, 'trades'))).toEqual([]);
  });

  it('is replaced whole by another of its name, and what a kill left of an earlier try is removed', async () => {
    const { folder, archive } = await open();
    await putFile(archive, NAME, { ...HEADER, rows: pieces([['{"a":1}']]) });
    await writeFile(join(folder, `${NAME}.0badcafe.part`), 'half');
    await putFile(archive, NAME, { ...HEADER, rows: pieces([['{"a":2}']]) });
    expect(await collect(readFile(archive, NAME))).toEqual(['{"a":2}']);
    expect(await readdir(join(folder, 'trades'))).toEqual(['2025-12-07.jsonl.gz']);
  });

  it('that is not there fails when it is read', async () => {
    const { archive } = await open();
    await expect(collect(readFile(archive, NAME))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('has no name that leads out of the folder', async () => {
    const { archive } = await open();
    for (const name of ['../x', '/etc/passwd', 'a/../../x', 'a//b', '.hidden', '']) {
      await expect(archive.put(name, pieces([]) as never)).rejects.toThrow(RangeError);
    }
  });
});
