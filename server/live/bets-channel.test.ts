import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bet } from '@/lib/bets/bet';
import { betsPushSchema, type BetsPush, type BetView } from '@/lib/protocol/bets-api';
import { BETS_EVENT, LIVE_NAMESPACE, subscribeSchema, type SubscribeAck } from '@/lib/protocol/push';
import { createBetsChannel } from '@/server/live/bets-channel';
import { createLiveHub, type LiveHub } from '@/server/live/live-hub';
import { createKey, playerOf } from '@/server/auth/test-kit/create-key';
import { createBrowser, createWorld, signIn, type Browser, type World } from '@/server/auth/test-kit/auth-world';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
let world: World;
beforeAll(() => {
  world = createWorld({ database: database() });
});

const GAME_ID = '20260101-1e01ac417e8043ca';
/** Only what the channel looks at is told apart by tests. */
function aBet(id: string): BetView {
  const none = { preparedTick: null, startTick: null, endTick: null, rugTick: null, submittedAt: null, activeAt: null };
  const open = { settledAt: null, closedAt: null, paidLamports: null, reason: null, stance: null, zone: null };
  return {
    ...{ id, venue: 'paper', state: 'prepared', clientKey: 'client-key', sessionId: 'session', strategyId: null },
    ...{ stakeLamports: '1000', payout: 5, gameId: GAME_ID as BetView['gameId'], preparedAt: 0, expiresAt: 1 },
    ...none,
    ...open,
    ...{ stakeFinal: false, winProbability: null, expectedValue: null, transactions: [], version: 1 },
  };
}

const BET = aBet('9yzT4mAMzWpVAAAAAAAAAA');
const LATER = aBet('9yzT4mAMzWpVBBBBBBBBBB');

let io: Server;
let hub: LiveHub;
let url: string;
let tellBet: (bet: Bet, view: BetView) => void;
let tellAccount: (accountId: string) => void;
const sockets: Socket[] = [];

const missing = (): never => {
  throw new Error('only the bets are asked for here');
};

beforeEach(async () => {
  const http = createServer();
  io = new Server(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}${LIVE_NAMESPACE}`;
  hub = createLiveHub({
    io,
    live: { snapshot: missing, view: missing, take: missing, trades: () => [], sideBets: () => [] } as never,
    ingest: { state: () => ({ current: null }) } as never,
    feedStatus: () => ({ source: 'simulator', status: 'connected', lastFrameAt: null, ageMs: null }),
    storeHealth: () => ({ status: 'ok' }) as never,
    raisedAlerts: () => ({ warning: 0, critical: 0 }),
    evidence: missing,
    players: {
      auth: world.auth,
      bets: { unclosed: () => [BET], onChange: (listener) => void (tellBet = listener) },
      accounts: { onChange: (listener) => void (tellAccount = listener) },
      proxies: 0,
    },
    clock: world.now,
  });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  hub.stop();
  await io.close();
});

type Shown = { browser?: Browser; key?: string; headers?: Record<string, string> };

function open({ browser, key, headers }: Shown) {
  const cookie = [...(browser?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket = connect(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { ...(cookie && { cookie }), ...headers },
    ...(key && { auth: { key } }),
  });
  sockets.push(socket);
  const heard: BetsPush[] = [];
  let wake = () => {};
  socket.on(BETS_EVENT, (push: unknown) => {
    heard.push(betsPushSchema.parse(push));
    wake();
  });
  const gone = new Promise<string>((resolve) => socket.on('disconnect', resolve));
  return {
    gone,
    heard,
    subscribe: (...channels: string[]): Promise<SubscribeAck> => socket.emitWithAck('subscribe', { channels }),
    unsubscribe: (...channels: string[]): Promise<SubscribeAck> => socket.emitWithAck('unsubscribe', { channels }),
    async hears(count: number) {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return heard;
    },
  };
}

const refusal = { ok: false, error: expect.any(String) };

describe('the channel of a player’s own bets', () => {
  it('begins with the bets that are not closed, and tells every change to that player alone', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const other = await signIn(world.auth);
    const mine = open({ browser });
    const theirs = open({ browser: other.browser });
    expect(await mine.subscribe(`bets:${accountId}`)).toEqual({ ok: true });
    expect(await theirs.subscribe(`bets:${other.accountId}`)).toEqual({ ok: true });
    tellBet({ accountId } as Bet, LATER);
    tellAccount(other.accountId);
    expect(await mine.hears(2)).toEqual([
      { type: 'snapshot', bets: [BET] },
      { type: 'bet', bet: LATER },
    ]);
    expect(await theirs.hears(2)).toEqual([{ type: 'snapshot', bets: [BET] }, { type: 'account' }]);
  });

  it('is closed to whoever is not signed in, to other players, and to cookies of nobody', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const other = await signIn(world.auth);
    const forged = createBrowser({ cookies: new Map([['fortytick_sign_in', 'eyJhbGciOiJub25lIn0.e30.']]) });
    for (const shown of [
      {},
      { browser: other.browser },
      { browser: forged },
      { key: 'ft_11111111111111111111111111111111' },
    ]) {
      const socket = open(shown);
      expect(await socket.subscribe('status', `bets:${accountId}`)).toEqual(refusal);
      tellBet({ accountId } as Bet, LATER);
      expect(await socket.subscribe('status')).toEqual({ ok: true });
      expect(socket.heard).toEqual([]);
    }
    const foreign = open({ browser, headers: { origin: 'https://fortytick.evil' } });
    expect(await foreign.subscribe(`bets:${accountId}`)).toEqual(refusal);
    const twice = open({ browser });
    expect(await twice.subscribe(`bets:${accountId}`, `bets:${other.accountId}`)).toEqual(refusal);
  });

  it('opens to a key, from the addresses it may be used from', async () => {
    const player = await signIn(world.auth);
    const key = await createKey(world.auth, player, { allowedIps: ['127.0.0.0/8'] });
    const socket = open({ key: key.key });
    expect(await socket.subscribe(`bets:${player.accountId}`)).toEqual({ ok: true });
    expect(await socket.hears(1)).toEqual([{ type: 'snapshot', bets: [BET] }]);
    const elsewhere = await createKey(world.auth, player, { allowedIps: ['192.0.2.7'] });
    expect(await open({ key: elsewhere.key }).subscribe(`bets:${player.accountId}`)).toEqual(refusal);
  });

  it('is cut when the sign-in ends, or the key', async () => {
    const player = await signIn(world.auth);
    const key = await createKey(world.auth, player);
    const stays = await signIn(world.auth, { wallet: player.wallet });
    const [browser, program, other] = [open(player), open({ key: key.key }), open(stays)];
    for (const socket of [browser, program, other]) {
      expect(await socket.subscribe(`bets:${player.accountId}`)).toEqual({ ok: true });
    }
    await world.auth.logout(player.browser.request('POST'));
    expect(await browser.gone).toBe('io server disconnect');
    await world.auth.revokeKey(await playerOf(world.auth, stays), key.apiKey.id);
    expect(await program.gone).toBe('io server disconnect');
    tellBet({ accountId: player.accountId } as Bet, LATER);
    expect(await other.hears(2)).toHaveLength(2);
    expect(browser.heard).toHaveLength(1);
    expect(await open(player).subscribe(`bets:${player.accountId}`)).toEqual(refusal);
  });

  it('does not open to a sign-in that ended after the handshake', async () => {
    const player = await signIn(world.auth);
    const socket = open(player);
    expect(await socket.subscribe('status')).toEqual({ ok: true });
    await world.auth.revokeSignIns(player.accountId, 'logged-out-everywhere');
    expect(await socket.subscribe(`bets:${player.accountId}`)).toEqual(refusal);
  });

  it('stops when it is left', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const socket = open({ browser });
    await socket.subscribe(`bets:${accountId}`);
    expect(await socket.unsubscribe(`bets:${accountId}`)).toEqual({ ok: true });
    tellBet({ accountId } as Bet, LATER);
    await socket.subscribe('status');
    expect(await socket.hears(1)).toEqual([{ type: 'snapshot', bets: [BET] }]);
  });

  it('takes one request to join at a time', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const socket = open({ browser });
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const alive = vi.spyOn(world.auth, 'alive').mockImplementationOnce((actors) => held.then(() => actors));
    const first = socket.subscribe(`bets:${accountId}`);
    await vi.waitFor(() => expect(alive).toHaveBeenCalledOnce());
    expect(await socket.subscribe(`bets:${accountId}`)).toEqual(refusal);
    release();
    expect(await first).toEqual({ ok: true });
    expect(await socket.subscribe(`bets:${accountId}`)).toEqual({ ok: true });
    alive.mockRestore();
  });

  it('sends a socket away, to knock again later, when the record is away', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const socket = open({ browser });
    expect(await socket.subscribe('status')).toEqual({ ok: true });
    const alive = vi.spyOn(world.auth, 'alive').mockRejectedValueOnce(new Error('ECONNREFUSED'));
    void socket.subscribe(`bets:${accountId}`).catch(() => {});
    expect(await socket.gone).toBe('io server disconnect');
    alive.mockRestore();
  });

  it('takes fifty listeners of one player', async () => {
    const { browser, accountId } = await signIn(world.auth);
    const answers = [];
    for (let i = 0; i < 51; i++) answers.push(await open({ browser }).subscribe(`bets:${accountId}`));
    expect(answers.slice(0, 50)).toEqual(Array(50).fill({ ok: true }));
    expect(answers[50]).toEqual(refusal);
  });
});

describe('sign-ins that end elsewhere', () => {
  it('are noticed, by the clock and on other nodes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    try {
      const http = createServer();
      const server = new Server(http);
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      await io.close();
      io = server;
      hub.stop();
      url = `http://127.0.0.1:${(http.address() as AddressInfo).port}${LIVE_NAMESPACE}`;
      const namespace = server.of(LIVE_NAMESPACE);
      const channel = createBetsChannel({
        namespace,
        auth: world.auth,
        bets: null,
        accounts: { onChange: () => {} },
        proxies: 0,
      });
      namespace.on('connection', (socket) => {
        channel.meet(socket);
        socket.on('subscribe', (request: unknown, ack: (answer: SubscribeAck) => void) => {
          const own = subscribeSchema.parse(request).channels[0] as `bets:${string}`;
          void channel.join(socket, own, ack);
        });
      });
      const player = await signIn(world.auth);
      const [first, second] = [open(player), open(await signIn(world.auth))];
      expect(await first.subscribe(`bets:${player.accountId}`)).toEqual({ ok: true });
      expect(await second.subscribe(`bets:${player.accountId}`)).toEqual(refusal);
      await world.node().revokeSignIns(player.accountId, 'logged-out-everywhere');
      vi.advanceTimersByTime(15_000);
      expect(await first.gone).toBe('io server disconnect');
      channel.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});
