// npm run retention: shows what the retention policies make due, does it, or loads a day back from the archive.
import { join } from 'node:path';
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { INTERRUPTED, listenForStop } from '@/bin/commands/support/stop-signal';
import { isDay } from '@/db/timescale/day';
import { epochMs } from '@/lib/units/time';
import type { Archive } from '@/server/archive/archive';
import { createLocalArchive } from '@/server/archive/local-archive';
import { parseConfig } from '@/server/config';
import { createLog } from '@/server/ops/log';
import { findKind, KINDS } from '@/server/retention/kinds';
import { previewRetention, type Preview, type PreviewedStep } from '@/server/retention/preview-retention';
import { createRetentionJob, type RetentionDone } from '@/server/retention/retention-job';
import { NothingArchivedError, restoreDay } from '@/server/retention/restore-day';
import { openRecord, type Record } from '@/server/store/open-record';

const HELP = `
Usage: npm run -s retention -- --dry-run [--json]
       npm run -s retention -- [--json]
       npm run -s retention -- --restore KIND DAY

Does now what the server does by itself every ten minutes: makes partitions for coming days, archives days that are due,
and deletes what is compacted and archived. The policies are the table retention_policies (docs/record/storage.md).
Games and events are never deleted.

  --dry-run           print what it would do, with rows and bytes, and what it would leave and why; changes nothing
  --restore KIND DAY  load a day (YYYY-MM-DD) back from the archive; it is kept for 7 days before it may go again
  --json              one JSON object instead of a table
  -h, --help          this text

KIND is one of: ${KINDS.map(({ name }) => name).join(', ')}.

The database is DATABASE_URL, else the embedded one in DATA_DIR, that of a running Fortytick too. The archive is the
folder archive in DATA_DIR. Exit code 0: done. 1: a step failed; what was done is done, and it may be run again.
`;

/** A database that is away fails every time: no use to ask for ever. */
const FAILURES_MAX = 10;

type Context = { readonly record: Record; readonly archive: Archive; readonly json: boolean };

void runCommand(async () => {
  const { values, positionals } = parseCommandLine(HELP, {
    'dry-run': { type: 'boolean', default: false },
    restore: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const what = parseRestore(values.restore, positionals);
  if (what && values['dry-run']) throw new UsageError(HELP.trim());
  const config = parseConfig(process.env);
  const record = await openRecord({ config, log: createLog(config.LOG_LEVEL), shared: true });
  const archive = createLocalArchive({ folder: join(config.DATA_DIR, 'archive') });
  const context = { record, archive, json: values.json };
  try {
    if (what) return await restore(context, what);
    return values['dry-run'] ? await preview(context) : await runNow(context);
  } finally {
    await record.stop();
  }
});

function parseRestore(kind: string | undefined, positionals: readonly string[]) {
  const [day] = positionals;
  if (kind === undefined && day === undefined) return null;
  if (kind === undefined || day === undefined || positionals.length > 1) throw new UsageError(HELP.trim());
  const found = findKind(kind);
  if (!found) throw new UsageError(`"${kind}" is no kind of data: one of ${KINDS.map(({ name }) => name).join(', ')}.`);
  if (!isDay(day)) throw new UsageError(`"${day}" is no day: YYYY-MM-DD.`);
  return { kind: found, day };
}

async function preview({ record, archive, json }: Context): Promise<number> {
  const found = await record.database.use((sql) => previewRetention(sql, { archive, now: epochMs(Date.now()) }));
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : toText(found));
  return 0;
}

async function restore(
  { record, archive, json }: Context,
  what: NonNullable<ReturnType<typeof parseRestore>>,
): Promise<number> {
  const { kind, day } = what;
  try {
    const rows = await record.database.use((sql) => restoreDay(sql, { kind, day, archive, now: epochMs(Date.now()) }));
    process.stdout.write(
      json ? `${JSON.stringify({ kind: kind.name, day, rows })}\n` : `${rows} rows of ${kind.name}\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof NothingArchivedError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function runNow({ record, archive, json }: Context): Promise<number> {
  const done: RetentionDone[] = [];
  const failures: string[] = [];
  const stop = listenForStop();
  const job = createRetentionJob({
    database: record.database,
    archive,
    clock: () => epochMs(Date.now()),
    log: { info: () => {}, warn: () => {} },
    onDone(one) {
      done.push(one);
      if (!json) process.stdout.write(`${describeDone(one)}\n`);
    },
  });
  for (let more = true; more && failures.length < FAILURES_MAX && !stop.signal.aborted;) {
    try {
      ({ more } = await job.run(stop.signal));
    } catch (error) {
      // The job goes on with its other steps, and has the failed one again in its next round.
      failures.push(error instanceof Error ? error.message : String(error));
      process.stderr.write(`${failures.at(-1)}\n`);
    }
  }
  const stopped = stop.signal.aborted;
  stop.release();
  if (json) process.stdout.write(`${JSON.stringify({ done, failures, stopped })}\n`);
  else if (done.length === 0 && failures.length === 0) process.stdout.write('Nothing is due.\n');
  if (stopped) return INTERRUPTED;
  return failures.length > 0 ? 1 : 0;
}

function describeDone(done: RetentionDone): string {
  if (done.action === 'partitions') return `made partitions for ${done.days.join(', ')}`;
  if (done.action === 'compact') return `compacted ${done.games} games`;
  return `${done.action === 'archive' ? 'archived' : 'deleted'} ${done.rows} rows of ${done.kind} of ${done.day}`;
}

function toText({ steps, partitions, uncompacted, unknownPolicies }: Preview): string {
  const lines = steps.map(({ action, kind, day, rows, bytes, obstacle }: PreviewedStep) =>
    [
      `${obstacle === null ? 'would' : 'will not'} ${action}`.padEnd(16),
      kind.padEnd(20),
      day,
      `${rows} rows`.padStart(14),
      `${(bytes / 1_000_000).toFixed(1)} MB`.padStart(10),
      obstacle === null ? '' : `  ${obstacle}`,
    ].join(' '),
  );
  if (uncompacted > 0) lines.push(`would compact the ticks of ${uncompacted} games first`);
  if (partitions.length > 0) lines.push(`would make partitions for ${partitions.join(', ')}`);
  for (const kind of unknownPolicies) lines.push(`the policy of ${kind} does nothing: it is kept for good`);
  return `${lines.length > 0 ? lines.join('\n') : 'Nothing is due.'}\n`;
}
