// The line to the hub: connects to the page's own origin, subscribes on every (re)connect, validates every push with the
// shared schemas and hands it to the store. What does not validate is counted and dropped. Reconnects for ever.
import { io, type Socket } from 'socket.io-client';
import type { Connection, LiveAction } from '@/components/live/live-state';
import type { LiveStore } from '@/components/live/live-store';
import {
  LIVE_CHANNELS,
  LIVE_NAMESPACE,
  LIVE_PUSH_SCHEMAS,
  type LiveChannel,
  type SubscribeAck,
} from '@/lib/protocol/push';

const RECONNECT_MS = 500;
const RECONNECT_MS_MAX = 5_000;
const SUBSCRIBE_TIMEOUT_MS = 5_000;

/** Returns the way to hang up. */
export function connectLive({ store, nowMs }: { store: LiveStore; nowMs: () => number }): () => void {
  const socket = io(LIVE_NAMESPACE, {
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: RECONNECT_MS,
    reconnectionDelayMax: RECONNECT_MS_MAX,
    forceNew: true,
  });
  const timer: { retry?: ReturnType<typeof setTimeout> } = {};
  const retryLater = () => {
    clearTimeout(timer.retry);
    timer.retry = setTimeout(() => socket.connect(), RECONNECT_MS_MAX);
  };
  const setConnection = (connection: Connection) => store.dispatch({ type: 'connection', connection, atMs: nowMs() });

  socket.on('connect', () =>
    subscribe(socket, (isSubscribed) => {
      if (isSubscribed) return setConnection('open');
      // Unanswered or refused: start over rather than show a line that carries nothing.
      if (socket.connected) socket.disconnect();
      retryLater();
    }),
  );
  socket.on('disconnect', (reason) => {
    setConnection('lost');
    // socket.io leaves it to us when the server itself hung up, as it does on clients that cannot keep up.
    if (reason === 'io server disconnect') retryLater();
  });
  socket.on('connect_error', () => {
    setConnection('lost');
    if (!socket.active) retryLater();
  });
  for (const channel of LIVE_CHANNELS) {
    socket.on(channel, (payload: unknown) => store.dispatch(toAction(channel, payload, nowMs())));
  }
  return () => {
    clearTimeout(timer.retry);
    socket.off();
    socket.disconnect();
  };
}

/** The hub answers, then sends a snapshot of each channel before anything else on it. */
function subscribe(socket: Socket, onAnswer: (isSubscribed: boolean) => void): void {
  socket
    .timeout(SUBSCRIBE_TIMEOUT_MS)
    .emit('subscribe', { channels: LIVE_CHANNELS }, (error: Error | null, ack?: SubscribeAck) =>
      onAnswer(!error && ack?.ok === true),
    );
}

export function toAction(channel: LiveChannel, payload: unknown, atMs: number): LiveAction {
  const parsed = LIVE_PUSH_SCHEMAS[channel].safeParse(payload);
  return parsed.success ? ({ type: channel, push: parsed.data, atMs } as LiveAction) : { type: 'rejected', atMs };
}
