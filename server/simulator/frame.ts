// One outgoing event of the simulated feed, before the network layer has its say.
import type { Random } from '@/server/simulator/random';

/** `history`: carries the last ten games, so it repairs whatever was lost. `cooldown`: the next one, 100 ms later, says it all again. */
export type FrameKind = 'history' | 'tick' | 'cooldown' | 'event';

export type Frame = {
  readonly kind: FrameKind;
  readonly event: string;
  readonly args: readonly unknown[];
  /** The one client it is for; null for everybody. */
  readonly to: string | null;
};

export function gameStateFrame(kind: FrameKind, payload: object): Frame {
  return { kind, event: 'gameStateUpdate', args: [payload], to: null };
}

/** Many events carry a tracing object before their payload. */
export function tracedFrame(event: string, payload: object, random: Random): Frame {
  const trace = { __trace: true, traceparent: `00-${random.hex(32)}-${random.hex(16)}-01` };
  return { kind: 'event', event, args: [trace, payload], to: null };
}

export function plainFrame(event: string, payload: object, to: string | null = null): Frame {
  return { kind: 'event', event, args: [payload], to };
}
