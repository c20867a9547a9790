// What a client gets while its transport cannot keep up. Nothing queues without bound; the rule, by what already waits:
//   over 1 MB   cooldown frames are skipped: the next one says the same 100 ms later;
//   over 4 MB   everything is skipped but frames with the history, which repair all that was missed;
//   over 16 MB  the connection is closed: a new one begins with the whole state.
import type { Socket } from 'socket.io';
import type { FrameKind } from '@/server/simulator/frame';

export const SKIP_COOLDOWN_BYTES = 1_000_000;
export const SKIP_ALL_BUT_HISTORY_BYTES = 4_000_000;
export const CLOSE_BYTES = 16_000_000;

export type Admission = 'send' | 'skip' | 'close';

export function decideAdmission(kind: FrameKind, waitingBytes: number): Admission {
  if (waitingBytes > CLOSE_BYTES) return 'close';
  if (waitingBytes > SKIP_ALL_BUT_HISTORY_BYTES) return kind === 'history' ? 'send' : 'skip';
  return waitingBytes > SKIP_COOLDOWN_BYTES && kind === 'cooldown' ? 'skip' : 'send';
}

type EngineConnection = Pick<Socket['conn'], 'on' | 'transport'>;
type Packet = { readonly data?: unknown };

/** Bytes handed to a connection and not yet taken by the operating system. */
export function watchWaitingBytes(connection: EngineConnection): () => number {
  let queued = 0;
  let inTransport = 0;
  connection.on('packetCreate', (packet: Packet) => {
    queued += sizeOf(packet);
  });
  // The transport takes the whole queue at once, and only when it has got rid of what it took before.
  connection.on('flush', () => {
    inTransport = queued;
    queued = 0;
  });
  return () => queued + (connection.transport.writable ? 0 : inTransport);
}

function sizeOf({ data }: Packet): number {
  return typeof data === 'string' ? data.length : 0;
}
