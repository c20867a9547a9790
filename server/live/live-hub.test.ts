import { createServer } from 'node:http';
import type { AddressInfo, Socket as NodeSocket } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEvidence } from '@/lib/decision/create-evidence';
import { createDecisionLoop } from '@/lib/decision/loop';
import { createModelSet } from '@/lib/hazard/model-set';
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { LIVE_NAMESPACE, LIVE_PUSH_SCHEMAS, TICK_PUSH_BYTES_MAX, type LiveChannel } from '@/lib/protocol/push';
import { activeState, rawFrame, scriptGame, statesOf, toHistoryEntry } from '@/lib/test-kit/frames';
import { epochMs } from '@/lib/units/time';
import { createEngine, type Engine } from '@/server/engine';
import type { FeedListener } from '@/server/feed/feed-source';
import { createLiveHub, type LiveHub } from '@/server/live/live-hub';
import { createLiveState } from '@/server/live/live-state';
import { createLog } from '@/server/ops/log';

const game = scriptGame(3);
const next = scriptGame(4);

let feed: FeedListener;
let engine: Engine;
let hub: LiveHub;
let io: Server;
let url: string;
const clients: Socket[] = [];

beforeEach(async () => {
  const http = createServer();
  io = new Server(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}${LIVE_NAMESPACE}`;
  const clock = () => epochMs(1_767_225_600_000);
  const loop = createDecisionLoop({ models: createModelSet(), evidence: createEvidence() });
  engine = createEngine({
    source: { name: 'simulator', start: (listener) => (feed = listener), stop: async () => undefined },
    loop,
    recorder: { take: () => ({ predictions: [], recommendations: [] }) },
    store: {
      write: () => undefined,
      writePrediction: () => undefined,
      writeRecommendation: () => undefined,
      writeDeadLetter: () => undefined,
    },
    clock,
    log: createLog('silent'),
  });
  const { ingest, feedStatus } = engine;
  const live = createLiveState({ ingest, loop, feedStatus, clock });
  const storeHealth = () => ({ status: 'ok', queued: 0, spooled: 0, dropped: 0, written: 0 }) as const;
  const raisedAlerts = () => ({ warning: 1, critical: 0 });
  hub = createLiveHub({ io, live, ingest, feedStatus, storeHealth, raisedAlerts, evidence: loop.evidence, clock });
  engine.start({
    onFact(fact, assessment) {
      live.take(fact);
      hub.publish(fact, assessment);
    },
    onFrame: () => hub.endFrame(),
  });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  hub.stop();
  await io.close();
});

type Heard = { channel: LiveChannel; push: { type?: string } & Record<string, unknown> };

/** A browser's stand-in: validates everything it hears and can wait for it. */
function createClient() {
  const socket = connect(url, { transports: ['websocket'], forceNew: true });
  clients.push(socket);
  const heard: Heard[] = [];
  let wake = () => {};
  socket.onAny((channel: LiveChannel, push: Heard['push']) => {
    const parsed = LIVE_PUSH_SCHEMAS[channel].safeParse(push);
    if (!parsed.success) throw new Error(`${channel}: ${parsed.error.message}`);
    heard.push({ channel, push });
    wake();
  });
  return {
    socket,
    heard,
    subscribe: (channels: unknown) => socket.emitWithAck('subscribe', { channels }),
    async until(matches: (each: Heard) => boolean): Promise<Heard> {
      for (;;) {
        const found = heard.find(matches);
        if (found) return found;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

function send(...frames: RawFrame[]) {
  for (const frame of frames) feed.onFrame(frame);
}

const active = (tick: number) => rawFrame('gameStateUpdate', activeState(game, tick));
const isTick = (tick: number) => (each: Heard) => each.push.type === 'tick' && each.push.t === tick;

describe('the live hub', () => {
  it('gives a snapshot on joining and then every tick, small', async () => {
    send(
      ...statesOf(game)
        .slice(0, 8)
        .map((state) => rawFrame('gameStateUpdate', state)),
    );
    const client = createClient();
    expect(await client.subscribe(['game'])).toEqual({ ok: true });
    const snapshot = await client.until((each) => each.push.type === 'snapshot');
    expect(snapshot.push).toMatchObject({
      game: { gameId: game.gameId, phase: 'active', tick: 5 },
      prices: game.prices.slice(0, 6),
      assessment: { tick: 5, zone: 'negative' },
    });
    send(active(6), active(7));
    const tick = await client.until(isTick(7));
    expect(tick.push).toMatchObject({ g: game.gameId, p: game.prices[7] });
    expect(JSON.stringify(tick.push).length).toBeLessThan(TICK_PUSH_BYTES_MAX);
  });

  it('sends a channel only to those who joined it, and no more after they left', async () => {
    const client = createClient();
    await client.subscribe(['status', 'game']);
    await client.socket.emitWithAck('unsubscribe', { channels: ['game'] });
    const other = createClient();
    await other.subscribe(['game']);
    send(active(1), active(2));
    await other.until(isTick(2));
    await client.socket.emitWithAck('subscribe', { channels: ['trades'] });
    expect(client.heard.some((each) => each.push.type === 'tick')).toBe(false);
  });

  it('refuses channels it does not have, in words, and stays open', async () => {
    const client = createClient();
    expect(await client.subscribe(['everything'])).toMatchObject({ ok: false });
    expect(await client.subscribe('game')).toMatchObject({ ok: false });
    expect(await client.socket.emitWithAck('subscribe', null)).toMatchObject({ ok: false });
    client.socket.emit('subscribe');
    expect(await client.subscribe(['game'])).toEqual({ ok: true });
  });

  it('mends a chart by telling lost ticks in one message', async () => {
    send(active(0), active(1));
    const client = createClient();
    await client.subscribe(['game']);
    send(active(5));
    const repair = await client.until((each) => each.push.type === 'repair');
    expect(repair.push).toMatchObject({ g: game.gameId, ticks: [2, 3, 4].map((tick) => [tick, game.prices[tick]]) });
  });

  it('tells a rug, then the finished game with its mark, then the next one', async () => {
    const client = createClient();
    await client.subscribe(['game']);
    send(...statesOf(game).map((state) => rawFrame('gameStateUpdate', state)));
    const rug = await client.until((each) => (each.push.game as { phase?: string } | undefined)?.phase === 'rugged');
    expect(rug.push).toMatchObject({ game: { rugTick: game.rugTick } });
    const first = statesOf(next)[0]!;
    send(rawFrame('gameStateUpdate', { ...first, gameHistory: [toHistoryEntry(game)] }));
    send(rawFrame('gameStateUpdate', { ...first, cooldownTimer: first.cooldownTimer! - 100 }));
    const finished = await client.until((each) => each.push.type === 'finished');
    expect(finished.push.game).toMatchObject({ gameId: game.gameId, rugTick: game.rugTick, verified: true });
    const announced = await client.until(
      (each) => each.push.type === 'snapshot' && (each.push.game as { gameId: string } | null)?.gameId === next.gameId,
    );
    expect(announced.push).toMatchObject({ assessment: null, recentGames: [{ gameId: game.gameId }] });
  });

  it('brings trades and side bets in batches', async () => {
    const client = createClient();
    await client.subscribe(['trades', 'sidebets']);
    const trade = {
      gameId: game.gameId,
      playerId: 'did:privy:abcdef',
      type: 'buy',
      amount: 0.25,
      qty: 1,
      price: 1,
      tickIndex: 1,
    };
    send(
      rawFrame('standard/newTrade', { ...trade, id: 'a' }),
      rawFrame('standard/newTrade', { ...trade, id: 'b', coin: '0xPractice' }),
    );
    const batch = await client.until((each) => each.push.type === 'trades');
    expect(batch.push.trades).toMatchObject([
      { id: 'a', sol: '0.25', player: '…abcdef', practice: false },
      { id: 'b', practice: true },
    ]);
  });

  it('keeps ticks from a client that does not read, and gives it a snapshot when it does again', async () => {
    const client = createClient();
    await client.subscribe(['game']);
    const raw = (client.socket.io.engine.transport as unknown as { ws: { _socket: NodeSocket } }).ws._socket;
    send(active(0), active(1));
    await client.until(isTick(1));
    raw.pause();
    // Ticks of many games, until the kernel's buffers are full and the hub sees that nothing gets through.
    for (let n = 100; hub.lagging() === 0 && n < 2_000; n++) {
      send(...statesOf(scriptGame(n)).map((state) => rawFrame('gameStateUpdate', state)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(hub.lagging()).toBe(1);
    client.heard.length = 0;
    raw.resume();
    await client.until((each) => each.push.type === 'snapshot' && hub.lagging() === 0);
    const last = scriptGame(5_000);
    send(
      ...statesOf(last)
        .slice(0, 4)
        .map((state) => rawFrame('gameStateUpdate', state)),
    );
    await client.until((each) => each.push.type === 'tick' && each.push.g === last.gameId && each.push.t === 1);
  });
});
