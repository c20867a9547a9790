// Remembers the last keys seen, to recognise a repeat. Two generations: when the newer is full the older is forgotten,
// so at least `capacity` and at most twice as many keys are known, at constant cost.

export type RecentKeys = {
  /** True when the key was not among the recent ones; remembers it. */ isNew(key: string): boolean;
};

export function createRecentKeys(capacity: number): RecentKeys {
  let newer = new Set<string>();
  let older = new Set<string>();
  return {
    isNew(key) {
      if (newer.has(key) || older.has(key)) return false;
      newer.add(key);
      if (newer.size >= capacity) {
        older = newer;
        newer = new Set();
      }
      return true;
    },
  };
}
