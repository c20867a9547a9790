// npm run dev: as npm start, but from the sources: pages reload in place, and the server restarts when its code changes.
import './setup/require-node.mjs';
import { runServer } from './setup/run-server.mjs';

await runServer({ mode: 'development' });
