import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findCitedDocuments, findPaths } from '@/bin/docs/paths';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const documents = ['README.md', ...(await listFiles('docs', /\.md$/))];
const sources = (
  await Promise.all(
    ['app', 'bench', 'bin', 'components', 'db', 'e2e', 'lib', 'server'].map((f) => listFiles(f, /\.(tsx?|mjs)$/)),
  )
).flat();

describe('the documents', () => {
  it.each(documents)('%s names only paths that exist', async (document) => {
    const text = await readFile(join(ROOT, document), 'utf8');
    const missing = findPaths({ text, folder: dirname(document) }).filter((path) => !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  it('are there when a source file cites them', async () => {
    expect(sources.length).toBeGreaterThan(50);
    const missing: string[] = [];
    for (const source of sources.filter((file) => !file.startsWith('bin/docs/'))) {
      const cited = findCitedDocuments(await readFile(join(ROOT, source), 'utf8'));
      missing.push(...cited.filter((path) => !existsSync(join(ROOT, path))).map((path) => `${source} cites ${path}`));
    }
    expect(missing).toEqual([]);
  });
});

describe('finding paths in a text', () => {
  it('takes prose, code spans and links, from the root or relative', () => {
    const text =
      'See `lib/game/rules.ts`, server/main.ts. And [the feed](../feed.md), [Node](https://example.org/lib/x).';
    expect(findPaths({ text, folder: 'docs/adr' })).toEqual(['docs/feed.md', 'lib/game/rules.ts', 'server/main.ts']);
  });

  it('takes no address, no package and no page', () => {
    const text = 'http://localhost:3000/app/x, `@types/lib/x`, `/api/games`, node_modules/lib/x';
    expect(findPaths({ text, folder: '.' })).toEqual([]);
  });
});

async function listFiles(folder: string, pattern: RegExp): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}
