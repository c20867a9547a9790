import { describe, expect, it } from 'vitest';
import { isInstalled } from '@/bin/setup/dependencies.mjs';

const { platform, arch } = process;
const installed = (packages: Record<string, object>) => ({ packages });
const lock = (entry: object) => installed({ '': { name: 'root' }, 'node_modules/a': { version: '1.0.0', ...entry } });

describe('what npm installed by hand', () => {
  it.each<[string, object, Record<string, object>, boolean]>([
    ['fits when versions agree', {}, { 'node_modules/a': { version: '1.0.0' } }, true],
    ['does not fit with another version', {}, { 'node_modules/a': { version: '1.0.1' } }, false],
    ['does not fit without a package', {}, {}, false],
    ['does not fit without a development package', { dev: true }, {}, false],
    ['fits without an optional package of another platform', { optional: true, os: ['aix'], cpu: ['ppc64'] }, {}, true],
    ['does not fit without the one of this platform', { optional: true, os: [platform], cpu: [arch] }, {}, false],
    ['fits without one for another C library', { optional: true, os: [platform], cpu: [arch], libc: ['x'] }, {}, true],
    [
      'does not fit with an optional package of another version',
      { optional: true, os: [platform], cpu: [arch] },
      {
        'node_modules/a': { version: '2.0.0' },
      },
      false,
    ],
  ])('%s', (_title, wanted, present, fits) => {
    expect(isInstalled(lock(wanted), installed(present))).toBe(fits);
  });
});
