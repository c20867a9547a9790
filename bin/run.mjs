// node bin/run.mjs NAME args…: runs bin/commands/NAME.ts. Standard output belongs to the command; the set-up, when
// there is any to do, is told on standard error. The command runs in this very process: its signals and exit code are its own.
import './setup/require-node.mjs';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './setup/prepare.mjs';
import { fromRoot } from './setup/root.mjs';
import { runSetup } from './setup/run-setup.mjs';

const [name = '', ...args] = process.argv.slice(2);
const file = fromRoot('bin', 'commands', `${name}.ts`);
if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(file)) {
  process.stderr.write(`There is no command "${name}".\n`);
  process.exit(2);
}
await runSetup(process.stderr, (steps) => ensureDependencies({ steps, quiet: true }));

process.env.TSX_TSCONFIG_PATH = fromRoot('tsconfig.json');
const { register } = await import('tsx/esm/api');
register();
process.argv = [process.execPath, file, ...args];
await import(pathToFileURL(file).href);
