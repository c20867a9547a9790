// Points that a line cannot show: a line needs two neighbours, so these are drawn as dots. Pure.

/** Indexes of the known values whose neighbours are both unknown, or not there. */
export function lonePoints(values: readonly (number | null | undefined)[]): number[] {
  const isKnown = (index: number) => (values[index] ?? null) !== null;
  return [...values.keys()].filter((index) => isKnown(index) && !isKnown(index - 1) && !isKnown(index + 1));
}
