// Plays a run through a faulty line at once, in simulated time and without sockets: what one client would receive, as it
// comes off the wire. For tests of the simulator and of anything that reads its frames.
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { FaultRates } from '@/server/config';
import type { Frame } from '@/server/simulator/frame';
import { createFaultyLine, zeroFaultCounts, type FaultyLine } from '@/server/simulator/faulty-line';
import { createFrameDice } from '@/server/simulator/frame-dice';
import type { GamePlan } from '@/server/simulator/plan-game';
import { createRunScript, type RunScript } from '@/server/simulator/run-script';

export const STARTED_AT = epochMs(Date.UTC(2025, 11, 14, 12));
const RECONNECT_MS = 300;

export type PlayedRun = {
  readonly script: RunScript;
  readonly plans: readonly GamePlan[];
  readonly faults: Record<string, number>;
};

/** Runs until `games` of them are in the history; calls `onFrame` for each frame that arrives. */
export function playRun({
  seed,
  games,
  faults = {},
  hazard = 0.005,
  onFrame,
}: {
  seed: string;
  games: number;
  faults?: FaultRates;
  hazard?: number;
  onFrame: (frame: RawFrame, sent: Frame) => void;
}): PlayedRun {
  const script = createRunScript({ seed, hazard, startedAt: STARTED_AT, speed: 1 });
  const plans: GamePlan[] = [script.game().plan];
  const counts = zeroFaultCounts();
  const agenda = createAgenda();
  let nowMs = 0;
  let line = null as FaultyLine | null;
  let ordinal = 0;
  let emitted = 0;

  const receive = (frame: Frame) => {
    const args = JSON.parse(JSON.stringify(frame.args)) as unknown[];
    onFrame({ receivedAt: at(nowMs), event: frame.event, args }, frame);
  };
  const connect = () => {
    const own: FaultyLine = createFaultyLine({
      rates: () => faults,
      dice: createFrameDice(`${seed}/line ${ordinal++}`),
      send: receive,
      disconnect() {
        for (const [fault, count] of Object.entries(own.counts())) counts[fault as keyof typeof counts] += count;
        line = null;
        agenda.add(nowMs + RECONNECT_MS, connect);
      },
      schedule: (delayMs, task) => agenda.add(nowMs + delayMs, task),
    });
    line = own;
    script.greeting().forEach((frame, index) => line === own && own.deliver(frame, 2 ** 31 + index));
  };
  agenda.add(0, connect);
  while (script.gamesFinished() < games) {
    const dueMs = script.nextAtMs();
    agenda.runUntil(dueMs, (taskMs) => {
      nowMs = taskMs;
    });
    nowMs = dueMs;
    const frames = script.step(at(nowMs));
    if (script.game().plan !== plans.at(-1)) plans.push(script.game().plan);
    for (const frame of frames) {
      emitted++;
      line?.deliver(frame, emitted);
    }
  }
  return { script, plans: plans.slice(0, games), faults: counts };
}

function at(simulatedMs: number): EpochMs {
  return epochMs(STARTED_AT + Math.round(simulatedMs));
}

type Entry = { atMs: number; task: () => void };

function createAgenda() {
  const entries = new Set<Entry>();
  return {
    add(atMs: number, task: () => void): () => void {
      const entry = { atMs, task };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    runUntil(endMs: number, enter: (atMs: number) => void) {
      for (;;) {
        const due = [...entries].filter((entry) => entry.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!due) return;
        entries.delete(due);
        enter(due.atMs);
        due.task();
      }
    },
  };
}
