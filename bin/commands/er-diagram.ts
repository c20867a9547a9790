// npm run er-diagram: writes the diagram of the record's tables from db/schema.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseCommandLine, runCommand } from '@/bin/commands/cli';
import { renderErDiagram } from '@/bin/docs/er-diagram';

const HELP = `
Usage: npm run er-diagram [-- --check]

Writes docs/record/er-diagram.md from db/schema. With --check nothing is written, and the exit code is 1 when the file is
out of date.
`;

const FILE = new URL('../../docs/record/er-diagram.md', import.meta.url);

void runCommand(async () => {
  const { values } = parseCommandLine(HELP, { check: { type: 'boolean', default: false } });
  const rendered = await renderErDiagram();
  const written = await readFile(FILE, 'utf8').catch(() => null);
  if (written === rendered) return 0;
  if (values.check) {
    process.stderr.write('docs/record/er-diagram.md is out of date: npm run er-diagram\n');
    return 1;
  }
  await mkdir(new URL('.', FILE), { recursive: true });
  await writeFile(FILE, rendered);
  return 0;
});
