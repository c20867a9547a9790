// One client's end of the feed: the faulty line, and behind it the rule for a transport that lags.
import type { Socket } from 'socket.io';
import type { FaultRates } from '@/server/config';
import { decideAdmission, watchWaitingBytes } from '@/server/simulator/backpressure';
import { createFaultyLine, type FaultyLine } from '@/server/simulator/faulty-line';
import type { FrameDice } from '@/server/simulator/frame-dice';

export type DeliveryTally = {
  framesSent: number;
  /** Left out because a client's transport lagged. */
  framesSkipped: number;
  /** Connections closed because they lagged beyond the bound. */
  laggardsClosed: number;
};

export function createClientLine({
  socket,
  tally,
  dice,
  faults,
  isSilent,
  schedule,
}: {
  socket: Socket;
  tally: DeliveryTally;
  dice: FrameDice;
  faults: () => FaultRates;
  isSilent: () => boolean;
  schedule: (simulatedMs: number, task: () => void) => () => void;
}): FaultyLine {
  const waitingBytes = watchWaitingBytes(socket.conn);
  return createFaultyLine({
    rates: faults,
    dice,
    schedule,
    disconnect: () => cut(socket),
    send(frame) {
      // A frame that was on its way when the feed fell silent is lost with it.
      if (isSilent()) return;
      switch (decideAdmission(frame.kind, waitingBytes())) {
        case 'send':
          tally.framesSent++;
          socket.emit(frame.event, ...frame.args);
          return;
        case 'skip':
          tally.framesSkipped++;
          return;
        case 'close':
          tally.laggardsClosed++;
          cut(socket);
      }
    },
  });
}

/**
 * Ends the connection under the client's feet, as a broken network does: it may reconnect at once. Without `terminate` a
 * client that reads nothing would hold its queue until the websocket's close handshake times out, after 30 s.
 */
function cut({ conn }: Socket): void {
  const { socket } = conn.transport as { socket?: { terminate?(): void } };
  conn.close(true);
  socket?.terminate?.();
}
