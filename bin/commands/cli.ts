// Shared by every command: arguments parsed once, --help on each, one-line errors with exit code 2 for bad usage.
import { parseArgs, type ParseArgsConfig } from 'node:util';

export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses the command line; prints the help and exits when asked, or says what is wrong with it and exits with 2. */
export function parseCommandLine<T extends Options>(help: string, options: T) {
  try {
    const parsed = parseArgs({
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } } as T & { help: { type: 'boolean'; short: 'h' } },
    });
    if ((parsed.values as { help?: boolean }).help) {
      process.stdout.write(`${help.trim()}\n`);
      process.exit(0);
    }
    return parsed;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${help.trim()}`);
  }
}

/** Runs a command's main; its number is the exit code. Expected failures are one line on standard error. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
      return;
    }
    const code = (error as NodeJS.ErrnoException | null)?.code;
    const expected = code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR';
    process.stderr.write(`${expected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
    process.exitCode = 1;
  }
}

/** JSON has no Infinity: a length mismatch is told as null. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
