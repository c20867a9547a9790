// Makes one file of a process that is to be killed, so that a start takes a third of a second; below the repository, where its
// packages are found. Called by the kill tests, which delete it.
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export async function buildProcess(name: 'killed-process' | 'killed-bets-process', seed: string): Promise<string> {
  const outfile = resolve('.cache', `${name}-${process.pid}-${Buffer.from(seed).toString('hex').slice(0, 16)}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    tsconfig: resolve('tsconfig.json'),
    logLevel: 'warning',
  });
  return outfile;
}
