// Two servers on neighbouring ports of the loopback: clients look for the websocket one above the HTTP port.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '@/server/ops/start-error';

const LOOPBACK = '127.0.0.1';
/** A free port whose neighbour is taken is rare: the range is nearly empty. */
const ATTEMPTS = 20;

/** Resolves to the HTTP port. `port` 0 takes any free pair. */
export async function listenPair({ http, ws, port }: { http: Server; ws: Server; port: number }): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const taken = await listen(http, port).catch((error: NodeJS.ErrnoException) => explain(error, port));
    const problem =
      taken >= 65_535 ? new Error('no port above') : await listen(ws, taken + 1).then(() => null, toError);
    if (problem === null) return taken;
    await new Promise<void>((resolve) => http.close(() => resolve()));
    if (port !== 0) explain(problem, taken + 1);
    if (attempt === ATTEMPTS) throw new StartError('No two neighbouring ports are free for the practice chain.');
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function toError(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  return error;
}

function explain(error: NodeJS.ErrnoException, port: number): never {
  if (error.code !== 'EADDRINUSE') throw error;
  throw new StartError(`Port ${port} is taken: CHAIN_PORT and the port above it must be free.`, { cause: error });
}
