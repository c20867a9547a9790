// The JSON-RPC over HTTP: one POST, one answer. The faults of a network and of a busy node are made here.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { PracticeFaults } from '@/server/chain/practice/faults';
import { handleRpc, type Call } from '@/server/chain/practice/rpc/handle-rpc';
import type { RateLimit } from '@/server/chain/practice/rpc/rate-limit';

/** As a validator's. */
const BODY_BYTES_MAX = 50 * 1024;
/** One more is not accepted. */
const CONNECTIONS_MAX = 1_000;

/** Node's 5 s would close a connection just as a client that is busy for a moment takes it up again. */
const KEEP_ALIVE_MS = 60_000;

/** A wallet asks from a page that another port served. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type, solana-client',
  'access-control-max-age': '86400',
};

export type HttpParts = {
  readonly call: Call;
  readonly faults: PracticeFaults;
  readonly rateLimit: RateLimit;
  readonly delay: (ms: number) => Promise<void>;
};

export function createHttpServer(parts: HttpParts): Server {
  const server = createServer((request, response) => {
    void serve(parts, request, response).catch(() => request.socket.destroy());
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('connection', (socket) => {
    if (parts.faults.current().down) socket.destroy();
  });
  parts.faults.onChange(({ down }) => {
    if (down) server.closeAllConnections();
  });
  return server;
}

async function serve(
  { call, faults, rateLimit, delay }: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
  if (request.method === 'GET' && request.url === '/health') return void response.writeHead(200, CORS).end('ok');
  if (request.method !== 'POST') {
    return void response.writeHead(405, { ...CORS, allow: 'POST, OPTIONS' }).end('Used HTTP Method is not allowed.');
  }
  const body = await readBody(request);
  if (body === null) {
    return void response.writeHead(413, { ...CORS, connection: 'close' }).end('The request is too large.');
  }
  const { latencyMs, ratePerSecond } = faults.current();
  if (!rateLimit.allows(1, ratePerSecond)) return sendJson(response, 429, TOO_MANY);
  if (latencyMs > 0) await delay(latencyMs);
  if (faults.current().down) return void request.socket.destroy();
  const answer = handleRpc(body, call);
  if (answer === null) return void response.writeHead(200, CORS).end();
  sendJson(response, 200, answer);
}

const TOO_MANY = {
  jsonrpc: '2.0',
  error: { code: 429, message: 'Too many requests for a specific RPC call' },
  id: null,
};

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const retry = status === 429 ? { 'retry-after': '1' } : {};
  response
    .writeHead(status, { ...CORS, ...retry, 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(value));
}

/** Null when it is larger than allowed. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes > BODY_BYTES_MAX) return null;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}
