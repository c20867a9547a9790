import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const ADR = 'docs/adr/0005-dependencies.md';
const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

it(`every dependency has its reason in ${ADR}, and nothing else is listed there`, async () => {
  const { dependencies, devDependencies } = JSON.parse(await read('package.json')) as Record<string, object>;
  const rows = (await read(ADR)).split('\n').filter((line) => line.startsWith('| `'));
  const listed = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(listed.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort());
});
