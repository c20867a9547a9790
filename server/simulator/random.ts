// The simulator's only source of chance: a stream named by a text. Two streams of different names are independent, so
// that one more trade in a game moves neither its prices nor the next game.
import seedrandom from 'seedrandom';

export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  /** Uniform over whole numbers, both ends included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  hex(digits: number): string;
  /** Standard normal. */
  gaussian(): number;
  poisson(mean: number): number;
};

export function createRandom(seed: string): Random {
  return randomFrom(seedrandom(seed));
}

/** The same conveniences over any uniform generator. */
export function randomFrom(next: () => number): Random {
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick(items) {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[integer(0, items.length - 1)]!;
    },
    hex(digits) {
      let text = '';
      while (text.length < digits) text += Math.floor(next() * 16).toString(16);
      return text;
    },
    gaussian: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    poisson(mean) {
      // Knuth's product method: exact, and quick for the small means used here.
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count++;
      return count;
    },
  };
}

/** A random version-4 UUID, the form of trade and bet ids on the feed. */
export function uuidFrom(random: Random): string {
  const digits = random.hex(30);
  const variant = '89ab'[random.integer(0, 3)]!;
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(12, 15)}`,
    `${variant}${digits.slice(15, 18)}`,
    digits.slice(18),
  ].join('-');
}
