// One port for everything: Next's pages and API, and the socket.io hub. The port is bound at once; until the pages are
// ready a request is told so.
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import next from 'next';
import { Server } from 'socket.io';
import type { Config } from '@/server/config';
import type { Log } from '@/server/ops/log';
import { markClientAddress } from '@/server/http/client-address';
import { StartError } from '@/server/ops/start-error';

export type Http = {
  readonly io: Server;
  readonly url: string;
  readonly port: number;
  /** Resolves when pages can be served. */
  ready(): Promise<void>;
  stop(): Promise<void>;
};

/** Browsers send subscriptions of a few dozen bytes; nothing they may say is larger. */
const CLIENT_MESSAGE_BYTES_MAX = 16_384;

export async function startHttp({ config, log }: { config: Config; log: Log }): Promise<Http> {
  let handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null = null;
  const server = createServer((request, response) => {
    markClientAddress(request, config.TRUST_PROXY);
    if (!handle) return void response.writeHead(503, { 'retry-after': '1' }).end('Fortytick is starting.\n');
    handle(request, response).catch((error: unknown) => {
      log.error({ error: String(error), url: request.url }, 'request failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const io = new Server(server, {
    serveClient: false,
    maxHttpBufferSize: CLIENT_MESSAGE_BYTES_MAX,
    destroyUpgrade: false, // In development Next's own websocket shares the port.
    pingInterval: 10_000,
    pingTimeout: 10_000,
    // Only pages of this very origin may open the hub: no other site can listen in through a visitor's browser.
    cors: { origin: false },
  });
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  const dev = process.env.NODE_ENV === 'development';
  const app = next({ dev, dir: process.cwd(), hostname: config.HOST, port, httpServer: server });
  const prepared = app.prepare();
  prepared.catch(() => undefined); // Reported by whoever awaits ready().

  return {
    io,
    port,
    url: `http://${config.HOST === '127.0.0.1' ? 'localhost' : config.HOST}:${port}`,
    async ready() {
      await prepared;
      handle = app.getRequestHandler();
    },
    async stop() {
      await io.close();
      server.closeAllConnections();
      await prepared.catch(() => undefined);
      await app.close();
    },
  };
}

function listen(server: HttpServer, { PORT, HOST }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new StartError(`Port ${PORT} is taken by another program. Stop it, or choose another: PORT=3001 npm start`),
        );
      } else if (error.code === 'EACCES') {
        reject(
          new StartError(`Port ${PORT} may not be opened by this user. Choose one above 1023: PORT=3001 npm start`),
        );
      } else reject(error);
    });
    server.listen(PORT, HOST, resolve);
  });
}
