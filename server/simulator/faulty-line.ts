// The network between the feed and one client. It stands at each socket and not before the broadcast, because that is
// where real faults happen: one client loses a frame while another gets it. Each frame's fate is drawn independently, so
// one frame may be both corrupted and delayed. Pure apart from the two functions it is given; no timers of its own.
import { FAULTS, type Fault, type FaultRates } from '@/server/config';
import { corruptArgs } from '@/server/simulator/corrupt-frame';
import type { Frame } from '@/server/simulator/frame';
import type { FrameDice } from '@/server/simulator/frame-dice';

export type FaultCounts = Readonly<Record<Fault, number>>;

export type FaultyLine = {
  /** `frameNumber` decides the frame's fate, together with the client's dice. */
  deliver(frame: Frame, frameNumber: number): void;
  counts(): FaultCounts;
  /** Cancels what is on its way. */
  close(): void;
};

/** A delayed frame comes this much later, in simulated time: at most about eight ticks. */
const DELAY_MS_MIN = 50;
const DELAY_MS_MAX = 2_000;
/** A reordered frame lets this many others pass. */
const OVERTAKEN_MAX = 3;
/** Frames on their way late. At the bound a frame is sent at once instead. */
const HELD_MAX = 64;

export function createFaultyLine({
  rates,
  dice,
  send,
  disconnect,
  schedule,
}: {
  /** Read for every frame, so that a change takes effect at once. */
  rates: () => FaultRates;
  dice: FrameDice;
  send: (frame: Frame) => void;
  disconnect: () => void;
  /** Runs a task after simulated milliseconds; returns its cancellation. */
  schedule: (delayMs: number, task: () => void) => () => void;
}): FaultyLine {
  const counts = zeroFaultCounts();
  const delayed = new Set<() => void>();
  let held: { frame: Frame; overtakers: number }[] = [];

  const close = () => {
    delayed.forEach((cancel) => cancel());
    delayed.clear();
    held = [];
  };
  const sendNow = (frame: Frame) => {
    send(frame);
    if (held.length === 0) return;
    const due = held.filter((waiting) => --waiting.overtakers <= 0);
    held = held.filter((waiting) => waiting.overtakers > 0);
    due.forEach((waiting) => send(waiting.frame));
  };
  const sendLater = (frame: Frame, delayMs: number) => {
    const cancel = schedule(delayMs, () => {
      delayed.delete(cancel);
      sendNow(frame);
    });
    delayed.add(cancel);
  };

  return {
    deliver(original, frameNumber) {
      const current = rates();
      if (!hasFaults(current)) return sendNow(original);
      const random = dice(frameNumber);
      // Every fault is drawn every time: changing one rate leaves the others' decisions as they were.
      const draws = FAULTS.map((fault) => [fault, random.next() < (current[fault] ?? 0)] as const);
      const strikes = new Map(draws);
      const strike = (fault: Fault) => {
        if (!strikes.get(fault)) return false;
        counts[fault]++;
        return true;
      };
      if (strike('disconnect')) {
        close();
        return disconnect();
      }
      if (strike('drop')) return;
      const frame = strike('corrupt') ? { ...original, args: corruptArgs(original.args, random) } : original;
      if (strike('duplicate')) sendNow(frame);
      const isFull = delayed.size + held.length >= HELD_MAX;
      if (!isFull && strike('delay')) sendLater(frame, random.between(DELAY_MS_MIN, DELAY_MS_MAX));
      else if (!isFull && strike('reorder')) held.push({ frame, overtakers: random.integer(1, OVERTAKEN_MAX) });
      else sendNow(frame);
    },
    counts: () => counts,
    close,
  };
}

export function zeroFaultCounts(): Record<Fault, number> {
  return { drop: 0, duplicate: 0, delay: 0, reorder: 0, corrupt: 0, disconnect: 0 };
}

function hasFaults(rates: FaultRates): boolean {
  return FAULTS.some((fault) => (rates[fault] ?? 0) > 0);
}
