// npm run rebuild: builds a projection again from what the record holds for good, while Fortytick is running or not.
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { epochMs } from '@/lib/units/time';
import { parseConfig } from '@/server/config';
import { PROJECTIONS, rebuildProjection } from '@/server/event-log/projections';
import { createLog } from '@/server/ops/log';
import { openRecord } from '@/server/store/open-record';

const HELP = `
Usage: npm run -s rebuild -- [PROJECTION] [--json]

Builds a projection again. Without a name it lists them. Fortytick may be running meanwhile; an interrupted rebuild of games
changes nothing, of the others only what was done by then, which is right.

  --json       one JSON object instead of text
  -h, --help   this text

The database is DATABASE_URL, else the embedded one in DATA_DIR; it may be the one of a running Fortytick.
`;

void runCommand(async () => {
  const { values, positionals } = parseCommandLine(HELP, { json: { type: 'boolean', default: false } });
  const [name] = positionals;
  if (positionals.length > 1) throw new UsageError(HELP.trim());
  if (name === undefined) {
    process.stdout.write(values.json ? `${JSON.stringify(PROJECTIONS.map(toEntry))}\n` : listText());
    return 0;
  }
  const projection = PROJECTIONS.find((one) => one.name === name);
  if (!projection) throw new UsageError(`There is no projection "${name}". There are:\n${listText()}`);

  const config = parseConfig(process.env);
  const record = await openRecord({ config, log: createLog(config.LOG_LEVEL), shared: true });
  try {
    const started = performance.now();
    const report = await record.database.use((sql) =>
      rebuildProjection(sql, projection, {
        recordedAt: epochMs(Date.now()),
        onProgress: (line) => process.stderr.write(`${line}\n`),
      }),
    );
    const durationMs = Math.round(performance.now() - started);
    const { read, rows, changed } = report;
    const text =
      `${name}: read ${read}` +
      (rows === null ? '' : `, ${rows} rows`) +
      (changed === null ? '' : `, ${changed} of them new or other than before`) +
      `, in ${durationMs} ms`;
    process.stdout.write(
      values.json ? `${JSON.stringify({ projection: name, ...report, durationMs })}\n` : `${text}\n`,
    );
    return 0;
  } finally {
    await record.stop();
  }
});

function toEntry({ name, describe }: (typeof PROJECTIONS)[number]) {
  return { name, describe };
}

function listText(): string {
  return PROJECTIONS.map(({ name, describe }) => `  ${name.padEnd(14)}${describe}\n`).join('');
}
