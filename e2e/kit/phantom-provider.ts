// Puts a wallet that behaves as Phantom does into a page (e2e/kit/phantom-page.ts), and lets a test make the player's
// decisions in it. Keys are real and come from a seed, so that addresses are the same at every run.
import type { Page } from '@playwright/test';
import { ed25519 } from '@noble/curves/ed25519.js';
import bs58 from 'bs58';
import { buildSync } from 'esbuild';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Decision, PhantomControl, PhantomRequest, PhantomSettings } from '@/e2e/kit/phantom-page';
import { ROOT } from '@/e2e/kit/server-process';

export type Phantom = {
  /** Addresses of its accounts, the first one chosen at the start. */
  readonly addresses: readonly string[];
  /** Decisions for the requests to come, in order; further ones are approved. */
  decide(...decisions: Decision[]): Promise<void>;
  /** Answers the request that was left open by `never`. */
  answer(decision: 'approve' | 'refuse'): Promise<void>;
  switchAccount(index: number): Promise<void>;
  revoke(): Promise<void>;
  /** What was asked of it since the page was loaded. */
  requests(): Promise<readonly PhantomRequest[]>;
};

export type PhantomOptions = Partial<Omit<PhantomSettings, 'seeds'>> & {
  readonly seed?: string;
  readonly accounts?: number;
};

/** Before the page is opened. */
export async function installPhantom(page: Page, options: PhantomOptions = {}): Promise<Phantom> {
  const { seed = 'phantom', accounts = 3, ...settings } = options;
  const seeds = Array.from({ length: accounts }, (_, index) =>
    createHash('sha256').update(`${seed} ${index}`).digest(),
  );
  const all: PhantomSettings = {
    seeds: seeds.map((bytes) => bytes.toString('hex')),
    sharedAccounts: seeds.map((_, index) => index),
    isStandard: true,
    hasSignIn: true,
    rpcUrl: null,
    ...settings,
  };
  await page.addInitScript({ content: `const PHANTOM_SETTINGS = ${JSON.stringify(all)};\n${bundle()}` });
  return {
    addresses: seeds.map((bytes) => bs58.encode(ed25519.getPublicKey(bytes))),
    decide: (...decisions) => page.evaluate((next) => control().decide(...next), decisions),
    answer: (decision) => page.evaluate((made) => control().answer(made), decision),
    switchAccount: (index) => page.evaluate((to) => control().switchAccount(to), index),
    revoke: () => page.evaluate(() => control().revoke()),
    requests: () => page.evaluate(() => control().requests()),
  };
}

/** In the page: evaluated functions find it among the globals. */
declare function control(): PhantomControl;

let bundled: string | null = null;

/** One script, as an extension would inject it. */
function bundle(): string {
  bundled ??= buildSync({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, 'e2e/kit/phantom-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  }).outputFiles[0]!.text;
  return `${bundled}\nwindow.control = () => window.phantomControl;`;
}
