// npm run bench: measures one thing and prints it, as a table or as one JSON object. Benchmarks live in bench/, each a
// module with `run`; figures are taken against a raw limit in the same run, because machines are noisy.
import { readdirSync } from 'node:fs';
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';

const FOLDER = new URL('../../bench/', import.meta.url);

function benchNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
}

const HELP = `
Usage: npm run -s bench -- NAME [--json]

NAME is one of: ${benchNames().join(', ')}.
`;

void runCommand(async () => {
  const { values, positionals } = parseCommandLine(HELP, { json: { type: 'boolean', default: false } });
  const [name] = positionals;
  if (!name || positionals.length > 1 || !benchNames().includes(name)) throw new UsageError(HELP.trim());
  const bench = (await import(new URL(`${name}.ts`, FOLDER).href)) as { run(): Promise<Record<string, unknown>> };
  const figures = await bench.run();
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : toTable(figures));
  return 0;
});

function toTable(figures: Record<string, unknown>): string {
  const rows = Object.entries(figures).flatMap(([key, value]) => flatten(key, value));
  const width = Math.max(...rows.map(([key]) => key.length));
  return rows.map(([key, value]) => `${key.padEnd(width)}  ${value}\n`).join('');
}

function flatten(key: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[key, String(value)]];
  return Object.entries(value).flatMap(([inner, innerValue]) => flatten(`${key}.${inner}`, innerValue));
}
