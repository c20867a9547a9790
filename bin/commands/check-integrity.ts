// npm run check-integrity: checks finished games against everything that must hold of them, and tells what fails.
import { parseCommandLine, runCommand } from '@/bin/commands/cli';
import { createProgress } from '@/bin/commands/support/progress';
import { INTERRUPTED, listenForStop } from '@/bin/commands/support/stop-signal';
import { CHECK_TITLES, type CheckId } from '@/lib/integrity/check-result';
import { round } from '@/lib/math/percentile';
import { epochMs } from '@/lib/units/time';
import { parseConfig } from '@/server/config';
import { checkAll } from '@/server/integrity/check-all';
import { summarizeIntegrity, type CheckCounts, type IntegritySummary } from '@/server/integrity/integrity-summary';
import { createLog } from '@/server/ops/log';
import { openRecord } from '@/server/store/open-record';

const HELP = `
Usage: npm run -s check-integrity -- [--all] [--json]

Checks the finished games on record that have not been checked as they are now, and tells what the checks say of all of
them: provably fair, commitment kept, tick sequence, length and peak, trades, side bets, predictions.

  --all        check every finished game again
  --json       {games, checks: {<check>: {passed, failed, unverifiable}}, failing: [{gameId, check, detail}], failingGames,
               backlog, unconfirmed, checked, gamesPerSecond}
  -h, --help   this text

Exit code 0: nothing fails. 1: a game fails a check. 130: stopped by Ctrl-C; what is left is the backlog.

The database is DATABASE_URL, else the embedded one in DATA_DIR; it may be the one of a running Fortytick.
`;

void runCommand(async () => {
  const { values } = parseCommandLine(HELP, {
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const config = parseConfig(process.env);
  const record = await openRecord({ config, log: createLog(config.LOG_LEVEL), shared: true });
  const stop = listenForStop();
  try {
    const progress = createProgress('games');
    const started = performance.now();
    const checked = await checkAll(
      // A running Fortytick finds failing games on the record and raises the alerts; here they are told on the screen.
      { database: record.database, clock: () => epochMs(Date.now()), raise: () => {}, resolve: () => {} },
      { which: values.all ? 'all' : 'due', signal: stop.signal, onGames: (games) => progress.tell(games, 'checked') },
    );
    progress.end();
    const seconds = (performance.now() - started) / 1_000;
    const summary = await record.database.use(summarizeIntegrity);
    const report = { ...summary, checked, gamesPerSecond: round(checked / seconds, 0) };
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : toText(report));
    if (stop.signal.aborted) return INTERRUPTED;
    return summary.failingGames > 0 ? 1 : 0;
  } finally {
    stop.release();
    await record.stop();
  }
});

function toText(report: IntegritySummary & { checked: number; gamesPerSecond: number }): string {
  const row = (title: string, { passed, failed, unverifiable }: CheckCounts) =>
    `${title.padEnd(30)} ${String(passed).padStart(8)} ${String(failed).padStart(8)} ${String(unverifiable).padStart(13)}`;
  const lines = [
    `${''.padEnd(30)}   passed   failed  unverifiable`,
    ...Object.entries(report.checks).map(([check, counts]) => row(CHECK_TITLES[check as CheckId], counts)),
    row('Games', report.games),
    '',
    ...report.failing.map(({ gameId, check, detail }) => `${gameId}  ${CHECK_TITLES[check]}: ${detail}`),
    ...(report.failing.length > 0 ? [''] : []),
    `${report.checked} games checked (${report.gamesPerSecond} a second), ${report.backlog} still to be checked`,
    `${report.failingGames} failing`,
    `${report.unconfirmed.games} over and never confirmed by the feed's history`,
  ];
  return `${lines.join('\n')}\n`;
}
