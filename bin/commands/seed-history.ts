// npm run seed-history: writes simulated games to the record, for trying the pages and for benches.
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { createProgress } from '@/bin/commands/support/progress';
import { INTERRUPTED, listenForStop } from '@/bin/commands/support/stop-signal';
import { round } from '@/lib/math/percentile';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { parseConfig } from '@/server/config';
import { createLog } from '@/server/ops/log';
import { seedHistory } from '@/server/seed/seed-history';
import { openRecord } from '@/server/store/open-record';

const GAMES_MAX = 1_000_000;

const HELP = `
Usage: npm run -s seed-history -- --games N [--seed TEXT] [--until ISO] [--json]

Writes N simulated games with full detail to the record, one after the other at the pace of the real game, about 1,200 a
day, so that the last one ends at --until. They are marked as the simulator's and share no statistic with real games.

  --games N      1 to ${GAMES_MAX}
  --seed TEXT    the same seed and end give the same games; by default the end is the seed
  --until ISO    end of the last game; by default now
  --json         one JSON object instead of a table
  -h, --help     this text

The database is DATABASE_URL, else the embedded one in DATA_DIR; it may be the one of a running Fortytick.
`;

void runCommand(async () => {
  const { values } = parseCommandLine(HELP, {
    games: { type: 'string' },
    seed: { type: 'string' },
    until: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const games = parseGames(values.games);
  const until = parseUntil(values.until);
  const seed = values.seed ?? new Date(until).toISOString();
  const config = parseConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const record = await openRecord({ config, log, shared: true, source: 'simulator' });
  const stop = listenForStop();
  try {
    const progress = createProgress('games');
    const started = performance.now();
    const onGame = (done: number) => progress.tell(done, `of ${games}`);
    const tally = await seedHistory({ store: record.store, seed, games, until, signal: stop.signal, onGame });
    await record.store.flush();
    progress.end();
    const seconds = (performance.now() - started) / 1_000;
    const report = {
      games: tally.games,
      ticks: tally.ticks,
      predictions: tally.predictions,
      seed,
      from: tally.from === null ? null : new Date(tally.from).toISOString(),
      until: new Date(until).toISOString(),
      seconds: round(seconds, 2),
      gamesPerSecond: round(tally.games / seconds, 0),
      stopped: stop.signal.aborted,
    };
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : toText(report));
    return report.stopped ? INTERRUPTED : 0;
  } finally {
    stop.release();
    await record.stop();
  }
});

function parseGames(text: string | undefined): number {
  const games = Number(text);
  if (text === undefined) throw new UsageError(HELP.trim());
  if (!Number.isInteger(games) || games < 1 || games > GAMES_MAX) {
    throw new UsageError(`--games is "${text}": it takes a whole number from 1 to ${GAMES_MAX}.`);
  }
  return games;
}

/** To the whole second, so that the seed made from it can be typed again. */
function parseUntil(text: string | undefined): EpochMs {
  if (text === undefined) return epochMs(Math.floor(Date.now() / 1_000) * 1_000);
  const ms = Date.parse(text);
  const isInRange = ms >= Date.UTC(2010, 0, 1) && ms < Date.UTC(2100, 0, 1);
  if (!isInRange) throw new UsageError(`--until is "${text}": it takes an ISO time from 2010 to 2099.`);
  return epochMs(ms);
}

function toText(report: object): string {
  return Object.entries(report)
    .map(([name, value]) => `${name.padEnd(14)}  ${value}\n`)
    .join('');
}
