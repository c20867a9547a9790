// npm start: dependencies, build, then the server until Ctrl-C.
import './setup/require-node.mjs';
import { runServer } from './setup/run-server.mjs';

await runServer({ mode: 'production' });
