// The folder of the practice chain: numbered journals, each with the snapshot it begins from, and the head, which says how
// far empty blocks have come. Bounded: a journal beyond JOURNAL_BYTES_MAX is followed by a new one, and beyond
// JOURNALS_KEPT the oldest goes, and the history in it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeLine, encodeLine } from '@/server/chain/practice/state/line';
import type { JournalRecord, SnapshotRecord } from '@/server/chain/practice/state/records';

/** About 3,100 transfers with a memo; a snapshot follows, so a start applies no more than this. */
const JOURNAL_BYTES_MAX = 4 * 1024 * 1024;
/** 40 MiB on disk, about as many transactions as the history keeps in memory. */
const JOURNALS_KEPT = 10;
/** The newest, and the one before it should the newest be damaged. */
const SNAPSHOTS_KEPT = 2;

export type Head = { readonly slot: number; readonly height: number };

export type ChainFiles = ReturnType<typeof openChainFiles>;

export function openChainFiles({
  dir,
  journalBytesMax = JOURNAL_BYTES_MAX,
}: {
  dir: string;
  journalBytesMax?: number;
}) {
  mkdirSync(dir, { recursive: true });
  // A crash may fall between a snapshot and the journal that it begins.
  let sequence = Math.max(1, ...list('journal'), ...list('snapshot'));
  let journal: FileHandle | null = null;
  let headFile: FileHandle | null = null;
  let journalBytes = 0;

  function list(kind: 'journal' | 'snapshot'): number[] {
    const name = new RegExp(`^${kind}-(\\d{8})$`);
    return readdirSync(dir)
      .map((file) => Number(name.exec(file)?.[1] ?? 0))
      .filter((found) => found > 0)
      .sort((one, other) => one - other);
  }

  function pathOf(kind: 'journal' | 'snapshot', number: number): string {
    return join(dir, `${kind}-${String(number).padStart(8, '0')}`);
  }

  async function openJournal(): Promise<void> {
    const path = pathOf('journal', sequence);
    const isNew = !existsSync(path);
    journal = await open(path, isNew ? 'wx+' : 'r+');
    journalBytes = (await journal.stat()).size;
    if (isNew) await syncFolder();
  }

  /** A file that was made or renamed is there after a power cut only when its folder was written too. */
  async function syncFolder(): Promise<void> {
    const folder = await open(dir, 'r');
    await folder.sync().finally(() => folder.close());
  }

  return {
    journals: () => list('journal'),
    snapshots: () => list('snapshot'),
    /** Records of a journal up to its first damaged line, which is cut off with all that follows when `cut` is set. */
    readJournal(number: number, { cut }: { cut: boolean }): { records: JournalRecord[]; damaged: boolean } {
      const path = pathOf('journal', number);
      const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
      const records: JournalRecord[] = [];
      let from = 0;
      while (from < bytes.length) {
        const end = bytes.indexOf(10, from);
        const record = end < 0 ? undefined : decodeLine(bytes.toString('utf8', from, end));
        if (record === undefined) {
          if (cut) truncateSync(path, from);
          return { records, damaged: true };
        }
        records.push(record as JournalRecord);
        from = end + 1;
      }
      return { records, damaged: false };
    },
    /** Null when it is damaged. */
    readSnapshot(number: number): SnapshotRecord | null {
      return (decodeLine(readFileSync(pathOf('snapshot', number), 'utf8').trimEnd()) ?? null) as SnapshotRecord | null;
    },
    readHead(): Head | null {
      const path = join(dir, 'head');
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
      return (decodeLine(text.trimEnd()) ?? null) as Head | null;
    },
    /** Journals that follow a cut one belong to a chain that is no more. */
    removeAfter(number: number): void {
      for (const later of list('journal').filter((one) => one > number)) rmSync(pathOf('journal', later));
      for (const later of list('snapshot').filter((one) => one > number)) rmSync(pathOf('snapshot', later));
      sequence = number;
    },
    isFull: () => journalBytes >= journalBytesMax,
    /** Durable when it returns. After a failure the same lines may be appended again. */
    async append(lines: string): Promise<void> {
      if (!journal) await openJournal();
      const bytes = Buffer.from(lines);
      await journal!.write(bytes, 0, bytes.length, journalBytes);
      await journal!.datasync();
      journalBytes += bytes.length;
    },
    /** Survives the end of the process, not a power cut: losing it costs empty blocks only. */
    async writeHead(head: Head): Promise<void> {
      headFile ??= await open(join(dir, 'head'), existsSync(join(dir, 'head')) ? 'r+' : 'wx+');
      const line = Buffer.from(encodeLine(head).padEnd(HEAD_BYTES));
      await headFile.write(line, 0, line.length, 0);
    },
    /** The snapshot is durable before the journal it begins replaces the one before. */
    async rotate(snapshot: string): Promise<void> {
      const next = sequence + 1;
      const temporary = join(dir, 'snapshot.tmp');
      const file = await open(temporary, 'w');
      try {
        await file.writeFile(snapshot);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, pathOf('snapshot', next));
      // From here on a start begins at the new snapshot: not one more line may go to the journal before it.
      const before = journal;
      sequence = next;
      journal = null;
      journalBytes = 0;
      await before?.close();
      await openJournal();
      for (const old of list('journal').slice(0, -JOURNALS_KEPT)) await rm(pathOf('journal', old), { force: true });
      for (const old of list('snapshot').slice(0, -SNAPSHOTS_KEPT)) await rm(pathOf('snapshot', old), { force: true });
    },
    async close(): Promise<void> {
      await journal?.close();
      await headFile?.close();
      journal = headFile = null;
    },
  };
}

/** Long enough for any slot; a shorter line never leaves the end of a longer one behind. */
const HEAD_BYTES = 80;
