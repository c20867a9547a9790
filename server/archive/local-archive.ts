// The archive as a folder on this machine. A file is written under another name, synced and renamed, so that a kill at any
// point leaves no half a file under a name that is read. What a kill leaves behind is removed by the next `put` of that name.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Archive } from '@/server/archive/archive';

/** "trades/2025-12-07.jsonl.gz": folders and names of these letters, no way out of the folder. */
const NAME = /^(?:[a-z0-9_]+\/)*[a-z0-9_][a-z0-9_.-]*$/;
const UNFINISHED = '.part';

export function createLocalArchive({ folder }: { folder: string }): Archive {
  const pathOf = (name: string) => {
    if (!NAME.test(name)) throw new RangeError(`no name of a file in the archive: ${name}`);
    return join(folder, name);
  };
  return {
    async put(name, content) {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true });
      await removeUnfinished(path);
      const unfinished = `${path}.${randomBytes(4).toString('hex')}${UNFINISHED}`;
      try {
        const stored = await writeSynced(unfinished, content);
        await rename(unfinished, path);
        await syncFolder(dirname(path));
        return stored;
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    open: (name) => createReadStream(pathOf(name)),
    async exists(name) {
      return access(pathOf(name)).then(
        () => true,
        () => false,
      );
    },
  };
}

async function writeSynced(path: string, content: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx');
  try {
    for await (const piece of content) {
      hash.update(piece);
      bytes += piece.length;
      await writeAll(file, piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest() };
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let written = 0; written < piece.length;) {
    written += (await file.write(piece, written)).bytesWritten;
  }
}

/** The rename is durable only once the folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function removeUnfinished(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(prefix) && name.endsWith(UNFINISHED)) await rm(join(dirname(path), name), { force: true });
  }
}
