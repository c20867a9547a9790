import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { INPUTS } from '@/bin/setup/build-app.mjs';
import { fromRoot } from '@/bin/setup/root.mjs';

it.each(INPUTS)('%s, which a build is made from, exists', (path) => {
  // A renamed input would silently stop counting, and edits of it would not be built.
  expect(existsSync(fromRoot(path))).toBe(true);
});
