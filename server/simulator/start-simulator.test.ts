// The simulator over real sockets, on a free port of the loopback address. Nothing here sleeps: each wait ends with an
// event of a client or with a frame of the feed.
import { connect } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { SOL_COIN_ADDRESS } from '@/lib/game/rules';
import { verifyGame } from '@/lib/game/provably-fair';
import { decodeFrame, payloadOf, type RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs } from '@/lib/units/time';
import { startSimulator, type Simulator, type SimulatorOptions } from '@/server/simulator/start-simulator';
import { STARTED_AT } from '@/server/simulator/test-kit/play-run';

type Payload = Readonly<Record<string, unknown>>;
type Answer = { success: boolean; message: string; sidebet: Payload | null };

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ port: 0, seed: 'sockets', speed: 200, clock: () => STARTED_AT, ...options });
  cleanups.push(() => simulator.stop());
  return simulator;
}

function open(simulator: Simulator, options: Parameters<typeof io>[1] = {}) {
  const socket = io(simulator.url, { forceNew: true, transports: ['websocket'], reconnectionDelay: 5, ...options });
  cleanups.push(() => socket.disconnect());
  const frames: RawFrame[] = [];
  const watchers = new Set<() => void>();
  socket.onAny((event: string, ...args: unknown[]) => {
    frames.push({ receivedAt: STARTED_AT, event, args });
    watchers.forEach((watch) => watch());
  });
  return {
    socket,
    frames,
    /** Resolves at the first frame after which the condition holds. */
    until: (holds: (newest: RawFrame) => boolean) =>
      new Promise<void>((resolve) => {
        const watch = () => {
          if (!holds(frames.at(-1)!)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
      }),
  };
}

const payload = (frame: RawFrame) => (payloadOf(frame.args) ?? {}) as Payload;
const gamesSeen = (frames: readonly RawFrame[]) => new Set(frames.map((frame) => payload(frame).gameId)).size;
const request = (socket: Socket, ...args: unknown[]): Promise<Answer> => socket.emitWithAck('requestSidebet', ...args);
const goodBet = { amount: 0.01, coinAddress: SOL_COIN_ADDRESS, xPayout: 5 };

describe('a client of the simulator', () => {
  it('reads whole games that decode and verify, at high speed', async () => {
    const simulator = await start({ speed: 1_000 });
    const { frames, until } = open(simulator);
    await until(() => gamesSeen(frames) > 6);
    for (const frame of frames) {
      const { kind, undecodable } = decodeFrame(frame);
      expect(undecodable).toEqual([]);
      expect(kind).not.toBe('unknown');
    }
    expect(Object.keys(payload(frames[0]!))).toContain('prices');
    const newest = frames.findLast((frame) => payload(frame).gameHistory)!;
    const history = payload(newest).gameHistory as (Payload & { prices: number[]; provablyFair: Payload })[];
    expect(history).toHaveLength(10);
    for (const { id, gameVersion, prices, provablyFair } of history) {
      const { serverSeed, serverSeedHash } = provablyFair as { serverSeed: string; serverSeedHash: string };
      const version = gameVersion as string;
      expect(verifyGame({ gameId: id as string, version, prices, serverSeed, serverSeedHash }).status).toBe('verified');
    }
    expect(simulator.stats()).toMatchObject({ clients: 1, connections: 1, laggardsClosed: 0 });
    expect(simulator.stats().gamesFinished).toBeGreaterThan(4);
  });

  it('can use polling instead of a websocket', async () => {
    const { until, socket } = open(await start(), { transports: ['polling'] });
    await until(({ event }) => event === 'gameStateUpdate');
    expect(socket.io.engine.transport.name).toBe('polling');
  });

  it('sees the same run for the same seed', async () => {
    const emitted = async () => {
      const events: string[] = [];
      let done = () => {};
      const finished = new Promise<void>((resolve) => (done = resolve));
      const simulator = await start({
        speed: 1_000,
        onEmit: (event, body) => {
          if (events.length < 600) events.push(`${event} ${JSON.stringify(body)}`);
          else done();
        },
      });
      await finished;
      await simulator.stop();
      return events;
    };
    expect(await emitted()).toEqual(await emitted());
  });
});

describe('requestSidebet', () => {
  it('is acknowledged, told to everybody, and settled for the one who asked', async () => {
    const simulator = await start();
    const player = open(simulator);
    const other = open(simulator);
    await Promise.all([player, other].map(({ until }) => until((frame) => payload(frame).active === true)));
    const answer = await request(player.socket, goodBet);
    expect(answer).toMatchObject({ success: true, sidebet: { betAmount: 0.01, xPayout: 5, type: 'placed' } });
    const { playerId, startTick, endTick, gameId } = answer.sidebet!;
    expect(endTick).toBe((startTick as number) + 40);
    expect(await request(player.socket, goodBet)).toMatchObject({
      success: false,
      message: expect.stringMatching(/already/),
    });
    const mine = (frame: RawFrame) => payload(frame).playerId === playerId;
    await player.until((frame) => frame.event === 'currentSidebetResult');
    await other.until((frame) => payload(frame).gameId !== gameId);
    const events = (frames: readonly RawFrame[]) => frames.filter(mine).map(({ event }) => event);
    expect(events(player.frames)).toEqual(['currentSidebet', 'newSideBet', 'currentSidebetResult']);
    expect(events(other.frames)).toEqual(['newSideBet']);
    const result = payload(player.frames.find(({ event }) => event === 'currentSidebetResult')!);
    expect(result).toMatchObject({ type: 'payout', gameId, startTick, endTick });
    expect([0.04, -0.01]).toContain(result.profit);
    expect(simulator.stats()).toMatchObject({ betsAccepted: 1, betsRefused: 1 });
  });

  it('refuses garbage with a message and goes on', async () => {
    const { socket, until } = open(await start());
    await until(() => true);
    for (const garbage of [
      undefined,
      null,
      'bet',
      7,
      [],
      {},
      { ...goodBet, amount: 'much' },
      { ...goodBet, amount: -1 },
    ]) {
      const answer = await request(socket, garbage);
      expect(answer.success).toBe(false);
      expect(answer.message).not.toBe('');
    }
    socket.emit('requestSidebet');
    socket.emit('requestSidebet', goodBet);
    socket.emit('nonsense', { deep: [1, { x: null }] });
    await until(({ event }) => event === 'currentSidebet');
  });
});

describe('the simulator', () => {
  it('counts the faults it makes, and follows a change of rates', async () => {
    const simulator = await start({ speed: 1_000 });
    const { frames, until, socket } = open(simulator);
    let reconnects = 0;
    socket.io.on('reconnect', () => reconnects++);
    await until(() => frames.length > 50);
    expect(Object.values(simulator.stats().faults).every((count) => count === 0)).toBe(true);
    simulator.setFaults({ drop: 0.05, duplicate: 0.05, delay: 0.05, reorder: 0.05, corrupt: 0.05, disconnect: 0.02 });
    await until(() => Object.values(simulator.stats().faults).every((count) => count > 3));
    expect(reconnects).toBeGreaterThan(0);
    simulator.setFaults({});
    const { connections } = simulator.stats();
    const before = { ...simulator.stats().faults };
    await until(() => gamesSeen(frames) > 3);
    expect(simulator.stats().faults).toEqual(before);
    expect(simulator.stats().connections - connections).toBeLessThanOrEqual(1);
  });

  it('falls silent on pause, for new clients too, and goes on afterwards', async () => {
    const simulator = await start();
    const { frames, until, socket } = open(simulator);
    await until(() => frames.length > 20);
    simulator.pause();
    const late = open(simulator);
    await new Promise<void>((resolve) => late.socket.once('connect', resolve));
    expect(await request(late.socket, goodBet)).toMatchObject({ success: false });
    // Both have had a round trip since: whatever was on its way has arrived.
    await request(socket, goodBet);
    const count = frames.length;
    await request(socket, goodBet);
    expect(frames).toHaveLength(count);
    expect(late.frames).toEqual([]);
    expect(simulator.stats().paused).toBe(true);
    simulator.resume();
    await Promise.all([until(() => true), late.until(() => true)]);
    expect(Object.keys(payload(late.frames[0]!))).toContain('gameHistory');
  });

  it('closes a connection that reads nothing, rather than queue for it', async () => {
    let check = () => {};
    const simulator = await start({ speed: 1_000, onEmit: () => check() });
    const { until, socket } = open(simulator, { reconnection: false });
    await until(() => true);
    (socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void } } }).ws._socket.pause();
    await new Promise<void>((resolve) => {
      check = () => simulator.stats().laggardsClosed > 0 && resolve();
    });
    expect(simulator.stats().framesSkipped).toBeGreaterThan(0);
  });

  it('listens on the given address only, names a port that is taken, and stops twice without harm', async () => {
    const simulator = await start();
    await expect(start({ port: simulator.port })).rejects.toThrow(
      new RegExp(`127.0.0.1:${simulator.port}.*EADDRINUSE`),
    );
    const errorAt = (host: string) =>
      new Promise<unknown>((resolve) => connect(simulator.port, host).once('error', resolve));
    // Another address of the same machine: a listener on all of them would answer.
    expect(await errorAt('127.0.0.2')).toMatchObject({ code: 'ECONNREFUSED' });
    const { socket, until } = open(simulator);
    await until(() => true);
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    await Promise.all([simulator.stop(), simulator.stop()]);
    await gone;
    expect(await errorAt('127.0.0.1')).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('refuses a speed or a hazard outside its range', async () => {
    await expect(start({ speed: 0.5 })).rejects.toThrow(/speed/);
    await expect(start({ hazard: 1 })).rejects.toThrow(/hazard/);
  });

  it('stamps what it emits with the clock it is given', async () => {
    let nowMs = STARTED_AT as number;
    const stamps: number[] = [];
    let done = () => {};
    const enough = new Promise<void>((resolve) => (done = resolve));
    await start({
      clock: () => epochMs(nowMs++),
      onEmit: (_event, _payload, emittedAtMs) => {
        stamps.push(emittedAtMs);
        if (stamps.length === 30) done();
      },
    });
    await enough;
    expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
    expect(stamps[0]).toBeGreaterThan(STARTED_AT);
  });
});
