// npm test: everything there is to check, from a bare clone on. Runs to the end whatever fails; the last line is the total.
import './setup/require-node.mjs';
import { runTests } from './test/run-tests.mjs';

process.exit(await runTests(process.argv.slice(2)));
