/** Round numbers (1, 2 or 5 times a power of ten apart) from `from` to `to`, at most about `count` of them. Pure. */
export function roundTicks({ from, to, count }: { from: number; to: number; count: number }): number[] {
  if (!(to > from)) return [from];
  const least = (to - from) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(least));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= least * SLACK) ?? 10 * power;
  const ticks: number[] = [];
  for (let n = Math.ceil(from / step - SLIP); n * step <= to + step * SLIP; n++)
    ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}

/** A step this little below the least is taken all the same: one label more does no harm. */
const SLACK = 0.9;
/** Ends that miss a round number by floating point only still count as on it. */
const SLIP = 1e-9;
