// Dead letters: what could not be used, kept for a person to look at. Everything about them is bounded: the text of
// each, and how many are kept.
import { createHash } from 'node:crypto';
import type { RawSql } from '@/db/connect';
import type { EpochMs } from '@/lib/units/time';
import { cleanText } from '@/server/store/clean-text';
import type { DeadLetter } from '@/server/store/store';
import { insertRows, toInstant, type Table } from '@/server/store/insert-rows';

/** A dead letter as it waits and is stored: no longer foreign, no longer large. */
export type StoredLetter = {
  readonly at: EpochMs;
  readonly event: string;
  readonly reason: string;
  readonly part: string;
  readonly partCut: boolean;
};

/** The newest are kept, the oldest go first. At most 45 MB with the limits below. */
export const DEAD_LETTERS_MAX = 5_000;
/** Enough to see the shape of what was wrong; an active frame is about 7,000. */
export const PART_CHARS_MAX = 8_000;
const EVENT_CHARS_MAX = 100;
const REASON_CHARS_MAX = 500;
const DEPTH_MAX = 32;

export function toStoredLetter(letter: DeadLetter): StoredLetter {
  const part = toBoundedJson(letter.part, PART_CHARS_MAX);
  return {
    at: letter.at,
    event: cut(letter.event, EVENT_CHARS_MAX),
    reason: cut(letter.reason, REASON_CHARS_MAX),
    part: part.text,
    partCut: part.isCut,
  };
}

/** JSON text of at most `charsMax` characters, at a cost that does not grow with what is left out. */
export function toBoundedJson(value: unknown, charsMax: number): { text: string; isCut: boolean } {
  let text = '';
  const isFull = () => text.length > charsMax;

  function put(one: unknown, depth: number): void {
    if (isFull()) return;
    if (typeof one === 'string') text += JSON.stringify(one.slice(0, charsMax + 1));
    else if (typeof one === 'bigint') text += one.toString();
    else if (typeof one !== 'object' || one === null) text += JSON.stringify(one) ?? 'null';
    else if (depth === DEPTH_MAX) text += '"…"';
    else if (Array.isArray(one)) putAll('[]', one, (item) => put(item, depth + 1));
    else putAll('{}', Object.keys(one), (key) => putProperty(one as Record<string, unknown>, key, depth + 1));
  }
  function putProperty(object: Record<string, unknown>, key: string, depth: number): void {
    text += `${JSON.stringify(key.slice(0, charsMax + 1))}:`;
    put(object[key], depth);
  }
  function putAll<T>(brackets: string, items: readonly T[], putOne: (item: T) => void): void {
    text += brackets[0];
    for (let i = 0; i < items.length && !isFull(); i++) {
      if (i > 0) text += ',';
      putOne(items[i]!);
    }
    text += brackets[1];
  }

  put(value, 0);
  const isCut = isFull();
  return { text: cleanText(isCut ? text.slice(0, charsMax) : text), isCut };
}

export async function insertDeadLetters(sql: RawSql, letters: readonly StoredLetter[]): Promise<void> {
  if (letters.length === 0) return;
  await insertRows(sql, { table: DEAD_LETTERS, rows: letters, onConflict: 'ignore' });
  // Ids grow and may skip, never the reverse: at most this many are left, and finding the rest is one step in the key.
  await sql`delete from dead_letters where letter_id <= (select max(letter_id) from dead_letters) - ${DEAD_LETTERS_MAX}`;
}

const DEAD_LETTERS: Table<StoredLetter> = {
  name: 'dead_letters',
  key: ['digest'],
  columns: [
    { name: 'digest', type: 'text', of: digest },
    { name: 'at', type: 'timestamptz', of: (row) => toInstant(row.at) },
    { name: 'event', type: 'text', of: (row) => row.event },
    { name: 'reason', type: 'text', of: (row) => row.reason },
    { name: 'part', type: 'text', of: (row) => row.part },
    { name: 'part_cut', type: 'boolean', of: (row) => row.partCut },
  ],
};

/** The same letter written twice, by a batch tried again or a spool read again, is one. */
function digest({ at, event, reason, part }: StoredLetter): string {
  return createHash('sha256')
    .update(JSON.stringify([at, event, reason, part]))
    .digest('hex');
}

function cut(text: string, charsMax: number): string {
  return cleanText(text.slice(0, charsMax));
}
