// A day's rows of one kind as a file: gzip of JSON lines, the first of which says what they are, each other a row as
// PostgreSQL tells it. Rows are never parsed here: their text goes back to PostgreSQL as it came, so that every bigint and
// double survives. Called by server/retention.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { Archive, StoredFile } from '@/server/archive/archive';

export type ArchiveHeader = { readonly kind: string; readonly day: string };

/** Rows at a time, in both directions: about a megabyte of text at most. */
export const ROWS_PER_PIECE = 1_000;

const compress = promisify<string, Buffer>(gzip);
const header = z.object({ fortytick: z.literal('archive'), version: z.literal(1), kind: z.string(), day: z.string() });

/** The file read back and found whole: as many rows, the same bytes. Throws when it is not. */
export async function putFile(
  archive: Archive,
  name: string,
  content: ArchiveHeader & { readonly rows: AsyncIterable<readonly string[]> },
): Promise<StoredFile & { readonly rows: number }> {
  let rows = 0;
  /** Each piece is a gzip member of its own; one after the other they are a gzip file. */
  async function* toBytes() {
    const { kind, day } = content;
    yield await compress(`${JSON.stringify({ fortytick: 'archive', version: 1, kind, day })}\n`);
    for await (const piece of content.rows) {
      rows += piece.length;
      yield await compress(piece.map((row) => `${row}\n`).join(''));
    }
  }
  const stored = await archive.put(name, toBytes());
  await verifyFile(archive, name, { ...stored, rows });
  return { ...stored, rows };
}

export async function verifyFile(
  archive: Archive,
  name: string,
  expected: StoredFile & { readonly rows: number },
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted() {
    for await (const piece of archive.open(name)) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
  let rows = 0;
  for await (const piece of readRows(counted(), name)) rows += piece.length;
  if (bytes !== expected.bytes || !hash.digest().equals(expected.sha256) || rows !== expected.rows) {
    throw new Error(`${name} in the archive is not what was put there`);
  }
}

/** Pieces of rows, in the file's order. Throws when it is cut or none of ours. */
export async function* readFile(archive: Archive, name: string): AsyncGenerator<readonly string[]> {
  yield* readRows(archive.open(name), name);
}

async function* readRows(content: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<readonly string[]> {
  const bytes = Readable.from(content, { objectMode: false });
  const gunzip = createGunzip();
  bytes.on('error', (error) => gunzip.destroy(error));
  bytes.pipe(gunzip);
  let first = true;
  let piece: string[] = [];
  try {
    for await (const line of linesOf(gunzip)) {
      if (first) assertHeader(line, name);
      else piece.push(line);
      first = false;
      if (piece.length < ROWS_PER_PIECE) continue;
      yield piece;
      piece = [];
    }
  } finally {
    gunzip.destroy();
    bytes.destroy();
  }
  if (first) throw new Error(`${name} in the archive is empty`);
  if (piece.length > 0) yield piece;
}

/** readline tells no error of its input: it just ends. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  let failure: Error | null = null;
  input.on('error', (error: Error) => (failure ??= error));
  for await (const line of createInterface({ input, crlfDelay: Infinity })) yield line;
  if (failure) throw failure;
}

function assertHeader(line: string, name: string): void {
  let said: unknown = null;
  try {
    said = JSON.parse(line);
  } catch {
    // Told below.
  }
  if (!header.safeParse(said).success) throw new Error(`${name} in the archive is no file of Fortytick's`);
}
