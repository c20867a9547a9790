// @ts-check
// Builds the dashboard (Next) and the server (its bundles) when what they are made from has changed. The stamp is
// removed first and written last, so a build interrupted half-way never looks built.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { computeFingerprint } from './fingerprint.mjs';
import { fromRoot, ROOT } from './root.mjs';
import { mustRun } from './run-process.mjs';

const STAMP = fromRoot('dist', 'build.json');
const SERVER_BUNDLE = fromRoot('dist', 'server.js');
const CHAIN_BUNDLE = fromRoot('dist', 'chain-worker.js');
const NEXT_BUILD_ID = fromRoot('.next', 'BUILD_ID');

export const INPUTS = [
  'app',
  'components',
  'lib',
  'server',
  'db',
  'public',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'bin/setup/build-app.mjs',
];

export async function isBuildFresh() {
  const stamp = JSON.parse(await readFile(STAMP, 'utf8').catch(() => 'null'));
  if (!stamp || !existsSync(SERVER_BUNDLE) || !existsSync(CHAIN_BUNDLE)) return false;
  // A `next build` by hand replaces the pages without our knowing what went into them.
  return stamp.key === (await computeKey()) && stamp.buildId === (await readBuildId());
}

export async function buildApp() {
  const key = await computeKey();
  await rm(STAMP, { force: true });
  await mkdir(fromRoot('dist'), { recursive: true });
  // Both end before either's failure is told: nothing may still be writing when this is over.
  const built = await Promise.allSettled([buildPages(), buildServer()]);
  for (const part of built) if (part.status === 'rejected') throw part.reason;
  const temporary = `${STAMP}.tmp`;
  await writeFile(temporary, JSON.stringify({ key, buildId: await readBuildId() }));
  await rename(temporary, STAMP);
}

function computeKey() {
  return computeFingerprint({
    root: ROOT,
    paths: INPUTS,
    extra: [process.versions.node.split('.')[0] ?? '', process.platform, process.arch],
    skip: (path) => /\.test\.tsx?$/.test(path) || path.includes('/test-kit/'),
  });
}

function buildPages() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  return mustRun(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { cwd: ROOT, env });
}

async function buildServer() {
  const { build, stop } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: ROOT,
    // The practice chain runs in a thread of its own, which needs a file of its own.
    entryPoints: { server: 'server/main.ts', 'chain-worker': 'server/chain/chain-worker.ts' },
    outdir: fromRoot('dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    metafile: true,
    logLevel: 'silent',
  });
  await stop(); // Its helper process would stay for as long as the server runs.
  // An own module that does not exist passes for a package, and would be missed only at the start.
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const missing = imports.filter(({ external, path }) => external && path.startsWith('@/')).map(({ path }) => path);
  if (missing.length > 0) throw new Error(`The server imports modules that do not exist: ${missing.join(', ')}`);
}

async function readBuildId() {
  return (await readFile(NEXT_BUILD_ID, 'utf8').catch(() => null))?.trim() ?? null;
}
