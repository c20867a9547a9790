// The line that carries the player's own bets: a connection of its own, since the hub lets an account's channel only to a
// socket whose handshake brought the sign-in. Joins on every (re)connect and gets a snapshot first. Reconnects for ever,
// but not after a refusal: whoever is not signed in hears nothing.
import { io, type Socket } from 'socket.io-client';
import type { BetsStore } from '@/components/bets-live/bets-store';
import { betsPushSchema } from '@/lib/protocol/bets-api';
import { LIVE_NAMESPACE, type SubscribeAck } from '@/lib/protocol/push';

const RECONNECT_MS = 300;
const RECONNECT_MS_MAX = 5_000;
const SUBSCRIBE_TIMEOUT_MS = 5_000;
/** The name of the pushes within the account's room. */
const BETS_EVENT = 'bets';

/** What of a socket this needs; tests bring their own. */
export type BetsSocket = Pick<Socket, 'on' | 'off' | 'connect' | 'disconnect' | 'timeout' | 'connected' | 'active'>;

/** Returns the way to hang up. `onJoined`: the channel was joined, again or for the first time. */
export function connectBets({
  accountId,
  store,
  onJoined,
  open = openSocket,
}: {
  accountId: string;
  store: BetsStore;
  onJoined: () => void;
  open?: () => BetsSocket;
}): () => void {
  const socket = open();
  const timer: { retry?: ReturnType<typeof setTimeout> } = {};
  const retryLater = () => {
    clearTimeout(timer.retry);
    timer.retry = setTimeout(() => socket.connect(), RECONNECT_MS_MAX);
  };
  socket.on('connect', () => {
    store.setLine('connecting');
    join(socket, accountId, (answer) => {
      if (answer === 'joined') {
        store.setLine('open');
        return onJoined();
      }
      socket.disconnect();
      if (answer === 'refused') return store.setLine('refused');
      store.setLine('lost');
      retryLater();
    });
  });
  socket.on('disconnect', (reason: string) => {
    if (reason === 'io client disconnect') return;
    store.setLine('lost');
    if (reason === 'io server disconnect') retryLater();
  });
  socket.on('connect_error', () => {
    store.setLine('lost');
    if (!socket.active) retryLater();
  });
  socket.on(BETS_EVENT, (payload: unknown) => {
    const parsed = betsPushSchema.safeParse(payload);
    if (parsed.success) store.take(parsed.data);
    else store.reject();
  });
  return () => {
    clearTimeout(timer.retry);
    socket.off();
    socket.disconnect();
  };
}

function join(socket: BetsSocket, accountId: string, onAnswer: (answer: 'joined' | 'refused' | 'silence') => void) {
  const channels = [`bets:${accountId}`];
  socket.timeout(SUBSCRIBE_TIMEOUT_MS).emit('subscribe', { channels }, (error: Error | null, ack?: SubscribeAck) => {
    if (error || !ack) return onAnswer('silence');
    onAnswer(ack.ok ? 'joined' : 'refused');
  });
}

function openSocket(): Socket {
  return io(LIVE_NAMESPACE, {
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: RECONNECT_MS,
    reconnectionDelayMax: RECONNECT_MS_MAX,
    forceNew: true,
  });
}
