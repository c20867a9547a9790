// Starts the built server as its own process for a benchmark, on a free port with a folder of its own, and stops it.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type RunningServer = { readonly url: string; readonly pid: number; stop(): Promise<void> };

type Report = { type: 'ready'; url: string } | { type: 'failed'; message: string } | { type: 'step' };

export async function startBuiltServer(settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const { ensureBuild } = await import('../../bin/setup/prepare.mjs');
  const { createSteps } = await import('../../bin/setup/steps.mjs');
  await ensureBuild({ steps: createSteps({ stream: process.stderr }), quiet: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'fortytick-bench-'));
  const child = fork(join(ROOT, 'dist', 'server.js'), {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: Report) => {
      if (message.type === 'ready') resolve(message.url);
      if (message.type === 'failed') reject(new Error(message.message));
    });
    void exited.then(() => reject(new Error('the server ended before it was ready')));
  });
  return {
    url,
    pid: child.pid!,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
