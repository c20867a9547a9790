import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestChain, until } from '@/server/chain/practice/test-kit/practice';
import { createSlotFeed } from '@/server/chain/slot-feed';

/** Timers that run when the test says so. */
function createTimers() {
  const waiting = new Map<number, { run: () => void; ms: number }>();
  let next = 1;
  return {
    set(run: () => void, ms: number) {
      const id = next++;
      waiting.set(id, { run, ms });
      return { [Symbol.toPrimitive]: () => id } as unknown as NodeJS.Timeout;
    },
    waits: () => [...waiting.values()].map(({ ms }) => ms),
    fire(ms: number) {
      for (const [id, timer] of waiting) {
        if (timer.ms !== ms) continue;
        waiting.delete(id);
        timer.run();
      }
    },
  };
}

async function startServer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const sockets: WebSocket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  const say = (slot: unknown) =>
    sockets.at(-1)!.send(JSON.stringify({ method: 'slotNotification', params: { result: { slot } } }));
  return { wsUrl: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets, say };
}

function listenTo(wsUrl: string, pollSlot: () => Promise<number>) {
  const timers = createTimers();
  const feed = createSlotFeed({ wsUrl, pollSlot, setTimer: timers.set });
  onTestFinished(feed.stop);
  const heard: number[] = [];
  const stop = feed.listen((slot) => heard.push(slot));
  return { timers, feed, heard, stop };
}

const never = () => Promise.reject(new Error('away'));

describe('new slots', () => {
  it('come by websocket', async () => {
    const practice = await startTestChain();
    const { heard, stop } = listenTo(practice.wsUrl, never);
    await until(() => practice.subscriptions() === 1);
    await practice.produceBlocks(2);
    await until(() => heard.length === 2);
    expect(heard).toEqual([2, 3]);
    stop();
    await until(() => practice.subscriptions() === 0);
  });

  it('come by asking while the socket is down, and by the socket again once it is back', async () => {
    const { wsUrl, sockets, say } = await startServer();
    let polled = 10;
    const { timers, heard } = listenTo(wsUrl, async () => polled++);
    await until(() => sockets.length === 1);
    say(9);
    await until(() => heard.length === 1);
    sockets[0]!.terminate();
    await until(() => heard.length === 2);
    timers.fire(800);
    await until(() => sockets.length === 2);
    say(12);
    await until(() => heard.length === 3);
    expect(heard).toEqual([9, 10, 12]);
  });

  it('are asked for again and again while nobody listens on the port', async () => {
    let polled = 5;
    const { timers, heard } = listenTo('ws://127.0.0.1:1', async () => polled++);
    for (let count = 1; count <= 3; count += 1) {
      await until(() => heard.length === count && timers.waits().includes(800));
      timers.fire(800);
    }
    expect(heard.slice(0, 3)).toEqual([5, 6, 7]);
  });

  it('are taken from a new connection when the old one falls silent', async () => {
    const { wsUrl, sockets, say } = await startServer();
    const { timers, heard } = listenTo(wsUrl, never);
    await until(() => sockets.length === 1);
    say(1);
    await until(() => heard.length === 1);
    timers.fire(10_000);
    await until(() => timers.waits().includes(800));
    timers.fire(800);
    await until(() => sockets.length === 2);
    say(2);
    await until(() => heard.length === 2);
  });

  it('are told once, and rubbish not at all', async () => {
    const { wsUrl, sockets, say } = await startServer();
    const { heard } = listenTo(wsUrl, never);
    await until(() => sockets.length === 1);
    sockets[0]!.send('{');
    sockets[0]!.send('null');
    for (const slot of [3, 3, 2, '4', 5]) say(slot);
    await until(() => heard.includes(5));
    expect(heard).toEqual([3, 5]);
  });
});
