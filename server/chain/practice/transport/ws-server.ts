// The same JSON-RPC over a websocket, with subscriptions.
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { PracticeFaults } from '@/server/chain/practice/faults';
import { handleRpc, type Call } from '@/server/chain/practice/rpc/handle-rpc';
import type { SubscriptionDesk } from '@/server/chain/practice/rpc/subscriptions';

const MESSAGE_BYTES_MAX = 50 * 1024;
/** One more is turned away. */
const CONNECTIONS_MAX = 500;
/** A client that reads slower than this is behind is cut off: it would only fall further behind. */
const BACKLOG_BYTES_MAX = 1024 * 1024;

export type WsParts = {
  readonly server: Server;
  readonly call: Call;
  readonly desk: SubscriptionDesk;
  readonly faults: PracticeFaults;
};

export function createWsServer({ server, call, desk, faults }: WsParts): WebSocketServer {
  const sockets = new WebSocketServer({ server, maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    if (faults.current().down || sockets.clients.size > CONNECTIONS_MAX) return socket.terminate();
    serve(socket, { call, desk });
  });
  faults.onChange(({ down }) => {
    if (down) for (const socket of sockets.clients) socket.terminate();
  });
  return sockets;
}

function serve(socket: WebSocket, { call, desk }: Pick<WsParts, 'call' | 'desk'>): void {
  const send = (message: string) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > BACKLOG_BYTES_MAX) return socket.terminate();
    socket.send(message);
  };
  const session = desk.open(send);
  socket.on('message', (data) => {
    const answer = handleRpc(String(data), (method, params) => {
      // web3.js keeps its connection alive by a method of this name.
      if (method === 'ping') return null;
      return session.call(method, params) ?? call(method, params);
    });
    if (answer !== null) send(JSON.stringify(answer));
    session.afterAnswer();
  });
  socket.on('close', () => session.close());
  // What is wrong with a connection ends it; `close` follows.
  socket.on('error', () => socket.terminate());
}
