// @ts-check
// Where this checkout is, whatever folder the command was given in.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string[]} parts */
export function fromRoot(...parts) {
  return join(ROOT, ...parts);
}
