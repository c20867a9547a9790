// The table of settings in the README: generated, so that it cannot differ from what the server parses.
import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { SETTINGS } from '@/server/config';

const START = '<!-- settings:start (npm run settings-table) -->';
const END = '<!-- settings:end -->';

/** The document with its table replaced; throws when it has no place for one. */
export async function updateSettingsTable(markdown: string): Promise<string> {
  const start = markdown.indexOf(START);
  const end = markdown.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The document lacks ${START} … ${END}.`);
  const updated = `${markdown.slice(0, start)}${START}\n\n${renderSettingsTable()}\n${markdown.slice(end)}`;
  const style = await resolveConfig(fileURLToPath(new URL('../../README.md', import.meta.url)));
  return format(updated, { ...style, parser: 'markdown' });
}

export function renderSettingsTable(): string {
  const rows = Object.entries(SETTINGS).map(([name, { takes, fallback, about }]) =>
    row([`\`${name}\``, takes, fallback, about]),
  );
  return [row(['Setting', 'Takes', 'Default', 'What it does']), row(['---', '---', '---', '---']), ...rows, ''].join(
    '\n',
  );
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
