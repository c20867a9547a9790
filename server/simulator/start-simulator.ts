// The simulator: a Socket.IO server on one address that speaks the feed's protocol and plays games from a seed. This file
// is its parts list: run script (what is sent when), playback (the timer), feed server (sockets, faults, side bets).
import { PUBLISHED_HAZARD } from '@/lib/game/rules';
import type { EpochMs, Clock } from '@/lib/units/time';
import type { FaultRates } from '@/server/config';
import type { FaultCounts } from '@/server/simulator/faulty-line';
import { openFeedServer, type FeedServerCounts } from '@/server/simulator/feed-server';
import { REAL_PACER, type Pacer } from '@/server/simulator/pacer';
import { createPlayback } from '@/server/simulator/playback';
import { createRunScript } from '@/server/simulator/run-script';

export type SimulatorOptions = {
  /** 0: any free port. */
  readonly port: number;
  readonly host?: string;
  /** The same seed on the same date gives the same games, trades and bets. */
  readonly seed: string;
  /** 1 to 1,000: divides every duration. */
  readonly speed?: number;
  readonly hazard?: number;
  readonly faults?: FaultRates;
  readonly clock: Clock;
  readonly pacer?: Pacer;
  /** Every broadcast frame, before faults, with the moment it was handed to the sockets. */
  readonly onEmit?: (event: string, payload: unknown, emittedAtMs: EpochMs) => void;
};

export type SimulatorStats = FeedServerCounts & {
  readonly gamesFinished: number;
  readonly faults: FaultCounts;
  /** Real time given up because the machine could not keep up with the speed. */
  readonly forgottenMs: number;
  readonly paused: boolean;
};

export type Simulator = {
  readonly port: number;
  readonly url: string;
  stats(): SimulatorStats;
  setFaults(rates: FaultRates): void;
  /** Silences the whole feed, new connections included, until `resume`; connections stay open. */
  pause(): void;
  resume(): void;
  /** Closes every socket and timer; safe to call twice. */
  stop(): Promise<void>;
};

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { port, host = '127.0.0.1', seed, speed = 1, hazard = PUBLISHED_HAZARD, clock, onEmit } = options;
  if (!(speed >= 1 && speed <= 1_000)) throw new RangeError(`speed is ${speed}: it must be 1 to 1,000`);
  if (!(hazard > 0 && hazard < 1)) throw new RangeError(`hazard is ${hazard}: it must be above 0 and below 1`);
  const pacer = options.pacer ?? REAL_PACER;
  let faults = options.faults ?? {};

  const script = createRunScript({ seed, hazard, speed, startedAt: clock() });
  const playback = createPlayback({ speed, pacer, nextAtMs: script.nextAtMs, step });
  const server = await openFeedServer({
    host,
    port,
    seed,
    script,
    clock,
    faults: () => faults,
    isSilent: playback.isPaused,
    onBroadcast: (frame) => onEmit?.(frame.event, frame.args.at(-1), clock()),
    schedule: (simulatedMs, task) => pacer.schedule(simulatedMs / speed, task),
  });
  playback.start();

  function step() {
    for (const frame of script.step(clock())) server.send(frame);
  }

  return {
    port: server.port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`,
    stats: () => ({
      ...server.counts(),
      gamesFinished: script.gamesFinished(),
      faults: server.faultCounts(),
      forgottenMs: playback.forgottenMs(),
      paused: playback.isPaused(),
    }),
    setFaults(rates) {
      faults = rates;
    },
    pause: playback.pause,
    resume() {
      playback.resume();
      server.greetWaiting();
    },
    async stop() {
      playback.stop();
      await server.close();
    },
  };
}
