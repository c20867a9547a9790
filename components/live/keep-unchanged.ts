/** The previous value when the next one says the same (plain JSON values), so that identity means "nothing changed". */
export function keepUnchanged<T>(previous: T, next: T): T {
  return isSame(previous, next) ? previous : next;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
