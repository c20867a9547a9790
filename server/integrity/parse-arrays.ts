// PostgreSQL's array texts to values: the connection for jobs asks for no types, so arrays come as they are written. Only
// numbers and nulls are read here, never quoted text.

/** "{1,0.5,NULL}" → [1, 0.5, null]; doubles come back as the very same. Null for no array: an aggregate over no rows. */
export function parseNumbers(text: string | null): (number | null)[] {
  if (text === null || text === '{}') return [];
  const list = text.slice(1, -1);
  return JSON.parse(`[${list.includes('N') ? list.replaceAll('NULL', 'null') : list}]`) as (number | null)[];
}

/** Integers beyond what a double holds. */
export function parseBigints(text: string | null): (bigint | null)[] {
  if (text === null || text === '{}') return [];
  return text
    .slice(1, -1)
    .split(',')
    .map((part) => (part === 'NULL' ? null : BigInt(part)));
}
