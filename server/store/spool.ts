// Where facts wait on disk while the database is away: numbered files of lines, written to the end of the newest and read
// from the oldest. A file is removed once all of it is in the database; one that was read only in part is read again,
// which is harmless. Bounded by bytes; at the bound expendable items are dropped, and counted.
import { mkdir, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeLine, encodeLine } from '@/server/store/spool-line';
import { isExpendable, type StoreItem } from '@/server/store/store-item';

export type SpoolSegment = {
  readonly id: number;
  readonly items: readonly StoreItem[];
  /** Lines that were cut or changed, and are lost. */
  readonly damaged: number;
  /**
   * Number of the newest item this file or an earlier one holds. Files of an earlier process come before number 1: 0 is
   * the last of them, the others are below.
   */
  readonly lastNumber: number;
};

export type Spool = {
  /** Keeps a place in the order for a batch that is being written and may have to come back. */
  reserve(): number;
  /** Durable when it resolves; returns how many were dropped at the bound. `at` is a place kept by `reserve`. */
  append(items: readonly StoreItem[], options: { lastNumber: number; at?: number }): Promise<number>;
  /** The oldest file, or null. */
  readOldest(): Promise<SpoolSegment | null>;
  remove(segment: SpoolSegment): Promise<void>;
  size(): number;
  /** True when no file is left, not even one without a whole line. */
  isEmpty(): boolean;
  isFull(): boolean;
  /** Above this a producer that can wait should. */
  isHalfFull(): boolean;
  close(): Promise<void>;
};

/** Five days of a live feed. Ticks and trades stop here, what is not expendable may go on for as long again. */
export const SPOOL_BYTES_MAX = 256 * 1024 * 1024;
const RESERVE_FACTOR = 1.25;
/** Read whole into memory, so small; large enough that an outage of a day is a few dozen files. */
export const SEGMENT_BYTES_MAX = 4 * 1024 * 1024;
const FILE_PATTERN = /^(\d{12})\.jsonl$/;

type Segment = { readonly id: number; bytes: number; count: number; lastNumber: number };

export async function openSpool({
  folder,
  bytesMax = SPOOL_BYTES_MAX,
  segmentBytesMax = SEGMENT_BYTES_MAX,
}: {
  folder: string;
  bytesMax?: number;
  segmentBytesMax?: number;
}): Promise<Spool> {
  await mkdir(folder, { recursive: true });
  const segments = await findSegments(folder);
  let nextId = (segments.at(-1)?.id ?? 0) + 1;
  let tail: { handle: FileHandle; segment: Segment } | null = null;
  let lock: Promise<unknown> = Promise.resolve();

  const pathOf = (id: number) => join(folder, `${String(id).padStart(12, '0')}.jsonl`);
  const total = (field: 'bytes' | 'count') => segments.reduce((sum, segment) => sum + segment[field], 0);
  /** Files change by one caller at a time. */
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = lock.then(work);
    lock = result.catch(() => {});
    return result;
  };

  function forget(id: number): void {
    const index = segments.findIndex((segment) => segment.id === id);
    if (index >= 0) segments.splice(index, 1);
  }

  async function startSegment(id: number): Promise<{ handle: FileHandle; segment: Segment }> {
    const segment = { id, bytes: 0, count: 0, lastNumber: 0 };
    // Overwrites what an attempt at the same place left when it failed.
    const handle = await open(pathOf(id), 'w');
    await syncFolder(folder);
    forget(id);
    segments.push(segment);
    segments.sort((a, b) => a.id - b.id);
    return { handle, segment };
  }

  async function closeTail(): Promise<void> {
    const closing = tail;
    tail = null;
    await closing?.handle.close();
  }

  async function write(target: { handle: FileHandle; segment: Segment }, lines: readonly string[], lastNumber: number) {
    const text = Buffer.from(lines.join(''));
    await target.handle.appendFile(text);
    await target.handle.datasync();
    target.segment.bytes += text.length;
    target.segment.count += lines.length;
    target.segment.lastNumber = Math.max(target.segment.lastNumber, lastNumber);
  }

  async function append(items: readonly StoreItem[], { lastNumber, at }: { lastNumber: number; at?: number }) {
    const { lines, dropped } = encodeWithin(items, { used: total('bytes'), bytesMax });
    const newest = segments.at(-1);
    if (lines.length === 0 && newest) {
      // Nothing to write, but who waits for these numbers must not wait for ever.
      newest.lastNumber = Math.max(newest.lastNumber, lastNumber);
      return dropped;
    }
    if (at !== undefined) {
      const target = await startSegment(at);
      await write(target, lines, lastNumber).finally(() => target.handle.close());
      return dropped;
    }
    if (tail && tail.segment.bytes >= segmentBytesMax) await closeTail();
    tail ??= await startSegment(nextId++);
    try {
      await write(tail, lines, lastNumber);
    } catch (error) {
      // What got there ends in a torn line; nothing may follow it in the same file.
      await closeTail();
      throw error;
    }
    return dropped;
  }

  async function readOldest(): Promise<SpoolSegment | null> {
    const oldest = segments[0];
    if (!oldest) return null;
    if (tail?.segment === oldest) await closeTail();
    const lines = (await readIfThere(pathOf(oldest.id))).split('\n');
    if (lines.at(-1) === '') lines.pop();
    const items = lines.map(decodeLine);
    const whole = items.filter((item) => item !== null);
    return { id: oldest.id, items: whole, damaged: items.length - whole.length, lastNumber: oldest.lastNumber };
  }

  return {
    reserve: () => nextId++,
    append: (items, options) => exclusively(() => append(items, options)),
    readOldest: () => exclusively(readOldest),
    remove: (segment) =>
      exclusively(async () => {
        await rm(pathOf(segment.id), { force: true });
        forget(segment.id);
      }),
    size: () => total('count'),
    isEmpty: () => segments.length === 0,
    isFull: () => total('bytes') >= bytesMax,
    isHalfFull: () => total('bytes') >= bytesMax / 2,
    close: () => exclusively(closeTail),
  };
}

function encodeWithin(
  items: readonly StoreItem[],
  { used, bytesMax }: { used: number; bytesMax: number },
): { lines: string[]; dropped: number } {
  const lines: string[] = [];
  let bytes = used;
  for (const item of items) {
    if (bytes >= (isExpendable(item) ? bytesMax : bytesMax * RESERVE_FACTOR)) continue;
    const line = encodeLine(item);
    lines.push(line);
    bytes += Buffer.byteLength(line);
  }
  return { lines, dropped: items.length - lines.length };
}

/** Files of an earlier process; each is only read from now on, so that a torn line stays the last of its file. */
async function findSegments(folder: string): Promise<Segment[]> {
  const ids = (await readdir(folder)).flatMap((name) => FILE_PATTERN.exec(name)?.[1] ?? []).map(Number);
  const segments: Segment[] = [];
  for (const id of ids.sort((a, b) => a - b)) {
    const content = await readFile(join(folder, `${String(id).padStart(12, '0')}.jsonl`));
    let count = 0;
    for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) count++;
    segments.push({ id, bytes: content.length, count, lastNumber: -1 });
  }
  const last = segments.at(-1);
  if (last) last.lastNumber = 0;
  return segments;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
