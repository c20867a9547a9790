// Frames from a Socket.IO server: the live site and the simulator alike. Reconnects for ever, and also when a
// connection that looks open has gone silent, which engine.io's own heartbeat does not notice.
import { io } from 'socket.io-client';
import { computeBackoffMs } from '@/server/feed/backoff';
import type { FeedSource } from '@/server/feed/feed-source';
import type { Clock } from '@/lib/units/time';

export type SocketFeedOptions = {
  readonly name: 'simulator' | 'live';
  readonly url: string;
  readonly clock: Clock;
  readonly random: () => number;
};

/** No frame for this long over an open connection: start again. Longer than any pause between games. */
const SILENCE_LIMIT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 10_000;

export function createSocketFeedSource({ name, url, clock, random }: SocketFeedOptions): FeedSource {
  // Own retries: the library's jitter is not full, and it does not retry after a server's deliberate disconnect.
  const socket = io(url, {
    autoConnect: false,
    reconnection: false,
    forceNew: true,
    transports: ['websocket', 'polling'],
    timeout: CONNECT_TIMEOUT_MS,
  });
  let attempt = 0;
  let retry: NodeJS.Timeout | null = null;
  let silence: NodeJS.Timeout | null = null;
  let stopped = true;

  return {
    name,
    start(listener) {
      stopped = false;
      const lost = (reason: string) => {
        clearTimers();
        if (stopped) return;
        listener.onConnection('down', reason);
        attempt++;
        retry = setTimeout(() => socket.connect(), computeBackoffMs(attempt, random));
      };
      socket.on('connect', () => {
        attempt = 0;
        watchSilence();
        listener.onConnection('connected', url);
      });
      socket.on('disconnect', lost);
      socket.on('connect_error', (error) => {
        socket.disconnect();
        lost(error.message);
      });
      socket.onAny((event: string, ...args: unknown[]) => {
        watchSilence();
        listener.onFrame({ receivedAt: clock(), event, args });
      });
      socket.connect();
    },
    async stop() {
      stopped = true;
      clearTimers();
      socket.offAny();
      socket.removeAllListeners();
      socket.disconnect();
    },
  };

  function watchSilence() {
    if (silence) silence.refresh();
    else silence = setTimeout(() => socket.io.engine?.close(), SILENCE_LIMIT_MS);
  }

  function clearTimers() {
    if (retry) clearTimeout(retry);
    if (silence) clearTimeout(silence);
    retry = null;
    silence = null;
  }
}
