// A process to be killed: owns the embedded database of a folder, writes a row, tells where the database is.
import { connectRaw } from '@/db/connect';
import { startEmbedded } from '@/db/embedded';
import { acquireDataDirLock } from '@/db/embedded/data-dir-lock';

const lock = acquireDataDirLock(process.argv[2]!);
const server = await startEmbedded({ lock, log: { debug: () => {}, warn: () => {} } });
const { sql } = connectRaw({ databaseUrl: server.databaseUrl, statementLimitMs: 10_000 });
await sql`create table kept (n int)`;
await sql`insert into kept values (1)`;
process.stdout.write(`${JSON.stringify({ pid: server.pid(), databaseUrl: server.databaseUrl })}\n`);
