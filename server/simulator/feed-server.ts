// The simulator's sockets: who is connected, what each of them gets, and what they may ask. Frames come from the run
// script through `send`; between it and each socket stand the faulty line and the rule for transports that lag.
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { Clock } from '@/lib/units/time';
import type { Fault, FaultRates } from '@/server/config';
import { createClientLine, type DeliveryTally } from '@/server/simulator/client-line';
import { zeroFaultCounts, type FaultCounts, type FaultyLine } from '@/server/simulator/faulty-line';
import { createFrameDice } from '@/server/simulator/frame-dice';
import type { Frame } from '@/server/simulator/frame';
import type { RunScript } from '@/server/simulator/run-script';
import { answerSideBet, type AnsweredSideBet } from '@/server/simulator/side-bet-desk';

export type FeedServerCounts = Readonly<DeliveryTally> & {
  readonly clients: number;
  readonly connections: number;
  /** Broadcast frames, whoever listened. */
  readonly framesEmitted: number;
  readonly betsAccepted: number;
  readonly betsRefused: number;
};

export type FeedServer = {
  readonly port: number;
  send(frame: Frame): void;
  /** Sends the connect frame to those who came during a silence. */
  greetWaiting(): void;
  counts(): FeedServerCounts;
  faultCounts(): FaultCounts;
  close(): Promise<void>;
};

export type FeedServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly seed: string;
  readonly script: RunScript;
  readonly clock: Clock;
  readonly faults: () => FaultRates;
  readonly isSilent: () => boolean;
  readonly schedule: (simulatedMs: number, task: () => void) => () => void;
  readonly onBroadcast: (frame: Frame) => void;
};

type Servers = { readonly http: HttpServer; readonly io: Server; readonly connections: ReadonlySet<NetSocket> };
type Client = { readonly socket: Socket; readonly line: FaultyLine; readonly playerId: string; greeted: boolean };

/** Far more than anybody runs against one simulator; the next one is refused with a message. */
const CLIENTS_MAX = 256;
/** A side-bet request has about 100 bytes. A client that sends more than this is disconnected. */
const INBOUND_BYTES_MAX = 16_384;
/** Frame numbers of greetings and of frames for one client only: apart from those of the broadcast. */
const OWN_FRAMES_FROM = 2 ** 31;

export async function openFeedServer(options: FeedServerOptions): Promise<FeedServer> {
  const { script, isSilent } = options;
  const servers = createServers();
  const { http, io } = servers;
  const clients = new Map<string, Client>();
  const closedFaults = zeroFaultCounts();
  const tally = { framesSent: 0, framesSkipped: 0, laggardsClosed: 0, betsAccepted: 0, betsRefused: 0 };
  let connections = 0;
  let framesEmitted = 0;

  io.use((_socket, next) => next(clients.size < CLIENTS_MAX ? undefined : new Error('The simulator is full.')));
  io.on('connection', (socket) => {
    // Each connection has dice of its own, numbered in the order of connecting.
    const dice = createFrameDice(`${options.seed}/line ${connections++}`);
    const line = createClientLine({ ...options, socket, tally, dice });
    const client: Client = { socket, line, playerId: script.nextClientId(), greeted: false };
    clients.set(socket.id, client);
    socket.on('disconnect', () => {
      line.close();
      addCounts(closedFaults, line.counts());
      clients.delete(socket.id);
    });
    socket.on('requestSidebet', (...args: unknown[]) => {
      const { answer, frames } = takeBet(client, args, options);
      if (answer.success) tally.betsAccepted++;
      else tally.betsRefused++;
      frames.forEach(send);
    });
    if (!isSilent()) greet(client);
  });

  function greet(client: Client) {
    client.greeted = true;
    script.greeting().forEach((frame, index) => {
      if (client.socket.connected) client.line.deliver(frame, OWN_FRAMES_FROM + index);
    });
  }

  function send(frame: Frame) {
    if (frame.to !== null) {
      clients.get(frame.to)?.line.deliver(frame, OWN_FRAMES_FROM + framesEmitted);
      return;
    }
    framesEmitted++;
    options.onBroadcast(frame);
    for (const client of clients.values()) {
      if (client.greeted && client.socket.connected) client.line.deliver(frame, framesEmitted);
    }
  }

  await listen(http, options);
  let closing: Promise<void> | null = null;
  return {
    port: (http.address() as AddressInfo).port,
    send,
    greetWaiting: () => [...clients.values()].filter((client) => !client.greeted).forEach(greet),
    counts: () => ({ clients: clients.size, connections, framesEmitted, ...tally }),
    faultCounts() {
      const total = { ...closedFaults };
      for (const { line } of clients.values()) addCounts(total, line.counts());
      return total;
    },
    close: () => (closing ??= closeServers(servers)),
  };
}

/** Answers through the client's acknowledgement, when it sent one. */
function takeBet(
  { socket, playerId }: Client,
  args: readonly unknown[],
  { script, clock, isSilent }: FeedServerOptions,
): AnsweredSideBet {
  const last = args.at(-1);
  const sent = typeof last === 'function' ? args.slice(0, -1) : args;
  const answered = answerSideBet(sent, (request) => {
    if (isSilent()) return { ok: false, error: 'no-game' };
    return script.placeBet({ owner: socket.id, playerId, ...request }, clock());
  });
  if (typeof last === 'function') last(answered.answer);
  return answered;
}

function createServers(): Servers {
  const http = createServer((_request, response) => {
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end('This is the simulated feed: connect by Socket.IO.\n');
  });
  const io = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: INBOUND_BYTES_MAX,
    httpCompression: false,
    perMessageDeflate: false,
  });
  const connections = new Set<NetSocket>();
  http.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  return { http, io, connections };
}

function listen(http: HttpServer, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(new Error(`The simulator cannot listen on ${host}:${port} (${cause.message}).`, { cause }));
    http.once('error', fail);
    http.listen(port, host, () => {
      http.off('error', fail);
      resolve();
    });
  });
}

/** Disconnecting each socket closes its line too. What does not answer is destroyed: stopping never waits for a client. */
async function closeServers({ io, connections }: Servers): Promise<void> {
  io.disconnectSockets(true);
  const closed = io.close();
  // One turn of the loop for the goodbyes to be written.
  await new Promise((resolve) => setImmediate(resolve));
  for (const connection of connections) connection.destroy();
  await closed;
}

function addCounts(total: Record<Fault, number>, counts: FaultCounts): void {
  for (const fault of Object.keys(counts) as Fault[]) total[fault] += counts[fault];
}
