// @ts-check
// A hash of everything something was made from, to tell whether it must be made again. Contents decide, not times: a
// fresh clone, a touched file or a changed branch and back all give the same answer.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param {{ root: string, paths: readonly string[], extra?: readonly string[], skip?: (path: string) => boolean }} inputs
 * `paths` are files or folders below `root`, those absent are left out; `extra` is whatever else matters.
 */
export async function computeFingerprint({ root, paths, extra = [], skip = () => false }) {
  const files = (await Promise.all(paths.map((path) => listFiles(root, path)))).flat();
  const kept = files.filter((file) => !skip(file)).sort();
  const hash = createHash('sha256').update(JSON.stringify(extra));
  const contents = await Promise.all(kept.map((file) => readFile(join(root, file))));
  kept.forEach((file, i) => hash.update(`\0${file}\0${contents[i]?.length}\0`).update(contents[i] ?? ''));
  return hash.digest('hex');
}

/** @param {string} root @param {string} path @returns {Promise<string[]>} */
async function listFiles(root, path) {
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true });
    return (await Promise.all(entries.map((entry) => listFiles(root, `${path}/${entry.name}`)))).flat();
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
