// npm run settings-table: writes the README's table of settings from server/config.ts, where each is defined.
import { readFile, writeFile } from 'node:fs/promises';
import { parseCommandLine, runCommand } from '@/bin/commands/cli';
import { updateSettingsTable } from '@/bin/docs/settings-table';

const HELP = `
Usage: npm run settings-table [-- --check]

Writes the settings of server/config.ts into README.md. With --check nothing is written, and the exit code is 1 when the
table is out of date.
`;

const README = new URL('../../README.md', import.meta.url);

void runCommand(async () => {
  const { values } = parseCommandLine(HELP, { check: { type: 'boolean', default: false } });
  const written = await readFile(README, 'utf8');
  const updated = await updateSettingsTable(written);
  if (written === updated) return 0;
  if (values.check) {
    process.stderr.write('The settings in README.md are out of date: npm run settings-table\n');
    return 1;
  }
  await writeFile(README, updated);
  return 0;
});
