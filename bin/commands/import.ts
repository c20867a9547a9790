// npm run import: puts recorded games on the record, from files of finished games and from captures. Imported twice, a
// file changes nothing.
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { createProgress } from '@/bin/commands/support/progress';
import { INTERRUPTED, listenForStop } from '@/bin/commands/support/stop-signal';
import { round } from '@/lib/math/percentile';
import { epochMs } from '@/lib/units/time';
import { parseConfig } from '@/server/config';
import { importFile, type FileReport } from '@/server/import/import-file';
import { detectFormat, type LineFormat } from '@/server/import/parse-recorded-line';
import { readFirstLine } from '@/server/import/read-recorded-file';
import { createLog } from '@/server/ops/log';
import { openRecord, type Record } from '@/server/store/open-record';

const HELP = `
Usage: npm run -s import -- FILE… [--json]

Puts recorded games on the record. A FILE, plain or gzipped, has one JSON object a line, of one of these formats:

  rounds    {"startedAt", "endedAt", "prices": […], "rugTick"}: paths without seeds; such games stay unverifiable
  history   entries of the feed's gameHistory, with seeds and side bets
  capture   {"ts", "event", "data"}: frames, as npm run record writes them

Progress goes to standard error, the summary to standard output. What is on record already stays as it is.

  --json       one JSON object instead of a table
  -h, --help   this text

Exit code 0: everything was imported. 1: some lines could not be used, or a file was cut; the rest is imported. 2: a file is
of no known format, and nothing is imported. 130: stopped by Ctrl-C; what the summary counts is imported.

The database is DATABASE_URL, else the embedded one in DATA_DIR; it may be the one of a running Fortytick.
`;

void runCommand(async () => {
  const { values, positionals } = parseCommandLine(HELP, { json: { type: 'boolean', default: false } });
  if (positionals.length === 0) throw new UsageError(HELP.trim());
  const files = await detectFormats(positionals);
  const config = parseConfig(process.env);
  const record = await openRecord({ config, log: createLog(config.LOG_LEVEL), shared: true });
  const stop = listenForStop();
  try {
    const report = await importAll({ files, record, signal: stop.signal });
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : toText(report));
    if (report.stopped) return INTERRUPTED;
    return report.files.every(({ refused, cutAtLine }) => refused === 0 && cutAtLine === null) ? 0 : 1;
  } finally {
    stop.release();
    await record.stop();
  }
});

type InputFile = { readonly file: string; readonly format: LineFormat };
type Report = Awaited<ReturnType<typeof importAll>>;

/** Before anything is imported: one wrong name among many should not leave half of the work done. */
async function detectFormats(files: readonly string[]): Promise<readonly InputFile[]> {
  const found: InputFile[] = [];
  for (const file of files) {
    const first = await readFirstLine(file);
    if (first === null) throw new UsageError(`${file}: there is no line in it that can be read.`);
    const format = detectFormat(first);
    if (format === null) {
      throw new UsageError(`${file}: its first line is neither a recorded round, nor an entry of the history, nor a
frame of a capture. npm run -s import -- --help says what they look like.`);
    }
    found.push({ file, format });
  }
  return found;
}

async function importAll({
  files,
  record,
  signal,
}: {
  files: readonly InputFile[];
  record: Record;
  signal: AbortSignal;
}) {
  const { store, database } = record;
  const known = await database.use(async (sql) => {
    const rows = await sql`select game_id from games where confirmed_at is not null`;
    return new Set(rows.map((row) => row.game_id as string));
  });
  const progress = createProgress('games');
  const started = performance.now();
  const reports: FileReport[] = [];
  for (const { file, format } of files) {
    if (signal.aborted) break;
    const before = reports.reduce((sum, { games }) => sum + games, 0);
    const onProgress = (games: number) => progress.tell(before + games, file);
    const report = await importFile(file, format, {
      store,
      clock: () => epochMs(Date.now()),
      known,
      signal,
      onProgress,
    });
    reports.push(report);
    progress.end();
    tellRefusals(report);
  }
  await store.flush();
  const seconds = (performance.now() - started) / 1_000;
  const sum = (of: (report: FileReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  return {
    files: reports,
    games: sum(({ games }) => games),
    new: sum((report) => report.new),
    known: sum((report) => report.known),
    incomplete: sum(({ incomplete }) => incomplete),
    predictions: sum(({ predictions }) => predictions),
    seconds: round(seconds, 2),
    gamesPerSecond: round(sum(({ games }) => games) / seconds, 0),
    stopped: signal.aborted,
  };
}

function tellRefusals({ file, refused, refusals, cutAtLine, games }: FileReport): void {
  for (const { line, reason } of refusals) process.stderr.write(`${file}:${line}: ${reason}\n`);
  if (refused > refusals.length) process.stderr.write(`… and ${refused - refusals.length} more\n`);
  if (cutAtLine !== null) {
    process.stderr.write(`${file} is cut at line ${cutAtLine}: the ${games} games before it are imported.\n`);
  }
}

function toText({ files, stopped, ...total }: Report): string {
  const lines = files.flatMap((report) => [
    `${report.file} (${report.format})`,
    `  games        ${report.games}: ${report.new} new, ${report.known} on record before`,
    `  incomplete   ${report.incomplete}`,
    `  predictions  ${report.predictions}`,
    ...(report.outOfOrder > 0 ? [`  out of order ${report.outOfOrder}: nothing is predicted of them`] : []),
    ...(report.refused > 0 ? [`  not used     ${report.refused}`] : []),
    ...(report.cutAtLine === null ? [] : [`  cut at line  ${report.cutAtLine}`]),
  ]);
  const end = `${total.games} games, ${total.new} of them new, in ${total.seconds} s (${total.gamesPerSecond} a second)`;
  return `${[...lines, '', stopped ? `Stopped. ${end}` : end].join('\n')}\n`;
}
