// Rows that many requests ask for, kept for a moment so that a page's burst of requests reads one once. Whatever ends a
// sign-in or a key on this node clears it at once; what another node ended counts here when the moment is over. Bounded:
// at `max` the row kept longest is forgotten and read again.
import type { Clock } from '@/lib/units/time';

export type RowCache<Row> = {
  /** Requests that ask at once share one reading. A row that is not there is not kept. */
  get(key: string): Promise<Row | null>;
  /** Whether it can answer without reading. */
  has(key: string): boolean;
  put(key: string, row: Row): void;
  drop(key: string): void;
  clear(): void;
};

const KEPT_MS = 2_000;
const ROWS_MAX = 10_000;

export function createRowCache<Row>({
  clock,
  read,
  max = ROWS_MAX,
}: {
  clock: Clock;
  read: (key: string) => Promise<Row | null>;
  max?: number;
}): RowCache<Row> {
  const kept = new Map<string, { readonly row: Row; readonly until: number }>();
  const reading = new Map<string, Promise<Row | null>>();

  function put(key: string, row: Row, readAt: number = clock()) {
    kept.delete(key);
    kept.set(key, { row, until: readAt + KEPT_MS });
    if (kept.size > max) kept.delete(kept.keys().next().value!);
  }

  function readAnew(key: string): Promise<Row | null> {
    const askedAt = clock();
    const answer = read(key).then((row) => {
      // What was dropped or put while it was being read is newer than what was read.
      if (row !== null && reading.get(key) === answer) put(key, row, askedAt);
      return row;
    });
    reading.set(key, answer);
    const done = () => {
      if (reading.get(key) === answer) reading.delete(key);
    };
    answer.then(done, done);
    return answer;
  }

  return {
    async get(key) {
      const found = kept.get(key);
      if (found && clock() < found.until) return found.row;
      return reading.get(key) ?? readAnew(key);
    },
    has: (key) => clock() < (kept.get(key)?.until ?? 0),
    put(key, row) {
      reading.delete(key);
      put(key, row);
    },
    drop(key) {
      reading.delete(key);
      kept.delete(key);
    },
    clear() {
      reading.clear();
      kept.clear();
    },
  };
}
