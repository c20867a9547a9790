// The live hub: one broadcast for all browsers on the socket.io namespace /live. Work per tick does not grow with what
// players do: a channel is a room, a tick is encoded once. A client that cannot keep up is left out of ticks until it has
// caught up and then resumes from a snapshot; it never delays others, and is sent away when even the rest piles up.
import type { Server, Socket } from 'socket.io';
import type { Assessment } from '@/lib/decision/assess';
import type { EvidenceView } from '@/lib/decision/evidence';
import type { GameFact, TickFact } from '@/lib/game/events';
import { toGameView } from '@/lib/game/game-view';
import { toTickPush } from '@/lib/protocol/tick-push';
import {
  LIVE_NAMESPACE,
  subscribeSchema,
  type BetsChannelName,
  type FeedStatus,
  type LiveChannel,
  type LivePushes,
  type StatusPush,
  type SubscribeAck,
} from '@/lib/protocol/push';
import type { Clock } from '@/lib/units/time';
import { createBetsChannel, type BetsChannelOptions } from '@/server/live/bets-channel';
import type { Ingest } from '@/server/ingest/ingest';
import { toRecentGame, toTapeSideBet, toTapeTrade, type LiveState } from '@/server/live/live-state';
import type { StoreHealth } from '@/server/store/store';

export type LiveHub = {
  /** Takes a fact and the assessment it led to, if any, and tells every subscriber what changed. */
  publish(fact: GameFact, assessment: Assessment | null): void;
  /** After every frame: sends the frame's repairs as one message; a cooldown timer follows at the next flush. */
  endFrame(): void;
  connections(): number;
  /** Clients left out of ticks until they have caught up. */
  lagging(): number;
  stop(): void;
};

/** Trades, side bets and the cooldown timer are told this often at most. */
const FLUSH_MS = 250;
const STATUS_MS = 5_000;
/** Packets a client may leave unsent before ticks are kept from it: two seconds of play. */
const LAG_PACKETS = 8;
/** Packets a client may leave unsent before it is disconnected: several seconds of everything that is not volatile. */
const BACKLOG_MAX = 128;
/** Trades or side bets told at once; older ones are dropped, since the tape would not show them. */
const BATCH_MAX = 200;
/** Above this a snapshot is the shorter way to say it. */
const REPAIRS_MAX = 100;

export function createLiveHub({
  io,
  live,
  ingest,
  feedStatus,
  storeHealth,
  raisedAlerts,
  evidence,
  players = null,
  clock,
}: {
  io: Server;
  live: LiveState;
  ingest: Pick<Ingest, 'state'>;
  feedStatus: () => FeedStatus;
  storeHealth: () => StoreHealth;
  raisedAlerts: () => StatusPush['alerts'];
  evidence: () => EvidenceView;
  /** Without them nobody has a channel of their own. */
  players?: Omit<BetsChannelOptions, 'namespace'> | null;
  clock: Clock;
}): LiveHub {
  const namespace = io.of(LIVE_NAMESPACE);
  let trades: LivePushes['trades']['trades'] = [];
  let sideBets: LivePushes['sidebets']['sideBets'] = [];
  let repairs: TickFact[] = [];
  let timerChanged = false;
  const lagging = new Set<Socket>();
  let lastStatus = '';
  let lastStatusAt = 0;

  const status = (): StatusPush => ({
    serverTime: clock(),
    feed: feedStatus(),
    store: storeHealth().status,
    alerts: raisedAlerts(),
  });
  const tell = <C extends LiveChannel>(channel: C, push: LivePushes[C]) => namespace.to(channel).emit(channel, push);
  const tellGame = () => {
    const current = ingest.state().current;
    if (current) tell('game', { type: 'game', game: toGameView(current) });
    timerChanged = false;
  };
  const snapshots: { [C in LiveChannel]: () => LivePushes[C] } = {
    game: () => live.snapshot(),
    trades: () => ({ type: 'snapshot', trades: [...live.trades()] }),
    sidebets: () => ({ type: 'snapshot', sideBets: [...live.sideBets()] }),
    status,
  };

  const betsChannel = players && createBetsChannel({ namespace, ...players });

  namespace.on('connection', (socket: Socket) => {
    betsChannel?.meet(socket);
    socket.on('subscribe', (request: unknown, ack?: unknown) => {
      const parsed = subscribeSchema.safeParse(request);
      if (!parsed.success) return acknowledge(ack, NOT_UNDERSTOOD);
      const channels = parsed.data.channels.filter(isPublic);
      const [own, ...others] = parsed.data.channels.filter(isOwn);
      if (others.length > 0) acknowledge(ack, NOT_UNDERSTOOD);
      else if (own === undefined) join(socket, channels, ack);
      else if (!betsChannel) acknowledge(ack, NO_PLAYERS);
      else
        void betsChannel.join(socket, own, (answer) =>
          answer.ok ? join(socket, channels, ack) : acknowledge(ack, answer),
        );
    });
    socket.on('unsubscribe', (request: unknown, ack?: unknown) => {
      const parsed = subscribeSchema.safeParse(request);
      for (const channel of parsed.data?.channels ?? []) {
        if (isOwn(channel)) betsChannel?.leave(socket, channel);
        else void socket.leave(channel);
      }
      if (parsed.success && parsed.data.channels.includes('game')) lagging.delete(socket);
      acknowledge(ack, parsed.success ? { ok: true } : { ok: false, error: 'channels: not understood' });
    });
  });

  function join(socket: Socket, channels: readonly LiveChannel[], ack: unknown) {
    acknowledge(ack, { ok: true });
    for (const channel of channels) {
      void socket.join(channel);
      socket.emit(channel, snapshots[channel]());
    }
  }

  const flush = setInterval(() => {
    if (trades.length > 0) tell('trades', { type: 'trades', trades });
    if (sideBets.length > 0) tell('sidebets', { type: 'sidebets', sideBets });
    trades = [];
    sideBets = [];
    if (timerChanged) tellGame();
    tellStatus();
    tendLaggards();
  }, FLUSH_MS);

  /** At once when it changes, else a heartbeat. */
  function tellStatus() {
    const push = status();
    const signature = `${push.feed.status} ${push.feed.source} ${push.store}`;
    if (signature === lastStatus && clock() - lastStatusAt < STATUS_MS) return;
    lastStatus = signature;
    lastStatusAt = clock();
    tell('status', push);
  }

  /** Stale ticks are not queued for a client whose connection is full: it leaves the room instead. */
  function leaveLaggardsOut() {
    for (const socket of namespace.sockets.values()) {
      if (unsentPackets(socket) <= LAG_PACKETS || !socket.rooms.has('game')) continue;
      void socket.leave('game');
      lagging.add(socket);
    }
  }

  /** One that has caught up comes back with a snapshot; one that is hopelessly behind is sent away. */
  function tendLaggards() {
    for (const socket of namespace.sockets.values()) {
      if (unsentPackets(socket) > BACKLOG_MAX) socket.disconnect(true);
    }
    for (const socket of lagging) {
      if (socket.connected && unsentPackets(socket) > 0) continue;
      lagging.delete(socket);
      if (!socket.connected) continue;
      void socket.join('game');
      socket.emit('game', live.snapshot());
    }
  }

  return {
    publish(fact, assessment) {
      switch (fact.type) {
        case 'tick':
          return publishTick(fact, assessment);
        case 'phase':
          // Presale brings the assessment of tick 0 with it.
          if (fact.phase === 'presale') tell('game', live.snapshot());
          else tellGame();
          return;
        case 'game-announced':
          tell('game', live.snapshot());
          return;
        case 'game-rugged':
          return tellGame();
        case 'game-finished':
          tell('game', { type: 'finished', game: toRecentGame(fact) });
          tell('game', { type: 'evidence', evidence: evidence() });
          return;
        case 'trade':
          trades = [...trades.slice(-(BATCH_MAX - 1)), toTapeTrade(fact.trade)];
          return;
        case 'side-bet':
          sideBets = [...sideBets.slice(-(BATCH_MAX - 1)), toTapeSideBet(fact.sideBet)];
          return;
      }
    },
    endFrame() {
      timerChanged ||= ingest.state().current?.cooldownMs !== null;
      tellRepairs();
    },
    connections: () => namespace.sockets.size,
    lagging: () => lagging.size,
    stop() {
      clearInterval(flush);
      betsChannel?.stop();
      namespace.disconnectSockets(true);
    },
  };

  function tellRepairs() {
    if (repairs.length === 0) return;
    const current = ingest.state().current;
    const ticks = repairs.filter((fact) => fact.gameId === current?.gameId);
    repairs = [];
    if (ticks.length > REPAIRS_MAX) tell('game', live.snapshot());
    else if (ticks.length > 0) {
      tell('game', { type: 'repair', g: ticks[0]!.gameId, ticks: ticks.map((fact) => [fact.tick, fact.price]) });
    }
  }

  function publishTick(fact: TickFact, assessment: Assessment | null) {
    const current = ingest.state().current;
    if (!fact.live || !assessment || current?.gameId !== fact.gameId) {
      repairs.push(fact);
      return;
    }
    leaveLaggardsOut();
    tell('game', toTickPush(toGameView(current), assessment, fact.at ?? clock()));
  }
}

const NOT_UNDERSTOOD: SubscribeAck = {
  ok: false,
  error: 'channels: one or more of game, trades, sidebets, status, and bets:<your account>',
};
const NO_PLAYERS: SubscribeAck = { ok: false, error: 'Nobody can sign in here.' };

function isOwn(channel: LiveChannel | BetsChannelName): channel is BetsChannelName {
  return channel.startsWith('bets:');
}

function isPublic(channel: LiveChannel | BetsChannelName): channel is LiveChannel {
  return !isOwn(channel);
}

function acknowledge(ack: unknown, answer: SubscribeAck): void {
  if (typeof ack === 'function') (ack as (answer: SubscribeAck) => void)(answer);
}

function unsentPackets(socket: Socket): number {
  return (socket.conn as unknown as { writeBuffer?: unknown[] }).writeBuffer?.length ?? 0;
}
