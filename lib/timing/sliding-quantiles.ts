// The last so many values, kept sorted beside their order of arrival, for quantiles of a sliding window. Adding moves at
// most `capacity` numbers and allocates nothing.

export type SlidingQuantiles = {
  add(value: number): void;
  size(): number;
  /** Linear interpolation between order statistics; p in 0..1; NaN when empty. */
  quantile(p: number): number;
  /** Share of values in [low, high]. */
  shareBetween(low: number, high: number): number;
  /** Median absolute deviation from the median. */
  medianAbsoluteDeviation(): number;
};

export function createSlidingQuantiles(capacity: number): SlidingQuantiles {
  const ring = new Float64Array(capacity);
  const sorted = new Float64Array(capacity);
  let count = 0;
  let next = 0;

  function lowerBound(value: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function quantile(p: number): number {
    if (count === 0) return NaN;
    const position = Math.min(1, Math.max(0, p)) * (count - 1);
    const below = Math.floor(position);
    const above = Math.min(count - 1, below + 1);
    return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
  }

  return {
    add(value) {
      if (count === capacity) {
        const gone = lowerBound(ring[next]!);
        sorted.copyWithin(gone, gone + 1, count);
        count--;
      }
      const place = lowerBound(value);
      sorted.copyWithin(place + 1, place, count);
      sorted[place] = value;
      ring[next] = value;
      next = (next + 1) % capacity;
      count++;
    },
    size: () => count,
    quantile,
    shareBetween(low, high) {
      let inside = 0;
      for (let i = lowerBound(low); i < count && sorted[i]! <= high; i++) inside++;
      return count === 0 ? 0 : inside / count;
    },
    medianAbsoluteDeviation() {
      // The k nearest values to the median are neighbours in the sorted array: walk outwards from it.
      const median = quantile(0.5);
      let right = lowerBound(median);
      let left = right - 1;
      let distance = 0;
      for (let taken = 0; taken < (count + 1) >> 1; taken++) {
        const toLeft = left >= 0 ? median - sorted[left]! : Infinity;
        const toRight = right < count ? sorted[right]! - median : Infinity;
        distance = Math.min(toLeft, toRight);
        if (toLeft <= toRight) left--;
        else right++;
      }
      return distance;
    },
  };
}
