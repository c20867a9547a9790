// When a simulated process is killed: at a named point among everything it does to the outside, or at random. Asked at
// every call; the answer is null to let it live.

export type KillPoint = 'before' | 'after' | null;
export type Kill = (name: string) => KillPoint;

export const neverKill: Kill = () => null;

/** At the n-th call of all, counted from 0. */
export function killAt(n: number, point: 'before' | 'after'): Kill {
  let calls = 0;
  return () => (calls++ === n ? point : null);
}

export function killAtRandom(random: () => number, probability: number): Kill {
  return () => {
    if (random() >= probability) return null;
    return random() < 0.5 ? 'before' : 'after';
  };
}
