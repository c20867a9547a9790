// One line of the chain's files: a checksum and JSON. A line that was cut or changed is not taken for good.
import { crc32 } from 'node:zlib';

const CHECKSUM_CHARS = 8;

export function encodeLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

/** Undefined for a damaged line. */
export function decodeLine(line: string): unknown {
  const json = line.slice(CHECKSUM_CHARS + 1);
  if (line[CHECKSUM_CHARS] !== ' ' || checksum(json) !== line.slice(0, CHECKSUM_CHARS)) return undefined;
  return JSON.parse(json);
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(CHECKSUM_CHARS, '0');
}
