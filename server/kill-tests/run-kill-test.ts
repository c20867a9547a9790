// Plays games into a record while its process and its PostgreSQL are killed at points drawn from a seed, and starts what was
// killed again, as an operator or a supervisor would. The upstream goes on meanwhile: whoever connects again finds it where
// it has come to, up to five games later. Called by the kill test and by the bench.
import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { EmbeddedPostgres } from '@/db/embedded';
import { buildProcess } from '@/server/kill-tests/build-process';
import { createLeanUpstream } from '@/server/kill-tests/lean-upstream';
import type { ProcessOptions } from '@/server/kill-tests/killed-process';
import { createRandom, type Random } from '@/server/simulator/random';
import { HISTORY_GAMES } from '@/server/simulator/session';

export type KillTestOptions = {
  readonly database: Pick<EmbeddedPostgres, 'databaseUrl' | 'pid'>;
  readonly dataDir: string;
  readonly seed: string;
  readonly games: number;
  readonly processKills: number;
  readonly databaseKills: number;
};

export type KillTestReport = {
  readonly processKills: number;
  readonly databaseKills: number;
  /** Games nobody was listening to at all. */
  readonly missedGames: number;
  readonly seconds: number;
};

type Tally = { -readonly [Key in keyof KillTestReport]: KillTestReport[Key] };
type Kill = { readonly atGame: number; readonly what: 'process' | 'database'; readonly delayMs: number };
type Place = Pick<ProcessOptions, 'game' | 'tick'>;

/** Long enough to be anywhere in a batch, a COPY, a commit or between them. */
const DELAY_MS_MAX = 60;
/** Upstream waits where the games that are not durable would no longer all be in its history: kills may come in a row. */
const MISSED_GAMES_MAX = 5;
const PROCESS_LIMIT_MS = 600_000;

export async function runKillTest(options: KillTestOptions): Promise<KillTestReport> {
  const { seed, games } = options;
  const random = createRandom(`${seed}/kills`);
  const upstream = createLeanUpstream(seed);
  const script = await buildProcess('killed-process', seed);
  const kills = planKills(options, random);
  const report: Tally = { processKills: 0, databaseKills: 0, missedGames: 0, seconds: 0 };
  const started = performance.now();
  try {
    let place: Place = { game: 0, tick: null };
    let durable = -1;
    for (;;) {
      const { database, dataDir } = options;
      const run = startProcess(script, { databaseUrl: database.databaseUrl, dataDir, seed, games, ...place });
      const end = await playUntilKilled(run, { options, kills, report });
      if (end === 'done') break;
      durable = Math.max(durable, end.durable);
      const { reached } = end;
      place = nextPlace({ reached, durable, games, upstream, random });
      report.missedGames += Math.max(0, place.game - reached - 1);
    }
  } finally {
    await rm(script, { force: true });
  }
  return { ...report, seconds: (performance.now() - started) / 1_000 };
}

/** In the order of games; two of one game follow one another. */
function planKills({ games, processKills, databaseKills }: KillTestOptions, random: Random): Kill[] {
  const plan = (what: Kill['what'], count: number) =>
    Array.from({ length: count }, (): Kill => {
      return { what, atGame: random.integer(0, games - 1), delayMs: random.between(0, DELAY_MS_MAX) };
    });
  return [...plan('process', processKills), ...plan('database', databaseKills)].sort((a, b) => a.atGame - b.atGame);
}

/** Later in the game that ran, or in one of the next, as long as the history reaches back to what is not durable. */
function nextPlace({
  reached,
  durable,
  games,
  upstream,
  random,
}: {
  reached: number;
  durable: number;
  games: number;
  upstream: ReturnType<typeof createLeanUpstream>;
  random: Random;
}): Place {
  const missed = random.integer(0, MISSED_GAMES_MAX);
  const game = Math.max(reached, Math.min(reached + missed, durable + HISTORY_GAMES, games - 1));
  const { rugTick } = upstream.course(game);
  // How far the killed process had got within its game nobody knows: its last tick but the rug is not before that.
  if (game === reached) return { game, tick: rugTick - 1 };
  return { game, tick: random.chance(0.3) ? null : random.integer(0, rugTick - 1) };
}

type Run = { readonly child: ChildProcess; readonly ended: Promise<number | null>; lines(): AsyncIterable<string> };

function startProcess(script: string, options: ProcessOptions): Run {
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const limit = setTimeout(() => child.kill('SIGKILL'), PROCESS_LIMIT_MS);
  const ended = new Promise<number | null>((settle) => child.once('exit', settle)).finally(() => clearTimeout(limit));
  return { child, ended, lines: () => createInterface({ input: child.stdout! }) };
}

/** `done`, or where the process had come to when it was killed. */
async function playUntilKilled(
  { child, ended, lines }: Run,
  { options, kills, report }: { options: KillTestOptions; kills: Kill[]; report: Tally },
): Promise<{ reached: number; durable: number } | 'done'> {
  let reached = -1;
  let durable = -1;
  let done = false;
  let killing: Promise<void> = Promise.resolve();
  let killed = false;
  for await (const line of lines()) {
    const [word, number] = line.split(' ');
    if (word === 'done') done = true;
    else if (word === 'durable') durable = Number(number);
    else reached = Number(number);
    while (!killed && kills.length > 0 && kills[0]!.atGame <= reached) {
      const kill = kills.shift()!;
      if (kill.what === 'process') killed = true;
      killing = killing.then(async () => {
        await wait(kill.delayMs);
        if (kill.what === 'process') child.kill('SIGKILL');
        else killDatabase(options.database);
        report[kill.what === 'process' ? 'processKills' : 'databaseKills']++;
      });
    }
  }
  const code = await ended;
  await killing;
  if (done && code === 0) return 'done';
  if (!killed) throw new Error(`the process ended by itself in game ${reached}, with code ${code}`);
  return { reached, durable };
}

/** The server restarts it. Between a crash and the restart there is nothing to kill. */
function killDatabase(database: KillTestOptions['database']): void {
  const pid = database.pid();
  if (pid !== null) process.kill(pid, 'SIGKILL');
}
