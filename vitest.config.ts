import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{lib,server,db,components,app,bin,bench}/**/*.test.{ts,tsx}'],
    setupFiles: ['./server/test-kit/setup.ts'],
    globalSetup: ['./server/test-kit/postgres-server.ts'],
    // Vitest's own choice is one fewer than there are cores: on two, one. Most files wait for a database or a process anyway.
    maxWorkers: availableParallelism(),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
