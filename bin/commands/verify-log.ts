// npm run verify-log: checks the event log's hash chain, and that paths and decisions are still what its events sealed.
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { describeBreak } from '@/lib/event-log/chain-break';
import { parseConfig } from '@/server/config';
import { verifyLog, type Anchor, type LogReport } from '@/server/event-log/verify-log';
import type { SealCount } from '@/server/event-log/check-seals';
import { createLog } from '@/server/ops/log';
import { openRecord } from '@/server/store/open-record';

const HELP = `
Usage: npm run -s verify-log -- [--from POSITION] [--expect HEAD] [--chain-only] [--json]

Walks the event log and checks every link of its hash chain; then compares each game's path, predictions and
recommendations with what its events sealed. Exit code 1, with the place, when something does not fit.

  --from POSITION   begin at this event instead of the first
  --expect HEAD     a head written down earlier, HASH or POSITION:HASH: it must still be in the log
  --chain-only      do not compare paths and decisions
  --json            one JSON object instead of text
  -h, --help        this text

The database is DATABASE_URL, else the embedded one in DATA_DIR; it may be the one of a running Fortytick.
docs/record/event-log.md says what is hashed, so that anyone can write a checker of their own.
`;

const PROGRESS_EVENTS = 100_000;

void runCommand(async () => {
  const { values, positionals } = parseCommandLine(HELP, {
    from: { type: 'string' },
    expect: { type: 'string' },
    'chain-only': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  if (positionals.length > 0) throw new UsageError(HELP.trim());
  const from = parsePosition(values.from ?? '1', '--from');
  const anchor = values.expect === undefined ? null : parseAnchor(values.expect);

  const config = parseConfig(process.env);
  const record = await openRecord({ config, log: createLog(config.LOG_LEVEL), shared: true });
  try {
    let told = 0;
    const report = await record.database.use((sql) =>
      verifyLog(sql, {
        from,
        anchor,
        seals: !values['chain-only'],
        now: () => performance.now(),
        onProgress(count) {
          if (count - told < PROGRESS_EVENTS) return;
          told = count;
          process.stderr.write(`${count} events\n`);
        },
      }),
    );
    process.stdout.write(values.json ? `${JSON.stringify(toJson(report))}\n` : toText(report, anchor));
    return report.ok ? 0 : 1;
  } finally {
    await record.stop();
  }
});

function parsePosition(text: string, option: string): number {
  const position = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(position) || position < 1) {
    throw new UsageError(`${option} is "${text}": it takes a position, a whole number from 1.`);
  }
  return position;
}

function parseAnchor(text: string): Anchor {
  const [, position, hash] = /^(?:(\d+):)?([0-9a-f]{64})$/i.exec(text) ?? [];
  if (hash === undefined) {
    throw new UsageError(`--expect is "${text}": it takes a hash of 64 hex digits, or POSITION:HASH.`);
  }
  return { position: position === undefined ? null : parsePosition(position, '--expect'), hash: hash.toLowerCase() };
}

function toJson(report: LogReport) {
  return { ...report, where: report.broken && describeBreak(report.broken), eventsPerSecond: toRate(report) };
}

function toRate({ count, chainMs }: LogReport): number {
  return Math.round((count / Math.max(1, chainMs)) * 1_000);
}

function toText(report: LogReport, anchor: Anchor | null): string {
  const { count, head, broken, anchorFound, unevenStream, seals } = report;
  const lines = [
    `${count} events fit${count > 0 ? ` (${toRate(report)} a second)` : ''}`,
    ...(head.position > 0 ? [`head ${head.position}:${head.hash}`] : ['the log is empty up to there']),
    ...(broken ? [`BROKEN at ${describeBreak(broken)}`] : []),
    ...(anchorFound === false ? [`NOT FOUND: no event that fits has the hash ${anchor!.hash}`] : []),
    ...(anchorFound === true && !broken ? ['the expected head is in the log'] : []),
    ...(unevenStream !== null ? [`UNEVEN: the versions of ${unevenStream} are not 1, 2, 3 …`] : []),
    ...(seals ? [toLine('paths', seals.paths), toLine('decisions', seals.decisions)] : []),
    report.ok ? 'the log is whole' : 'THE LOG IS NOT WHOLE',
  ];
  return `${lines.join('\n')}\n`;
}

function toLine(what: string, { checked, absent, mismatches, first }: SealCount): string {
  const gone = absent > 0 ? `, ${absent} no longer on record` : '';
  if (!first) return `${what} of ${checked} games are as they were sealed${gone}`;
  return (
    `CHANGED: the ${what} of ${mismatches} of ${checked} games are not what was sealed${gone}; ` +
    `the first is ${first.gameId}, sealed at position ${first.position}`
  );
}
