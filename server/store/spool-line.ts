// One line of the spool: a checksum and JSON. Doubles are written as the shortest text that reads back the same, bigints
// in a wrapper, so that what comes out is what went in.
import { crc32 } from 'node:zlib';
import type { StoreItem } from '@/server/store/store-item';

const CHECKSUM_CHARS = 8;
const BIGINT_KEY = '$bigint';

export function encodeLine(item: StoreItem): string {
  const json = JSON.stringify(item, holdsMoney(item) ? wrapBigint : undefined);
  return `${checksum(json)} ${json}\n`;
}

/** Null for a line that was cut or changed. */
export function decodeLine(line: string): StoreItem | null {
  const json = line.slice(CHECKSUM_CHARS + 1);
  if (line[CHECKSUM_CHARS] !== ' ' || checksum(json) !== line.slice(0, CHECKSUM_CHARS)) return null;
  return JSON.parse(json, json.includes(BIGINT_KEY) ? unwrapBigint : undefined) as StoreItem;
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(CHECKSUM_CHARS, '0');
}

/** A replacer is called for every value; ticks, by far the most, and letters hold no money and do without. */
function holdsMoney(item: StoreItem): boolean {
  return item.type !== 'tick' && item.type !== 'dead-letter';
}

function wrapBigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { [BIGINT_KEY]: value.toString() } : value;
}

function unwrapBigint(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(BIGINT_KEY in value)) return value;
  return BigInt(value[BIGINT_KEY] as string);
}
