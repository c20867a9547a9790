// Reads games from files for the backtest, line by line, and keeps account of every line that could not be used: each is
// named on standard error with file, line and reason, and counted in the report.
import { parseGame, type GameProblem } from '@/lib/backtest/parse-game';
import type { BacktestReport, UnusableLine } from '@/lib/backtest/backtest-report';
import type { RecordedGame } from '@/lib/backtest/recorded-game';
import { readLines } from '@/server/ops/read-lines';

export type GamesReader = {
  /** Hands every usable game on, in order; returns how many there were. */
  read(files: readonly string[], take: (game: RecordedGame) => void): Promise<number>;
  unusable(): BacktestReport['unusable'];
};

/** Named one by one up to here; after that only counted, so that a wrong file does not flood the screen. */
const EXAMPLES_MAX = 20;

export function createGamesReader(): GamesReader {
  /** Where each game id was first met: a game counted twice would count as evidence twice. */
  const seen = new Map<string, string>();
  const examples: UnusableLine[] = [];
  const byReason: Record<string, number> = {};
  let count = 0;
  let latestMs = -Infinity;
  let toldOrder = false;

  const refuse = (file: string, line: number, problem: GameProblem) => {
    count++;
    byReason[problem.code] = (byReason[problem.code] ?? 0) + 1;
    if (count <= EXAMPLES_MAX) {
      examples.push({ file, line, ...problem });
      process.stderr.write(`${file}:${line}: ${problem.message}\n`);
    } else if (count === EXAMPLES_MAX + 1) process.stderr.write('… further unusable lines are only counted\n');
  };
  const tellOrder = (file: string, line: number, startedAtMs: number | null) => {
    if (startedAtMs === null) return;
    if (startedAtMs < latestMs && !toldOrder) {
      toldOrder = true;
      process.stderr.write(
        `${file}:${line}: games are not in order of time; they are taken in the order of the file\n`,
      );
    }
    latestMs = Math.max(latestMs, startedAtMs);
  };
  return {
    async read(files, take) {
      let usable = 0;
      for (const file of files) {
        for await (const { line, text } of linesOf(file)) {
          const parsed = parseGame(text);
          if (!parsed.ok) {
            refuse(file, line, parsed.error);
            continue;
          }
          const { gameId, startedAtMs } = parsed.value;
          const before = gameId === null ? undefined : seen.get(gameId);
          if (before !== undefined) {
            refuse(file, line, { code: 'duplicate', message: `game ${gameId} was already read at ${before}` });
            continue;
          }
          if (gameId !== null) seen.set(gameId, `${file}:${line}`);
          tellOrder(file, line, startedAtMs);
          take(parsed.value);
          usable++;
        }
      }
      return usable;
    },
    unusable: () => ({ count, byReason, examples }),
  };
}

/** A file that cannot be read to its end: missing, not permitted, or cut off in the middle of its compression. */
export class UnreadableFileError extends Error {}

async function* linesOf(file: string) {
  try {
    yield* readLines(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableFileError(`${file} cannot be read: ${reason}`, { cause });
  }
}
