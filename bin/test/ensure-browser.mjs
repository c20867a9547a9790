// @ts-check
// Finds a Chromium for the end-to-end tests, or installs one: one named by the environment, one installed, Playwright's
// own, Debian's package when this user may install packages, Playwright's download.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fromRoot, ROOT } from '../setup/root.mjs';
import { runProcess } from '../setup/run-process.mjs';

const NAMED_BY = ['CHROME', 'CHROMIUM', 'CHROME_PATH', 'CHROMIUM_PATH'];
const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const APT_ATTEMPTS = 3;
/** A browser that cannot tell its version in this time will not run a test either. */
const VERSION_LIMIT_MS = 15_000;
const INSTALL_LIMIT_MS = 8 * 60_000;

/** @returns {Promise<string | undefined>} its path; undefined means Playwright's own */
export async function ensureBrowser() {
  const named = NAMED_BY.map((name) => process.env[name]).find(Boolean);
  if (named) {
    if (await runs(named)) return named;
    throw new Error(`${named}, named by the environment, is no browser that runs.`);
  }
  const installed = await findInstalled();
  if (installed) return installed;
  if (await hasPlaywrightBrowser()) return undefined;
  const problems = [await installWithApt()];
  const packaged = await findInstalled();
  if (packaged) return packaged;
  problems.push(await installWithPlaywright());
  if (await hasPlaywrightBrowser()) return undefined;
  const told = problems.filter(Boolean).join('\n');
  throw new Error(
    `No Chromium was found and none could be installed. Install Chrome or Chromium, or name one: CHROME=/path npm test\n${told}`,
  );
}

async function findInstalled() {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin', '/snap/bin');
  const files = [...COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name))), ...APPLICATIONS];
  for (const file of new Set(files)) if (existsSync(file) && (await runs(file))) return file;
  return undefined;
}

/** Some systems ship a script of that name that only says how to install it. @param {string} file */
async function runs(file) {
  const { code, output } = await runProcess(file, ['--version'], { timeoutMs: VERSION_LIMIT_MS });
  return code === 0 && /\d+\.\d+\.\d+/.test(output);
}

async function hasPlaywrightBrowser() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) && runs(file);
}

/** @returns {Promise<string>} what went wrong, or nothing */
async function installWithApt() {
  const apt = '/usr/bin/apt-get';
  if (!existsSync(apt)) return '';
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (prefix.length > 0 && (await runProcess('sudo', ['-n', 'true'])).code !== 0) return '';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const common = ['-q', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120'];
  let output = '';
  for (let attempt = 0; attempt < APT_ATTEMPTS; attempt++) {
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      const [command = apt, ...rest] = [...prefix, apt, ...common, ...args];
      const finished = await runProcess(command, rest, { env, timeoutMs: INSTALL_LIMIT_MS });
      output = finished.code === 0 ? '' : finished.output;
    }
    if (!output) return '';
  }
  return `apt-get: ${output}`;
}

/** @returns {Promise<string>} what went wrong, or nothing */
async function installWithPlaywright() {
  const cli = fromRoot('node_modules', '@playwright', 'test', 'cli.js');
  const options = { cwd: ROOT, timeoutMs: INSTALL_LIMIT_MS };
  const { code, output } = await runProcess(process.execPath, [cli, 'install', 'chromium'], options);
  return code === 0 ? '' : `playwright install: ${output}`;
}
