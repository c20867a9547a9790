import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{lib,server,db,components,app,bin,bench}/**/*.test.{ts,tsx}'],
    setupFiles: ['./server/test-kit/setup.ts'],
    globalSetup: ['./server/test-kit/postgres-server.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
