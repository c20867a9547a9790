import { describe, expect, it } from 'vitest';
import { FAULTS, type FaultRates } from '@/server/config';
import { plainFrame, type Frame } from '@/server/simulator/frame';
import { createFaultyLine } from '@/server/simulator/faulty-line';
import { createFrameDice } from '@/server/simulator/frame-dice';

/** A line whose delayed frames wait until `runDelayed`; sends `count` numbered frames. */
function openLine(faults: FaultRates, { seed = 'line', rates = () => faults } = {}) {
  const sent: Frame[] = [];
  const tasks = new Map<() => void, number>();
  let disconnects = 0;
  const line = createFaultyLine({
    rates,
    dice: createFrameDice(seed),
    send: (frame) => sent.push(frame),
    disconnect: () => disconnects++,
    schedule(delayMs, task) {
      tasks.set(task, delayMs);
      return () => void tasks.delete(task);
    },
  });
  return {
    line,
    numbers: () => sent.map(({ args }) => (args[0] as { n: number }).n),
    disconnects: () => disconnects,
    tasks,
    deliver(count: number) {
      for (let n = 1; n <= count; n++) line.deliver(plainFrame('event', { n }), n);
    },
    runDelayed() {
      for (const [task] of [...tasks].sort(([, a], [, b]) => a - b)) {
        tasks.delete(task);
        task();
      }
    },
  };
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('a faulty line', () => {
  it('passes everything on untouched without faults', () => {
    const { line, numbers, deliver } = openLine({ drop: 0 });
    deliver(100);
    expect(numbers()).toEqual(range(100));
    expect(FAULTS.every((fault) => line.counts()[fault] === 0)).toBe(true);
  });

  it('strikes at the given rate, for every fault', () => {
    for (const fault of FAULTS) {
      const { line, deliver, runDelayed } = openLine({ [fault]: 0.1 }, { seed: fault });
      for (let round = 0; round < 20; round++) {
        for (let n = 0; n < 500; n++) line.deliver(plainFrame('event', { n }), round * 500 + n);
        runDelayed();
      }
      // A full set of held frames takes no more; three standard deviations of 10,000 draws are 90.
      const expected = 10_000 * 0.1;
      expect(Math.abs(line.counts()[fault] - expected), fault).toBeLessThan(150);
      for (const other of FAULTS) if (other !== fault) expect(line.counts()[other]).toBe(0);
      deliver(0);
    }
  });

  it('loses a dropped frame, repeats a duplicated one', () => {
    const dropping = openLine({ drop: 1 });
    dropping.deliver(3);
    expect(dropping.numbers()).toEqual([]);
    const doubling = openLine({ duplicate: 1 });
    doubling.deliver(2);
    expect(doubling.numbers()).toEqual([1, 1, 2, 2]);
  });

  it('lets others overtake a reordered frame, and loses none', () => {
    const { deliver, numbers } = openLine({ reorder: 0.3 });
    deliver(200);
    const arrived = numbers();
    expect(arrived).not.toEqual(range(200));
    expect(arrived.length).toBeGreaterThanOrEqual(197);
    expect(new Set(arrived).size).toBe(arrived.length);
    arrived.forEach((n, place) => expect(Math.abs(n - 1 - place)).toBeLessThanOrEqual(6));
  });

  it('sends a delayed frame later, and at most 64 are on their way', () => {
    const { deliver, numbers, runDelayed, tasks } = openLine({ delay: 1 });
    deliver(100);
    expect(tasks.size).toBe(64);
    expect(numbers()).toEqual(range(100).slice(64));
    runDelayed();
    expect(numbers().toSorted((a, b) => a - b)).toEqual(range(100));
  });

  it('cancels what is on its way when the client is disconnected', () => {
    let rates: FaultRates = { delay: 1 };
    const { deliver, numbers, disconnects, tasks } = openLine({}, { rates: () => rates });
    deliver(5);
    expect(tasks.size).toBe(5);
    rates = { disconnect: 1 };
    deliver(1);
    expect(disconnects()).toBe(1);
    expect(tasks.size).toBe(0);
    expect(numbers()).toEqual([]);
  });

  it('decides by seed and frame number alone, whatever came before', () => {
    const faults = { drop: 0.3 };
    const whole = openLine(faults);
    whole.deliver(300);
    const late = openLine(faults);
    for (let n = 101; n <= 300; n++) late.line.deliver(plainFrame('event', { n }), n);
    expect(late.numbers()).toEqual(whole.numbers().filter((n) => n > 100));
    const other = openLine(faults, { seed: 'another' });
    other.deliver(300);
    expect(other.numbers()).not.toEqual(whole.numbers());
  });

  it('keeps the other decisions when one rate changes', () => {
    const few = openLine({ drop: 0.1, duplicate: 0.2 });
    const many = openLine({ drop: 0.4, duplicate: 0.2 });
    few.deliver(300);
    many.deliver(300);
    const twice = (numbers: number[]) => new Set(numbers.filter((n, i) => numbers.indexOf(n) !== i));
    const survivors = new Set(many.numbers());
    expect(twice(many.numbers())).toEqual(new Set([...twice(few.numbers())].filter((n) => survivors.has(n))));
  });
});
