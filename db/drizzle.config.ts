// For drizzle-kit only (npx drizzle-kit generate --config db/drizzle.config.ts); the server never reads it.
import type { Config } from 'drizzle-kit';

const config: Config = {
  dialect: 'postgresql',
  schema: './db/schema/*.ts',
  out: './db/migrations',
};

export default config;
