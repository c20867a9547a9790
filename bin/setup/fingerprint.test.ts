import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { computeFingerprint } from '@/bin/setup/fingerprint.mjs';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fortytick-fingerprint-'));
  await mkdir(join(root, 'lib/game'), { recursive: true });
  await writeFile(join(root, 'lib/game/rules.ts'), 'a');
  await writeFile(join(root, 'package.json'), '{}');
});
afterEach(() => rm(root, { recursive: true }));

const compute = (extra?: string[]) => computeFingerprint({ root, paths: ['lib', 'package.json', 'absent'], extra });

describe('the fingerprint of a build', () => {
  it('stays when files are only touched', async () => {
    const before = await compute();
    await utimes(join(root, 'package.json'), 0, 0);
    expect(await compute()).toBe(before);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a changed file', () => writeFile(join(root, 'lib/game/rules.ts'), 'b')],
    ['a new file', () => writeFile(join(root, 'lib/game/new.ts'), '')],
    ['a renamed file', () => rename(join(root, 'lib/game/rules.ts'), join(root, 'lib/game/rule.ts'))],
    ['a removed file', () => rm(join(root, 'package.json'))],
    ['a path that appears', () => writeFile(join(root, 'absent'), '')],
  ])('changes with %s', async (_what, change) => {
    const before = await compute();
    await change();
    expect(await compute()).not.toBe(before);
  });

  it('changes with what else matters, such as the version of Node', async () => {
    expect(await compute(['22'])).not.toBe(await compute(['20']));
  });

  it('leaves out what is skipped', async () => {
    const skipped = () => computeFingerprint({ root, paths: ['lib'], skip: (path) => path.endsWith('.test.ts') });
    const before = await skipped();
    await writeFile(join(root, 'lib/game/rules.test.ts'), 'test');
    expect(await skipped()).toBe(before);
  });
});
