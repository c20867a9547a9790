// The feed outside of the process that is killed: the simulator, with what the kill test of bets must know of it. Its frames
// are the pace that everyone keeps, and its history says where each game really ended.
import type { Clock } from '@/lib/units/time';
import { startSimulator } from '@/server/simulator/start-simulator';

export type WatchedUpstream = {
  readonly url: string;
  /** Rug tick by game, of every game that its history has named. */
  readonly rugs: ReadonlyMap<string, number>;
  nextFrame(): Promise<void>;
  /** Looks after every few frames; throws when it is not so in time, with the details of that moment. */
  until(what: string, isSo: () => Promise<boolean> | boolean, details?: () => Promise<string>): Promise<void>;
  stop(): Promise<void>;
};

type HistoryFrame = { readonly gameHistory?: readonly { readonly id: string; readonly prices: readonly number[] }[] };

const LOOK_EVERY_FRAMES = 4;
const LIMIT_MS = 60_000;

export async function startWatchedUpstream({
  seed,
  speed,
  hazard,
  clock,
}: {
  seed: string;
  speed: number;
  hazard: number;
  clock: Clock;
}): Promise<WatchedUpstream> {
  const rugs = new Map<string, number>();
  let waiting: (() => void)[] = [];
  const simulator = await startSimulator({
    port: 0,
    seed,
    speed,
    hazard,
    clock,
    onEmit(event, payload) {
      if (event !== 'gameStateUpdate') return;
      for (const { id, prices } of (payload as HistoryFrame).gameHistory ?? []) rugs.set(id, prices.length - 1);
      const told = waiting;
      waiting = [];
      for (const tell of told) tell();
    },
  });
  const nextFrame = () => new Promise<void>((resolve) => waiting.push(resolve));
  return {
    url: simulator.url,
    rugs,
    nextFrame,
    async until(what, isSo, details = async () => '') {
      const from = performance.now();
      while (!(await isSo())) {
        if (performance.now() - from > LIMIT_MS) {
          throw new Error(`within ${LIMIT_MS / 1_000} s it was not so: ${what} ${await details()}`);
        }
        for (let frame = 0; frame < LOOK_EVERY_FRAMES; frame++) await nextFrame();
      }
    },
    stop: () => simulator.stop(),
  };
}
