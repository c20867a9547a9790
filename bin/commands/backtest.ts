// npm run backtest: plays recorded or simulated games through models and strategies, game by game and without look-ahead,
// and prints what a player would have seen and won. Reads files and writes reports; all computing is in lib/backtest.
import { writeFileSync } from 'node:fs';
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { createGamesReader, UnreadableFileError, type GamesReader } from '@/bin/commands/support/games-reader';
import { createBacktest, type Backtest } from '@/lib/backtest/backtest';
import { toJson, type BacktestReport } from '@/lib/backtest/backtest-report';
import { htmlReport } from '@/lib/backtest/html-report';
import { simulateGames } from '@/lib/backtest/simulate-games';
import { textReport } from '@/lib/backtest/text-report';
import { isModelId, MODEL_IDS } from '@/lib/hazard/model-set';
import { STRATEGIES, strategyById } from '@/lib/strategy/registry';
import { parseSol } from '@/lib/units/lamports';

const HELP = `
Usage: npm run -s backtest -- --games FILE… [--train FILE…] [options]
       npm run -s backtest -- --simulate N [--hazard H] [options]

Plays games through hazard models and betting strategies. Models learn game by game and see a game only after it
ended. FILE holds JSON lines (.gz too): prices (index = tick, null for a lost tick) or rugTick, optionally gameId,
startedAt, tickOffsetsMs; or gameHistory entries. A line that is no game is named and counted, never skipped silently.

  --games FILE…        games to play, in this order
  --train FILE…        games the models learn from first, without being scored
  --simulate N         instead of files: N games of the published generator
  --hazard H           their hazard per tick (default 0.005, the published one)
  --models a,b         of: ${MODEL_IDS.join(', ')} (default all)
  --strategies a,b     of: ${STRATEGIES.map(({ id }) => id).join(', ')} (default all; "none")
  --bankroll SOL       of each strategy (default 10)
  --delay-ticks N      ticks between a decision and its acceptance, 0 to 40 (default 1)
  --payout X           total returned per unit staked on a win (default 5)
  --seed TEXT          for simulated games and the resampling behind the ruin figure (default 1)
  --json               one JSON object on standard output instead of tables
  --html FILE          also write a report with charts
  -h, --help           this text
`;

const OPTIONS = {
  games: { type: 'string', multiple: true },
  train: { type: 'string', multiple: true },
  simulate: { type: 'string' },
  hazard: { type: 'string', default: '0.005' },
  models: { type: 'string', default: MODEL_IDS.join(',') },
  strategies: { type: 'string', default: STRATEGIES.map(({ id }) => id).join(',') },
  bankroll: { type: 'string', default: '10' },
  'delay-ticks': { type: 'string', default: '1' },
  payout: { type: 'string', default: '5' },
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  html: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseCommandLine<typeof OPTIONS>>['values'];

void runCommand(async () => {
  process.argv.splice(2, Infinity, ...spellOut(process.argv.slice(2), ['--games', '--train']));
  const { values, positionals } = parseCommandLine(HELP, OPTIONS);
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" belongs to no option.\n\n${HELP.trim()}`);
  const started = performance.now();
  const { backtest, delayTicks } = createFromOptions(values);
  const reader = createGamesReader();
  let source: string;
  try {
    source = await playAll(values, backtest, reader);
  } catch (error) {
    if (!(error instanceof UnreadableFileError) && !(error instanceof NoGamesError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const report: BacktestReport = {
    result: backtest.result(),
    source,
    bankroll: values.bankroll,
    delayTicks,
    seed: values.seed,
    unusable: reader.unusable(),
    seconds: (performance.now() - started) / 1000,
  };
  if (values.html !== undefined) writeFileSync(values.html, htmlReport(report));
  process.stdout.write(values.json ? `${JSON.stringify(toJson(report))}\n` : textReport(report));
  return 0;
});

class NoGamesError extends Error {}

/** Plays everything asked for and says in words what it was. */
async function playAll(values: Values, backtest: Backtest, reader: GamesReader): Promise<string> {
  const files = values.games ?? [];
  if (values.simulate !== undefined) {
    if (files.length > 0) throw new UsageError('--simulate and --games exclude each other.');
    const games = wholeNumber('--simulate', values.simulate, { low: 1, high: 10_000_000 });
    const hazard = number('--hazard', values.hazard, { low: 1e-6, high: 0.5 });
    await reader.read(values.train ?? [], (game) => backtest.learn(game));
    for (const game of simulateGames({ games, seed: values.seed, hazard })) backtest.play(game);
    return `simulated, hazard ${hazard}, seed ${values.seed}`;
  }
  if (files.length === 0)
    throw new UsageError(`There are no games: give --games FILE… or --simulate N.\n\n${HELP.trim()}`);
  await reader.read(values.train ?? [], (game) => backtest.learn(game));
  const played = await reader.read(files, (game) => backtest.play(game));
  if (played === 0) throw new NoGamesError(`No usable game in ${files.join(', ')}.`);
  return files.map((file) => file.replace(/^.*[\\/]/, '')).join(', ');
}

function createFromOptions(values: Values): { backtest: Backtest; delayTicks: number } {
  const modelIds = list(values.models).map((id) => {
    if (!isModelId(id)) throw new UsageError(`--models names "${id}": the models are ${MODEL_IDS.join(', ')}.`);
    return id;
  });
  if (modelIds.length === 0) throw new UsageError('--models names none.');
  const strategies = (values.strategies === 'none' ? [] : list(values.strategies)).map((id) => {
    const strategy = strategyById(id);
    if (strategy) return strategy;
    throw new UsageError(`--strategies names "${id}": there are ${STRATEGIES.map((one) => one.id).join(', ')}.`);
  });
  const bankroll = parseSol(values.bankroll);
  if (!bankroll.ok || bankroll.value <= 0n) {
    throw new UsageError(
      `--bankroll is "${values.bankroll}": it takes an amount of SOL above 0, with at most 9 decimals.`,
    );
  }
  const delayTicks = wholeNumber('--delay-ticks', values['delay-ticks'], { low: 0, high: 40 });
  const payout = number('--payout', values.payout, { low: 1, high: 1_000 });
  if (payout === 1) throw new UsageError('--payout is 1: a win must return more than the stake.');
  const options = { modelIds: [...new Set(modelIds)], strategies: [...new Set(strategies)], payout, delayTicks };
  return { backtest: createBacktest({ ...options, bankrollLamports: bankroll.value, seed: values.seed }), delayTicks };
}

/**
 * `--games A B` and `--bankroll -3` are what people type; the parser wants the flag before each value, and a value that
 * starts with a dash joined to its flag.
 */
function spellOut(args: readonly string[], listFlags: readonly string[]): string[] {
  const out: string[] = [];
  let listFlag: string | null = null;
  for (const arg of args) {
    if (arg.startsWith('--')) {
      listFlag = listFlags.includes(arg) ? arg : null;
      if (listFlag === null) out.push(arg);
    } else if (listFlag !== null) out.push(listFlag, arg);
    else if (/^-[.\d]/.test(arg) && out.at(-1)?.startsWith('--')) out.push(`${out.pop()}=${arg}`);
    else out.push(arg);
  }
  return out;
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function number(name: string, text: string, { low, high }: { low: number; high: number }): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (value >= low && value <= high) return value;
  throw new UsageError(`${name} is "${text}": it takes a number from ${low} to ${high}.`);
}

function wholeNumber(name: string, text: string, range: { low: number; high: number }): number {
  const value = number(name, text, range);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`${name} is "${text}": it takes a whole number.`);
}
