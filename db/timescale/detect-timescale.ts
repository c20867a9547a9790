// Whether this database can use TimescaleDB: preloaded by the server, installed here or installable by us, new enough, and
// with the community licence (compression and continuous aggregates are not in the Apache one). Everything else is plain
// PostgreSQL and stays as it is, with the reason told. Called in the migrations' transaction by db/timescale/apply only.
import type { RawSql } from '@/db/connect';

export type TimescaleState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'usable'; readonly version: string };

/** The oldest version the tests were run with, and the first with `by_range`. */
const VERSION_MIN = [2, 13] as const;

/** Installs the extension where that is possible. */
export async function detectTimescale(sql: RawSql): Promise<TimescaleState> {
  const found = await readExtension(sql);
  // The preloaded library is what defines its settings; without it, installing fails.
  if (!found.preloaded || found.available === null) return { kind: 'absent' };
  if (!isEnough(found.installed ?? found.available)) {
    const reason = `TimescaleDB ${found.installed ?? found.available} is older than ${VERSION_MIN.join('.')}`;
    return { kind: 'unusable', reason };
  }
  if (found.installed === null) {
    const refusal = await install(sql);
    if (refusal !== null) return { kind: 'unusable', reason: `TimescaleDB cannot be installed: ${refusal}` };
  }
  return checkInstalled(sql);
}

async function readExtension(sql: RawSql) {
  const [row] = await sql`
    select (select default_version from pg_available_extensions where name = 'timescaledb') as available,
      (select extversion from pg_extension where extname = 'timescaledb') as installed,
      current_setting('timescaledb.max_background_workers', true) is not null as preloaded`;
  return row as { available: string | null; installed: string | null; preloaded: boolean };
}

/** Null when it worked, else what the database answered: most often that this user may not. */
async function install(sql: RawSql): Promise<string | null> {
  await sql`savepoint install_timescale`;
  try {
    await sql`create extension timescaledb`;
    await sql`release savepoint install_timescale`;
    return null;
  } catch (error) {
    await sql`rollback to savepoint install_timescale`;
    return (error as Error).message;
  }
}

async function checkInstalled(sql: RawSql): Promise<TimescaleState> {
  const [row] = await sql`
    select extversion as version, current_setting('timescaledb.license', true) as license,
      exists (select from pg_proc where proname = 'create_hypertable' and pg_function_is_visible(oid)) as visible
    from pg_extension where extname = 'timescaledb'`;
  const { version, license, visible } = row as { version: string; license: string | null; visible: boolean };
  if (license !== 'timescale') return { kind: 'unusable', reason: `TimescaleDB runs under its ${license} licence` };
  if (!visible) return { kind: 'unusable', reason: 'TimescaleDB lies in a schema that is not on the search path' };
  return { kind: 'usable', version };
}

function isEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > VERSION_MIN[0] || (major === VERSION_MIN[0] && minor >= VERSION_MIN[1]);
}
